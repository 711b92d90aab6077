using AbstractReview.App.Letters;
using AbstractReview.Domain.Letters;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>The look of every letter, set once and tried beside.</summary>
[Authorize]
public sealed class LetterLookModel(IMediator mediator) : PageModel, IShowAgain
{
    private static readonly string[] Places = ["logo", "signature", "stamp"];

    /// <summary>The words of a language and what they are asked for by.</summary>
    public static IReadOnlyList<(string Field, string Label)> WordLabels { get; } =
    [
        ("Conference", "Title of the conference"), ("Organiser", "Organiser"), ("Venue", "Congress centre"), ("City", "City"), ("Country", "Country"),
        ("Letterhead", "Line under the title"), ("SignatoryTitle", "Under the signature"),
    ];

    [BindProperty]
    public List<string> Languages { get; set; } = [];

    [BindProperty]
    public List<string> Remove { get; set; } = [];

    [BindProperty]
    public string? Signatory { get; set; }

    [BindProperty]
    public string? ReferenceOfDecision { get; set; }

    [BindProperty]
    public string? ReferenceOfOthers { get; set; }

    [BindProperty]
    public DateOnly? Date { get; set; }

    [BindProperty]
    public int Version { get; set; }

    private LetterLookSetting Look { get; set; } = new();

    public IEnumerable<(string Place, string Words, string? Sha256)> Pictures => [("logo", "Letterhead picture", Look.Logo), ("signature", "Signature", Look.Signature), ("stamp", "Stamp", Look.Stamp)];

    public string Word(string language, string field) => Field(Look.Words.GetValueOrDefault(language) ?? new LookWords(), field);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var reading = await mediator.Send(new ReadLetterLook(HttpContext.Actor()), ct);
        (Look, Version) = (reading.Look, reading.Version);
        (Languages, Signatory, ReferenceOfDecision, ReferenceOfOthers, Date) = ([.. Look.Languages], Look.Signatory, Look.ReferenceOfDecision, Look.ReferenceOfOthers, Look.Date);
    }

    public async Task<IActionResult> OnGetPictureAsync(string place, CancellationToken ct)
    {
        var picture = await mediator.Send(new ReadLookPicture(place, HttpContext.Actor()), ct);
        return File(picture.Bytes, picture.MediaType);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ReadPosted(ct);
        await mediator.Send(new SetLetterLook(Look, Version, HttpContext.Actor()) { Pictures = await Uploaded(ct) }, ct);
        TempData["Done"] = "The look is set. Letters that are not written yet take it.";
        return Redirect("/committee/letters/look");
    }

    /// <summary>A letter in the look that is not set yet, for the frame beside the form.</summary>
    public Task<IActionResult> OnPostPreviewAsync(CancellationToken ct) => LetterFrame.Pdf(this, async () =>
    {
        await ReadPosted(ct);
        var tried = await mediator.Send(new TryLetterLook(Look, HttpContext.Actor()) { Pictures = await Uploaded(ct) }, ct);
        return await mediator.Send(new PreviewLetter(LetterKind.Oral, null, HttpContext.Actor()) { Look = tried }, ct);
    });

    public Task ShowAgain(CancellationToken ct) => Task.CompletedTask;

    public string FieldOf(string field) => field switch
    {
        "signatory" => "Signatory", "referenceOfDecision" => "ReferenceOfDecision", "referenceOfOthers" => "ReferenceOfOthers", "logo" or "signature" or "stamp" => field, _ => "",
    };

    // The pictures that stand stay unless they are taken away.
    private async Task ReadPosted(CancellationToken ct)
    {
        var before = (await mediator.Send(new ReadLetterLook(HttpContext.Actor()), ct)).Look;
        Look = new LetterLookSetting
        {
            Languages = Languages, Signatory = Signatory?.Trim() ?? "", ReferenceOfDecision = ReferenceOfDecision?.Trim() ?? "", ReferenceOfOthers = ReferenceOfOthers?.Trim() ?? "", Date = Date,
            Logo = Remove.Contains("logo") ? null : before.Logo, Signature = Remove.Contains("signature") ? null : before.Signature, Stamp = Remove.Contains("stamp") ? null : before.Stamp,
            Words = AbstractReview.App.Letters.Languages.All.ToDictionary(l => l.Code, l => new LookWords
            {
                Conference = Posted(l.Code, "Conference"), Organiser = Posted(l.Code, "Organiser"), Venue = Posted(l.Code, "Venue"), City = Posted(l.Code, "City"),
                Country = Posted(l.Code, "Country"), Letterhead = Posted(l.Code, "Letterhead"), SignatoryTitle = Posted(l.Code, "SignatoryTitle"),
            }),
        };
    }

    private string Posted(string language, string field) => Request.Form[$"Words[{language}][{field}]"].ToString().Trim();

    private async Task<Dictionary<string, byte[]>> Uploaded(CancellationToken ct)
    {
        var pictures = new Dictionary<string, byte[]>();
        foreach (var place in Places)
            if (Request.Form.Files[place] is { Length: > 0 } file)
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes, ct);
                pictures[place] = bytes.ToArray();
            }

        return pictures;
    }

    private static string Field(LookWords words, string field) => field switch
    {
        "Conference" => words.Conference, "Organiser" => words.Organiser, "Venue" => words.Venue, "City" => words.City, "Country" => words.Country, "Letterhead" => words.Letterhead, _ => words.SignatoryTitle,
    };
}
