using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Call;
using AbstractReview.App.Reviewers;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviewers;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>A reviewer says what they know and how much they take.</summary>
[Authorize]
public sealed class ProfileModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty]
    public ProfileForm Form { get; set; } = new();

    public Conference Conference { get; private set; } = null!;

    public IEnumerable<SelectListItem> Areas => Conference.Areas.Select(a => new SelectListItem($"{a.Code} {a.Title}", a.Code));

    public async Task OnGet(CancellationToken ct)
    {
        await ShowAgain(ct);
        Form = ProfileForm.Of(await mediator.Send(new ReadReviewer(HttpContext.Actor()), ct));
    }

    public async Task<IActionResult> OnPost(string? row, CancellationToken ct)
    {
        if (row is not null)
        {
            Form.Change(row);
            ModelState.Clear();
            await ShowAgain(ct);
            return Page();
        }

        await mediator.Send(new SaveReviewer(null, Form.Profile(), Form.Version, HttpContext.Actor()), ct);
        TempData["Done"] = "Your profile is saved.";
        return RedirectToPage();
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Access.Require(Access.MayBid(HttpContext.Actor()), "keep a reviewer’s profile");
        Conference = (await mediator.Send(new ReadFrame(HttpContext.Actor()), ct)).Conference ?? throw new NotFoundException("There is no conference yet.");
    }

    string IShowAgain.FieldOf(string field)
        => field.StartsWith("publications[", StringComparison.Ordinal) ? "Form.Publications" + field["publications".Length..]
            : field.Split('[')[0] switch { "quotaMin" => "Form.QuotaMin", "quotaMax" => "Form.QuotaMax", "areas" => "Form.Areas", "topics" => "Form.Topics", "keywords" => "Form.Keywords", _ => "" };
}

public sealed class ProfileForm
{
    public int Version { get; set; }
    public List<string> Areas { get; set; } = [];
    public List<string> Topics { get; set; } = [];

    [DataType(DataType.MultilineText)]
    public string? Keywords { get; set; }

    public int QuotaMin { get; set; }
    public int QuotaMax { get; set; }
    public bool Available { get; set; }
    public List<PastForm> Publications { get; set; } = [new()];

    public static ProfileForm Of(ReviewerView me) => new()
    {
        Version = me.Version, Areas = [.. me.Areas], Topics = [.. me.Topics], Keywords = string.Join("; ", me.Keywords), QuotaMin = me.QuotaMin, QuotaMax = me.QuotaMax, Available = me.Available,
        Publications = me.Publications.Count == 0 ? [new()] : [.. me.Publications.Select(p => new PastForm { Title = p.Title, Abstract = p.Abstract })],
    };

    public ReviewerProfile Profile() => new()
    {
        Areas = Areas, Topics = Topics, Keywords = (Keywords ?? "").Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        QuotaMin = QuotaMin, QuotaMax = QuotaMax, Available = Available, Publications = Publications.Select(p => new PastAbstract(p.Title ?? "", p.Abstract ?? "")).ToList(),
    };

    /// <summary>What a row's button asks for: <c>add</c>, or <c>remove:2</c>.</summary>
    public void Change(string row)
    {
        if (row == "add") Publications.Add(new());
        else if (row.StartsWith("remove:", StringComparison.Ordinal) && int.TryParse(row[7..], out var i) && i >= 0 && i < Publications.Count && Publications.Count > 1) Publications.RemoveAt(i);
    }
}

public sealed class PastForm
{
    public string? Title { get; set; }

    [DataType(DataType.MultilineText)]
    public string? Abstract { get; set; }
}
