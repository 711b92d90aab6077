using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Letters;

namespace AbstractReview.App.Letters;

/// <summary>A field of a template.</summary>
/// <param name="Name">As it is written in the template.</param>
/// <param name="Meaning">What it holds, in words.</param>
/// <param name="MayBeEmpty">Some letters have no value for it, so that the template must say what is written then.</param>
public sealed record LetterField(string Name, string Meaning, bool MayBeEmpty = false);

/// <summary>The fixed list of fields a template may use, by kind of letter, and their values for one letter. A field without a value counts as false.</summary>
public static class LetterFields
{
    private static readonly LetterField[] Recipient =
    [
        new("name", "full name of who receives the letter"),
        new("givenName", "given name of who receives the letter", MayBeEmpty: true),
        new("familyName", "family name of who receives the letter"),
        new("affiliation", "affiliation of who receives the letter", MayBeEmpty: true),
        new("country", "country of who receives the letter", MayBeEmpty: true),
    ];

    private static readonly LetterField[] Submission =
    [
        new("code", "the submission's code, such as AR-42"),
        new("number", "the submission's number, such as 42"),
        new("title", "the submission's title"),
        new("areaCode", "the area's code, such as TA3"),
        new("areaTitle", "the area's title"),
        new("authors", "all authors"),
        new("decision", "the decision in words"),
    ];

    private static readonly LetterField[] Decision =
    [
        new("decisionVersion", "1 for the first decision, 2 for a changed one …"),
        new("reason", "the committee's words to the authors", MayBeEmpty: true),
        new("confirmBy", "until when participation is confirmed"),
    ];

    private static readonly LetterField[] Session =
    [
        new("session", "the session of the presentation", MayBeEmpty: true),
        new("sessionTime", "when the presentation begins", MayBeEmpty: true),
        new("room", "the room of the presentation", MayBeEmpty: true),
    ];

    private static readonly LetterField[] Traveller =
    [
        new("passportName", "the name as in the passport"),
        new("passportNumber", "the passport's number", MayBeEmpty: true),
        new("nationality", "the nationality in the passport", MayBeEmpty: true),
        new("birthDate", "date of birth", MayBeEmpty: true),
    ];

    private static readonly LetterField[] Reviews =
    [
        new("reviews", "number of reviews handed in"),
        new("areas", "the areas reviewed, such as TA1, TA3", MayBeEmpty: true),
    ];

    private static readonly LetterField[] Asked =
    [
        new("link", "where the invitation is accepted or declined"),
        new("areas", "the areas the person is asked to review in, such as TA1, TA3", MayBeEmpty: true),
        new("reviewBy", "until when reviews are due"),
    ];

    private static readonly LetterField[] Everywhere =
    [
        new("conference", "the conference's title"),
        new("acronym", "the conference's acronym"),
        new("organiser", "who organises it"),
        new("venue", "the congress centre"),
        new("city", "the city"),
        new("hostCountry", "the country of the conference"),
        new("firstDay", "first day of the conference"),
        new("lastDay", "last day of the conference"),
        new("days", "when it takes place, such as from 1 to 4 October 2019"),
        new("website", "the conference's website"),
        new("secretariat", "the secretariat's e-mail address"),
        new("chair", "the chair's name"),
        new("date", "the date of the letter"),
        new("reference", "the letter's reference, such as regsec-2019/AR-42/1"),
    ];

    private static readonly Dictionary<LetterKind, IReadOnlyList<LetterField>> ByKind = Enum.GetValues<LetterKind>().ToDictionary(k => k, Choose);

    /// <summary>The fields whose line breaks stay; all others are one line.</summary>
    private static readonly HashSet<string> Paragraphs = ["reason"];

    /// <summary>What a template of this kind may use, in the order the editor shows it.</summary>
    public static IReadOnlyList<LetterField> Of(LetterKind kind) => ByKind[kind];

    private static IReadOnlyList<LetterField> Choose(LetterKind kind) => kind switch
    {
        LetterKind.Invitation => [.. Recipient, .. Asked, .. Everywhere],
        LetterKind.Thanks or LetterKind.ReviewCertificate => [.. Recipient, .. Reviews, .. Everywhere],
        LetterKind.Visa => [.. Recipient, .. Traveller, .. Submission, .. Session, .. Everywhere],
        LetterKind.PresentationCertificate => [.. Recipient, .. Submission, .. Session, .. Everywhere],
        _ => [.. Recipient, .. Submission, .. Decision, .. Everywhere],
    };

    internal static Dictionary<string, string> Of(LetterRow letter, LetterLook look, Conference conference, string language)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in Json.Read<Dictionary<string, string?>>(letter.Fields))
            if (!string.IsNullOrWhiteSpace(value)) values[name] = value;
        var words = look.Words(language, conference);
        // Said in the template's language, whatever was written down when the letter was ordered.
        if (language != "en") values.Remove("confirmBy");
        if (letter.KnownKind is { } kind && LetterWords.Decision(kind, values.GetValueOrDefault("decision"), language) is { } decision) values["decision"] = decision;
        if (letter.SubmissionNumber is { } number) Add("code", FormattableString.Invariant($"AR-{number}"));
        Add("reference", letter.Reference(look, conference));
        Add("name", letter.ToName);
        Add("familyName", letter.ToName);
        Add("affiliation", letter.Affiliation ?? "");
        Add("country", CountryName(letter.Country, language));
        Add("conference", words.Conference);
        Add("acronym", conference.Acronym);
        Add("organiser", words.Organiser);
        Add("venue", words.Venue);
        Add("city", words.City);
        Add("hostCountry", words.Country);
        Add("firstDay", DateWords.Of(conference.Dates.FirstDay, language));
        Add("lastDay", DateWords.Of(conference.Dates.LastDay, language));
        Add("days", DateWords.InSentence(conference.Dates.FirstDay, conference.Dates.LastDay, language));
        Add("confirmBy", DateWords.Of(DateOnly.FromDateTime(conference.Dates.ConfirmBy), language));
        Add("reviewBy", DateWords.Of(DateOnly.FromDateTime(conference.Dates.ReviewDeadline), language));
        Add("website", conference.Website);
        Add("secretariat", conference.Mail.Address);
        Add("chair", look.SignatoryName(conference));
        Add("date", DateWords.Of(letter.Day(look, conference), language));
        // A day that was kept as yyyy-MM-dd.
        foreach (var name in new[] { "birthDate", "sessionTime" })
            if (values.TryGetValue(name, out var kept)) values[name] = LetterWords.Moment(kept, language);
        foreach (var (name, value) in values)
            values[name] = Paragraphs.Contains(name) ? value.Trim() : string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return values;

        // What stood when the letter was ordered goes before what stands now.
        void Add(string name, string value) => values.TryAdd(name, value);
    }

    /// <summary>The values that are addresses of the conference's own, with what each leads to.</summary>
    internal static Dictionary<string, string> Links(IReadOnlyDictionary<string, string> values)
    {
        var links = new Dictionary<string, string>();
        foreach (var name in new[] { "link", "website" })
            if (values.TryGetValue(name, out var page) && Uri.TryCreate(page, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") links.TryAdd(page, page);
        if (values.TryGetValue("secretariat", out var address) && MailAddress.IsValid(address)) links.TryAdd(address, $"mailto:{address}");
        return links;
    }

    internal static CommitteeMember? Signatory(Conference conference) => conference.Committee.FirstOrDefault(m => m.Role == Role.Chair);

    internal static string CountryName(string? code, string language) => code is null ? "" : Countries.Name(code, language);
}
