using AbstractReview.App.Letters;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>A real letter before it is sent: as it is printed and as the mail reads.</summary>
[Authorize]
public sealed class LetterSampleModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public LetterKind Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Number { get; set; }

    public LetterPreview? Preview { get; private set; }

    public string? Wrong { get; private set; }

    public string PdfAddress => $"/api/v1/letters/preview.pdf?kind={Kind}{(Preview?.Number is { } number ? $"&number={number}" : "")}";

    public async Task OnGetAsync(CancellationToken ct)
    {
        try
        {
            Preview = await mediator.Send(new PreviewLetter(Kind, Number, HttpContext.Actor()), ct);
        }
        catch (Exception refused) when (refused is RuleBrokenException or NotFoundException)
        {
            Wrong = refused.Message;
        }
    }
}
