using System.Globalization;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Letters;

/// <summary>The fixed list of fields a template may use, and their values for one letter. A field without a value counts as false.</summary>
public static class LetterFields
{
    /// <summary>Name and meaning, in the order the template editor shows them.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["number"] = "the submission's number, such as 42",
        ["reference"] = "the letter's reference, such as regsec-2019/AR-42/1",
        ["title"] = "the submission's title",
        ["areaCode"] = "the area's code, such as TA3",
        ["areaTitle"] = "the area's title",
        ["decision"] = "the decision in words",
        ["decisionVersion"] = "1 for the first decision, 2 for a changed one …",
        ["reason"] = "the committee's words to the authors",
        ["authors"] = "all authors",
        ["givenName"] = "given name of who receives the letter",
        ["familyName"] = "family name of who receives the letter",
        ["name"] = "full name of who receives the letter",
        ["affiliation"] = "affiliation of who receives the letter",
        ["country"] = "country of who receives the letter",
        ["confirmBy"] = "until when participation is confirmed",
        ["areas"] = "areas of a reviewer",
        ["reviews"] = "number of reviews handed in",
        ["session"] = "the session of the presentation",
        ["sessionTime"] = "when the presentation begins",
        ["room"] = "the room of the presentation",
        ["conference"] = "the conference's title",
        ["acronym"] = "the conference's acronym",
        ["organiser"] = "who organises it",
        ["venue"] = "the congress centre",
        ["city"] = "the city",
        ["hostCountry"] = "the country of the conference",
        ["firstDay"] = "first day of the conference",
        ["lastDay"] = "last day of the conference",
        ["website"] = "the conference's website",
        ["secretariat"] = "the secretariat's e-mail address",
        ["chair"] = "the chair's name",
        ["date"] = "the date of the letter",
    };

    /// <summary>The fields whose line breaks stay; all others are one line.</summary>
    private static readonly HashSet<string> Paragraphs = ["reason"];

    internal static Dictionary<string, string> Of(LetterRow letter, Conference conference, string language)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in Json.Read<Dictionary<string, string?>>(letter.Fields))
            if (All.ContainsKey(name) && !string.IsNullOrWhiteSpace(value)) values[name] = value;
        // A date is said in the template's language.
        if (language != "en") values.Remove("confirmBy");
        var dates = conference.Dates;
        Add("reference", letter.Reference(conference));
        Add("name", letter.ToName);
        Add("affiliation", letter.Affiliation ?? "");
        Add("country", CountryName(letter.Country));
        Add("conference", conference.Title);
        Add("acronym", conference.Acronym);
        Add("organiser", conference.Organiser);
        Add("venue", conference.Venue);
        Add("city", conference.City);
        Add("hostCountry", CountryName(conference.Country));
        Add("firstDay", LetterDates.Words(dates.FirstDay, language));
        Add("lastDay", LetterDates.Words(dates.LastDay, language));
        Add("confirmBy", LetterDates.Words(DateOnly.FromDateTime(dates.ConfirmBy), language));
        Add("website", conference.Website);
        Add("secretariat", conference.Mail.Address);
        Add("chair", Signatory(conference) is { } chair ? $"{chair.GivenName} {chair.FamilyName}" : conference.Organiser);
        Add("date", LetterDates.Words(letter.Day(conference), language));
        foreach (var (name, value) in values)
            values[name] = Paragraphs.Contains(name) ? value.Trim() : string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return values;

        // What stood when the letter was ordered goes before what stands now.
        void Add(string name, string value) => values.TryAdd(name, value);
    }

    internal static CommitteeMember? Signatory(Conference conference) => conference.Committee.FirstOrDefault(m => m.Role == Role.Chair);

    internal static string CountryName(string? code) => code is { Length: 2 } && Countries.Exists(code) ? Countries.Name(code) : code ?? "";
}

/// <summary>A date in words, the same on every machine whatever cultures it has installed.</summary>
internal static class LetterDates
{
    private static readonly string[] French = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
    private static readonly string[] Arabic = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];

    public static string Words(DateOnly day, string language) => language switch
    {
        "fr" => $"{(day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture))} {French[day.Month - 1]} {day.Year}",
        "ar" => $"{day.Day} {Arabic[day.Month - 1]} {day.Year}",
        _ => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };
}

/// <summary>A letter with who receives it.</summary>
internal sealed record LetterRow
{
    public required int Id { get; init; }
    public required string LetterKey { get; init; }
    public required int? SubmissionNumber { get; init; }
    public required int DecisionVersion { get; init; }
    public required string Kind { get; init; }
    public required string ToEmail { get; init; }
    public required string ToName { get; init; }
    public required string Fields { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string? Affiliation { get; init; }
    public required string? Country { get; init; }

    /// <summary>Such as <c>regsec-2019/AR-42/1</c>, or <c>regsec-2019/L-17</c> for a letter about no submission.</summary>
    public string Reference(Conference conference) => SubmissionNumber is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{conference.Acronym}/AR-{number}/{Math.Max(1, DecisionVersion)}")
        : string.Create(CultureInfo.InvariantCulture, $"{conference.Acronym}/L-{Id}");

    /// <summary>The day it was ordered, where the conference is.</summary>
    public DateOnly Day(Conference conference) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(CreatedAt, conference.TimeZone).DateTime);

    /// <summary>Such as <c>AR-42-oral.pdf</c>.</summary>
    public string FileName => SubmissionNumber is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"AR-{number}-{Kind.ToLowerInvariant()}.pdf")
        : string.Create(CultureInfo.InvariantCulture, $"L-{Id}-{Kind.ToLowerInvariant()}.pdf");
}
