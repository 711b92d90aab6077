using System.ComponentModel.DataAnnotations;
using System.Globalization;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>After acceptance: when whoever presents can speak, half day by half day, and at times of their own.</summary>
[Authorize]
public sealed class AvailabilityModel(IMediator mediator) : PageModel, IShowAgain
{
    private const string Pattern = "yyyy-MM-ddTHH:mm";

    public static IReadOnlyList<(string Value, string Words)> Answers { get; } = [("", "can be there"), (nameof(WishKind.RatherNot), "would rather not speak"), (nameof(WishKind.Cannot), "cannot be there")];

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty(Name = "version")]
    public int? Version { get; set; }

    /// <summary>An answer for each half day, in their order.</summary>
    [BindProperty]
    public List<string?> Half { get; set; } = [];

    /// <summary>Times told before that are no half days and stay, as <see cref="Write"/> writes them.</summary>
    [BindProperty]
    public List<string> Keep { get; set; } = [];

    [BindProperty]
    public WishKind? OtherKind { get; set; }

    [BindProperty]
    public DateTime? OtherFrom { get; set; }

    [BindProperty]
    public DateTime? OtherTo { get; set; }

    [BindProperty, DataType(DataType.MultilineText)]
    public string? Note { get; set; }

    public AvailabilityView Standing { get; private set; } = null!;
    public IReadOnlyList<Wish> Others { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await Load(ct);
        Half = [.. Standing.HalfDays.Select(h => Standing.Wishes.Where(w => w.From == h.From && w.To == h.To).OrderBy(w => w.Kind).FirstOrDefault()?.Kind.ToString() ?? "")];
        Note = Standing.Note;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var halves = (await mediator.Send(new ReadAvailability(Number, HttpContext.Actor()), ct)).HalfDays;
        var wishes = Half.Zip(halves).Where(x => Enum.TryParse<WishKind>(x.First, out _)).Select(x => new Wish(Enum.Parse<WishKind>(x.First!), x.Second.From, x.Second.To)).Concat(Keep.Select(Read)).ToList();
        if (OtherFrom is not null || OtherTo is not null) wishes.Add(Other());
        await mediator.Send(new SayWhenAvailable(Number, wishes, Note ?? "", HttpContext.Actor()) { Version = Version }, ct);
        TempData["Done"] = "Saved. The committee sees it.";
        return Redirect($"/submissions/{Number}");
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        await Load(ct);
        Half = [.. Half.Concat(Enumerable.Repeat<string?>("", Standing.HalfDays.Count)).Take(Standing.HalfDays.Count)];
        // Saving again after having been told is meant.
        ModelState.Remove("version");
    }

    public string FieldOf(string field) => field switch { "note" => nameof(Note), "wishes" => nameof(OtherFrom), "otherTo" => nameof(OtherTo), _ => "" };

    /// <summary>A time as the form carries it.</summary>
    public static string Write(Wish wish) => string.Create(CultureInfo.InvariantCulture, $"{wish.Kind}|{wish.From:yyyy-MM-ddTHH:mm}|{wish.To:yyyy-MM-ddTHH:mm}");

    private static Wish Read(string text)
        => text.Split('|') is [var kind, var from, var to] && Enum.TryParse<WishKind>(kind, out var wish)
            && DateTime.TryParseExact(from, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) && DateTime.TryParseExact(to, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            ? new Wish(wish, start, end) : throw new RuleBrokenException("wishes", "One of the times cannot be read.");

    private Wish Other()
    {
        if (OtherFrom is not { } from) throw new RuleBrokenException("wishes", "Say from when.");
        if (OtherTo is not { } to) throw new RuleBrokenException("otherTo", "Say until when.");
        return new Wish(OtherKind ?? WishKind.Cannot, from, to);
    }

    private async Task Load(CancellationToken ct)
    {
        Standing = await mediator.Send(new ReadAvailability(Number, HttpContext.Actor()), ct);
        Others = Standing.Wishes.Where(w => !Standing.HalfDays.Any(h => h.From == w.From && h.To == w.To)).ToList();
        Version = Standing.Version;
    }
}
