using AbstractReview.App.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>One letter: the page as it was sent, and the story of its mail.</summary>
[Authorize]
public sealed class LetterModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public LetterStory Story { get; private set; } = null!;

    /// <summary>The texts a letter was written with, kept as <c>Oral.en 3, Oral.fr 0</c>, in words.</summary>
    public static string Words(string templates) => string.Join("; ", templates.Split(", ").Select(name =>
    {
        var (language, version) = (name.Split('.', ' ')[1], name.Split(' ')[^1]);
        return $"{Languages.Name(language)} {(version == "0" ? "as it comes with the program" : $"in version {version}")}";
    }));

    public async Task OnGetAsync(CancellationToken ct) => Story = await mediator.Send(new ReadLetter(Id, HttpContext.Actor()), ct);
}
