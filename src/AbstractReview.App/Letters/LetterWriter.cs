using System.Globalization;
using System.Net;
using System.Reflection;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Letters;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Letters;

/// <summary>A letter written out: its mail and its PDF.</summary>
internal sealed record WrittenLetter(string Subject, string Text, string Html, byte[] Pdf, IReadOnlyList<string> Warnings);

/// <summary>A template as it stands in one language.</summary>
/// <param name="Language">Such as <c>fr</c>.</param>
/// <param name="Version">The saved version; 0 for the one that comes with the program.</param>
/// <param name="Template">Read and checked.</param>
internal sealed record StandingTemplate(string Language, int Version, LetterTemplate Template);

/// <summary>Writes letters: the newest template of each language, filled and set. Holds no state but the templates read once per job.</summary>
internal sealed class LetterWriter(Db db, LookStore looks, FontLibrary fonts)
{
    /// <summary>The templates of a kind, in the order of the look's languages; a language without one is left out.</summary>
    public async Task<IReadOnlyList<StandingTemplate>> Templates(string kind, LetterLook look, CancellationToken ct)
    {
        var known = Enum.TryParse<LetterKind>(kind, out var k) ? k : (LetterKind?)null;
        var templates = new List<StandingTemplate>();
        foreach (var language in look.Languages)
            if (await Text(kind, language, ct) is { } standing) templates.Add(new StandingTemplate(language, standing.Version, LetterTemplate.Read(standing.Text, known)));
        if (templates.Count == 0 && Shipped(kind, "en") is { } english) templates.Add(new StandingTemplate("en", 0, LetterTemplate.Read(english, known)));
        return templates;
    }

    /// <summary>The text that stands and its version: the newest saved, else the one that comes with the program (version 0); null when there is none.</summary>
    public async Task<(string Text, int Version)?> Text(string kind, string language, CancellationToken ct)
    {
        if (await db.One<SavedText>(Newest, new { kind, language }, ct) is { Text.Length: > 0 } saved) return (saved.Text, saved.Version);
        return Shipped(kind, language) is { } shipped ? (shipped, 0) : null;
    }

    public Task<LetterLook> Look(CancellationToken ct) => looks.Look(ct);

    /// <summary>Pure: the same letter, templates, look and conference give the same bytes.</summary>
    public WrittenLetter Write(LetterRow letter, IReadOnlyList<StandingTemplate> templates, LetterLook look, Conference conference)
    {
        var texts = templates.Select(t =>
        {
            var values = LetterFields.Of(letter, look, conference, t.Language);
            var (subject, body) = t.Template.Fill(values, t.Language);
            return (t.Language, Text: LetterText.Of(subject, body, LetterFields.Links(values)));
        }).ToList();
        using var pdf = new MemoryStream();
        var report = PdfRenderer.Render(LetterPages.Of(letter, texts, look, conference), fonts, pdf);
        var text = string.Join("\n* * *\n\n", texts.Select(t => $"{t.Text.AsText()}\n{Signature(t.Language, look, conference)}"));
        return new WrittenLetter(texts[0].Text.Subject, text, Html(texts, look, conference), pdf.ToArray(), [.. report.MissingGlyphs.Select(m => m.ToString())]);
    }

    private static string Signature(string language, LetterLook look, Conference conference)
    {
        var words = look.Words(language, conference);
        return $"{look.SignatoryName(conference)}\n{words.SignatoryTitle}\n{words.Conference}\n{conference.Website}\n";
    }

    // As a letter reads well in any mail program: a measure of some 70 characters, room between lines; colours are the reader's own.
    private const string BodyStyle = "max-width: 38em; margin: 1em auto; padding: 0 1em; font-family: Georgia, serif; font-size: 16px; line-height: 1.5";

    private static string Html(List<(string Language, LetterText Text)> texts, LetterLook look, Conference conference)
    {
        var first = texts[0].Language;
        var parts = texts.Select(t => t.Text.AsHtml(t.Language)
            + $"<p lang=\"{t.Language}\" dir=\"{Languages.Direction(t.Language)}\">{WebUtility.HtmlEncode(Signature(t.Language, look, conference).Trim()).Replace("\n", "<br>", StringComparison.Ordinal)}</p>\n");
        return $"<!doctype html>\n<html lang=\"{first}\" dir=\"{Languages.Direction(first)}\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(texts[0].Text.Subject)}</title></head><body style=\"{BodyStyle}\">\n"
            + string.Join("<hr>\n", parts) + "</body></html>\n";
    }

    /// <summary>Such as <c>Oral.en 3, Oral.fr 0</c>: which texts a letter was written with.</summary>
    public static string Names(string kind, IReadOnlyList<StandingTemplate> templates)
        => string.Join(", ", templates.Select(t => string.Create(CultureInfo.InvariantCulture, $"{kind}.{t.Language} {t.Version}")));

    /// <summary>The template that comes with the program.</summary>
    public static string? Shipped(string kind, string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"letters/{kind}.{language}.liquid");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record SavedText
    {
        public required int Version { get; init; }
        public required string Text { get; init; }
    }

    private const string Newest = """
        select t.Version, t.Text
        from LetterTemplate t
        where t.Kind = @kind and t.Language = @language
          and t.Version = (select max(n.Version) from LetterTemplate n where n.Kind = t.Kind and n.Language = t.Language)
        """;
}
