using System.Buffers;
using System.Globalization;
using System.Text;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Submissions;

/// <summary>What a draft may hold at all, and what a submission must hold.</summary>
public static class ContentRules
{
    public static readonly IReadOnlyList<string> Presentations = ["oral", "poster", "panel", "either"];

    // Line feeds and tabs are text.
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(n => (char)n).Where(ch => char.IsControl(ch) && ch is not ('\n' or '\t'))]);

    /// <summary>The content as it is stored: composed (NFC), outer spaces gone, line ends as LF, single-line fields on one line.</summary>
    public static SubmissionContent Tidy(SubmissionContent c) => c with
    {
        Title = Line(c.Title),
        Abstract = Text(c.Abstract),
        AreaCode = Line(c.AreaCode),
        Topics = c.Topics.Select(Line).Where(t => t != "").Distinct().ToList(),
        Keywords = c.Keywords.Select(Line).Where(k => k != "").Distinct().ToList(),
        Presentation = Line(c.Presentation) is var p && p == "" ? "either" : Line(c.Presentation).ToLowerInvariant(),
        Authors = c.Authors.Select(a => a with
        {
            GivenName = Line(a.GivenName),
            FamilyName = Line(a.FamilyName),
            Email = Line(a.Email),
            Affiliation = Line(a.Affiliation),
            Country = Line(a.Country).ToUpperInvariant(),
            Orcid = string.IsNullOrWhiteSpace(a.Orcid) ? null : Orcid.Normalise(a.Orcid),
            // Who writes alone presents and corresponds.
            Presenting = a.Presenting || c.Authors.Count == 1,
            Corresponding = a.Corresponding || c.Authors.Count == 1,
        }).ToList(),
    };

    /// <summary>Words by white space, as authors and the form count them.</summary>
    public static int Words(string text)
    {
        var words = 0;
        for (var i = 0; i < text.Length; i++)
            if (!char.IsWhiteSpace(text[i]) && (i == 0 || char.IsWhiteSpace(text[i - 1]))) words++;
        return words;
    }

    /// <summary>What no text may hold, of at most <paramref name="most"/> characters: nothing that cannot be stored or printed.</summary>
    public static IReadOnlyList<FieldError> CheckText(string field, string value, int most)
    {
        var errors = new List<FieldError>();
        Sane(errors, field, value, most);
        return errors;
    }

    /// <summary>What no draft may hold: characters that cannot be stored or printed, and sizes past any use.</summary>
    public static IReadOnlyList<FieldError> CheckDraft(SubmissionContent c, Conference conference)
    {
        var errors = new List<FieldError>();
        Sane(errors, "title", c.Title, conference.Limits.TitleCharacters);
        Sane(errors, "abstract", c.Abstract, 50_000);
        Sane(errors, "presentation", c.Presentation, 20);
        if (!Presentations.Contains(c.Presentation)) errors.Add(new("presentation", "Choose oral, poster, panel or either."));
        CheckArea(errors, c, conference);
        for (var i = 0; i < c.Keywords.Count; i++) Sane(errors, $"keywords[{i}]", c.Keywords[i], 100);
        if (c.Keywords.Count > conference.Limits.Keywords) errors.Add(new("keywords", $"Give at most {conference.Limits.Keywords} keywords; there are {c.Keywords.Count}."));
        if (c.Authors.Count > conference.Limits.Authors) errors.Add(new("authors", $"At most {conference.Limits.Authors} authors are taken; there are {c.Authors.Count}."));
        for (var i = 0; i < c.Authors.Count; i++) CheckAuthor(errors, $"authors[{i}]", c.Authors[i]);
        return errors;
    }

    /// <summary>What a submission lacks before it can be handed in, on top of <see cref="CheckDraft"/>.</summary>
    public static IReadOnlyList<FieldError> CheckComplete(SubmissionContent c, Conference conference)
    {
        var errors = new List<FieldError>(CheckDraft(c, conference));
        var limits = conference.Limits;
        if (c.Title == "") errors.Add(new("title", "Give a title."));
        var words = Words(c.Abstract);
        if (words < limits.AbstractWordsMin) errors.Add(new("abstract", $"The abstract has {words} words; write at least {limits.AbstractWordsMin}."));
        if (words > limits.AbstractWordsMax) errors.Add(new("abstract", $"The abstract has {words} words; at most {limits.AbstractWordsMax} are taken."));
        if (c.AreaCode == "") errors.Add(new("areaCode", "Choose an area."));
        if (c.Topics.Count == 0) errors.Add(new("topics", "Choose at least one topic of the area."));
        if (c.Authors.Count == 0) errors.Add(new("authors", "Name at least one author."));
        for (var i = 0; i < c.Authors.Count; i++)
        {
            var (at, a) = ($"authors[{i}]", c.Authors[i]);
            if (a.FamilyName == "" && a.GivenName == "") errors.Add(new($"{at}.familyName", $"Name author {i + 1}."));
            if (a.Email == "") errors.Add(new($"{at}.email", $"Give an e-mail address for author {i + 1}."));
            if (a.Affiliation == "") errors.Add(new($"{at}.affiliation", $"Give an affiliation for author {i + 1}."));
            if (a.Country == "") errors.Add(new($"{at}.country", $"Choose a country for author {i + 1}."));
        }

        if (c.Authors.Count > 0 && c.Authors.Count(a => a.Presenting) != 1) errors.Add(new("authors", "Mark exactly one author as presenting."));
        if (c.Authors.Count > 0 && c.Authors.Count(a => a.Corresponding) != 1) errors.Add(new("authors", "Mark exactly one author as corresponding."));
        foreach (var twice in c.Authors.Where(a => a.Email != "").GroupBy(a => MailAddress.Normalise(a.Email)).Where(g => g.Count() > 1))
            errors.Add(new("authors", $"{twice.Key} is given for two authors."));
        return errors;
    }

    private static void CheckArea(List<FieldError> errors, SubmissionContent c, Conference conference)
    {
        Sane(errors, "areaCode", c.AreaCode, 20);
        if (c.AreaCode == "")
        {
            if (c.Topics.Count > 0) errors.Add(new("areaCode", "Choose the area of the topics."));
            return;
        }

        if (conference.Area(c.AreaCode) is not { } area)
        {
            errors.Add(new("areaCode", $"There is no area “{Short(c.AreaCode)}”. The areas are {string.Join(", ", conference.Areas.Select(a => a.Code))}."));
            return;
        }

        for (var i = 0; i < c.Topics.Count; i++)
            if (!area.Topics.Contains(c.Topics[i]))
                errors.Add(new($"topics[{i}]", $"“{Short(c.Topics[i])}” is not a topic of {area.Code}."));
        if (c.Topics.Count > conference.Limits.Topics)
            errors.Add(new("topics", $"Choose at most {conference.Limits.Topics} topics; there are {c.Topics.Count}."));
    }

    private static void CheckAuthor(List<FieldError> errors, string at, Author a)
    {
        Sane(errors, $"{at}.givenName", a.GivenName, 100);
        Sane(errors, $"{at}.familyName", a.FamilyName, 100);
        Sane(errors, $"{at}.affiliation", a.Affiliation, 250);
        if (a.Email != "" && !MailAddress.IsValid(a.Email)) errors.Add(new($"{at}.email", $"“{Short(a.Email)}” is not an e-mail address."));
        if (a.Country != "" && !Countries.Exists(a.Country)) errors.Add(new($"{at}.country", $"“{Short(a.Country)}” is not an ISO country code such as MA or FR."));
        if (a.Orcid is not null && !Orcid.IsValid(a.Orcid)) errors.Add(new($"{at}.orcid", "This is not an ORCID iD; its last character checks the others. It looks like 0000-0002-1825-0097."));
    }

    private static void Sane(List<FieldError> errors, string field, string value, int most)
    {
        if (value.Length > most && new StringInfo(value).LengthInTextElements is var length && length > most)
            errors.Add(new(field, $"At most {most} characters are taken here; there are {length}."));
        if (value.AsSpan().ContainsAny(Controls))
            errors.Add(new(field, "There is a control character in this text; type it again or paste it as plain text."));
        if (!IsWellFormed(value))
            errors.Add(new(field, "There is half a character in this text; type it again or paste it as plain text."));
    }

    private static bool IsWellFormed(string value)
    {
        var first = value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var i = first; first >= 0 && i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) i++;
            else if (char.IsSurrogate(value[i])) return false;
        }

        return true;
    }

    private static string Short(string value) => value.Length <= 60 ? value : value[..60] + "…";

    private static string Line(string? value)
    {
        var text = Text(value);
        return text.AsSpan().ContainsAny('\n', '\t') || text.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', text.Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)) : text;
    }

    private static string Text(string? value)
    {
        var text = (value ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        // Normalize throws on half surrogate pairs; such text is refused by CheckDraft instead.
        return (IsWellFormed(text) ? text.Normalize(NormalizationForm.FormC) : text).Trim();
    }
}
