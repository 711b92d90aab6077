using System.Reflection;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Letters;

/// <summary>A letter written out: its mail and its PDF.</summary>
internal sealed record WrittenLetter(string Subject, string Text, string Html, byte[] Pdf, IReadOnlyList<string> Warnings);

/// <summary>Writes letters: the newest template of each language, filled and set. Holds no state but the templates read once per job.</summary>
internal sealed class LetterWriter(Db db, IFiles files, FontLibrary fonts)
{
    public const string LookSetting = "letter-look";

    /// <summary>The templates of a kind, in the order of the look's languages; a language without one is left out.</summary>
    public async Task<IReadOnlyList<(string Language, LetterTemplate Template)>> Templates(string kind, LetterLook look, CancellationToken ct)
    {
        var templates = new List<(string, LetterTemplate)>();
        foreach (var language in look.Languages)
            if (await Text(kind, language, ct) is { } text) templates.Add((language, LetterTemplate.Read(text)));
        if (templates.Count == 0 && Shipped(kind, "en") is { } english) templates.Add(("en", LetterTemplate.Read(english)));
        return templates;
    }

    /// <summary>The text that stands: the newest saved, else the one that comes with the program; null when there is none.</summary>
    public async Task<string?> Text(string kind, string language, CancellationToken ct)
        => await db.One<string>(Newest, new { kind, language }, ct) is { Length: > 0 } saved ? saved : Shipped(kind, language);

    public async Task<LetterLook> Look(CancellationToken ct)
    {
        var setting = await db.One<string>(ReadSetting, new { name = LookSetting }, ct) is { } json ? Json.Read<LetterLookSetting>(json) : new LetterLookSetting();
        return new LetterLook(setting.Languages, await Picture(setting.Logo), await Picture(setting.Signature), await Picture(setting.Stamp));

        async Task<byte[]?> Picture(string? sha256) => sha256 is null ? null : await files.Get(sha256, ct);
    }

    /// <summary>Pure: the same letter, templates, look and conference give the same bytes.</summary>
    public WrittenLetter Write(LetterRow letter, IReadOnlyList<(string Language, LetterTemplate Template)> templates, LetterLook look, Conference conference)
    {
        var texts = templates.Select(t =>
        {
            var (subject, body) = t.Template.Fill(LetterFields.Of(letter, conference, t.Language));
            return (t.Language, Text: LetterText.Of(subject, body));
        }).ToList();
        using var pdf = new MemoryStream();
        var report = PdfRenderer.Render(LetterPages.Of(letter, texts, look, conference), fonts, pdf);
        var signature = LetterFields.Signatory(conference) is { } chair ? $"{chair.GivenName} {chair.FamilyName}\n{conference.Organiser}\n" : $"{conference.Organiser}\n";
        var text = string.Join("\n----\n\n", texts.Select(t => $"{t.Text.AsText()}\n{signature}"));
        var html = "<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>\n"
            + string.Join("<hr>\n", texts.Select(t => t.Text.AsHtml(t.Language) + $"<p>{System.Net.WebUtility.HtmlEncode(signature.Trim()).Replace("\n", "<br>", StringComparison.Ordinal)}</p>\n")) + "</body></html>\n";
        return new WrittenLetter(texts[0].Text.Subject, text, html, pdf.ToArray(), [.. report.MissingGlyphs.Select(m => m.ToString())]);
    }

    /// <summary>The template that comes with the program.</summary>
    public static string? Shipped(string kind, string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"letters/{kind}.{language}.liquid");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private const string ReadSetting = "select Value from Setting where Name = @name";

    private const string Newest = """
        select t.Text
        from LetterTemplate t
        where t.Kind = @kind and t.Language = @language
          and t.Version = (select max(n.Version) from LetterTemplate n where n.Kind = t.Kind and n.Language = t.Language)
        """;
}

/// <summary>How the look lies in the settings: languages in order, pictures by the SHA-256 of their file.</summary>
public sealed record LetterLookSetting
{
    public IReadOnlyList<string> Languages { get; init; } = ["en"];
    public string? Logo { get; init; }
    public string? Signature { get; init; }
    public string? Stamp { get; init; }
}
