using AbstractReview.Domain.Conferences;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Letters;

/// <summary>A letter as pages: letterhead, address, date and reference, subject, text, signature; one page or more per language.</summary>
internal static class LetterPages
{
    public static readonly Colour Accent = Colour.Parse("#0b4f6c");

    private static readonly ParagraphStyle Small = new() { Family = FontFamily.Sans, Size = 8.5, Leading = 12, Align = Alignment.Start, Hyphenate = false, Colour = Colour.Grey(0.3) };
    private static readonly ParagraphStyle Address = new() { Size = 10.5, Leading = 14.5, Align = Alignment.Start, Hyphenate = false };
    private static readonly ParagraphStyle Subject = new() { Size = 11.5, Leading = 16, Bold = true, Align = Alignment.Start, SpaceBefore = 24, SpaceAfter = 12, KeepWithNext = true, Hyphenate = false };
    private static readonly ParagraphStyle Body = new() { Size = 10.5, Leading = 15, SpaceAfter = 8 };

    public static Document Of(LetterRow letter, IReadOnlyList<(string Language, LetterText Text)> texts, LetterLook look, Conference conference) => new()
    {
        Title = texts[0].Text.Subject,
        Author = conference.Organiser,
        Subject = letter.Reference(conference),
        Language = texts[0].Language,
        Created = letter.CreatedAt,
        Page = Sheet(letter, conference),
        Sections = texts.Select(t => new Section { Tag = letter.Reference(conference), Blocks = Blocks(letter, t.Language, t.Text, look, conference) }),
    };

    private static PageTemplate Sheet(LetterRow letter, Conference conference) => new()
    {
        Margins = new Margins(71, 71, 62, 76),
        Foot = new RunningLine
        {
            Start = [Text.Isolated($"{conference.Title} · {conference.Website}")],
            End = [Text.Isolated(letter.Reference(conference)), " · ", new Folio()],
        },
    };

    private static IEnumerable<Block> Blocks(LetterRow letter, string language, LetterText text, LetterLook look, Conference conference)
    {
        var start = Languages.RightToLeft(language) ? TextDirection.RightToLeft : TextDirection.LeftToRight;
        foreach (var block in Head(look, conference)) yield return block;
        yield return new Table
        {
            Columns = [new TableColumn(3), new TableColumn(2)],
            Rules = TableRules.None, PaddingX = 0, PaddingY = 0, SpaceBefore = 26, RightToLeft = start == TextDirection.RightToLeft,
            Rows = [new TableRow(new TableCell([.. AddressLines(letter)]), new TableCell(
                [.. new[] { LetterDates.Words(letter.Day(conference), language), letter.Reference(conference) }
                    .Select(line => new Paragraph(Text.Isolated(line)) { Style = Address with { Align = Alignment.End, Direction = start } })]))],
        };
        yield return new Paragraph(new Text(text.Subject)) { Style = Subject with { Language = language, Direction = start } };
        foreach (var block in text.AsBlocks(Body with { Language = language, Hyphenate = !Languages.RightToLeft(language) })) yield return block;
        yield return new KeepTogether([.. Signature(look, conference, language)]);
    }

    private static IEnumerable<Block> Head(LetterLook look, Conference conference)
    {
        if (look.Logo is { } logo) yield return new Image(logo, conference.Organiser) { MaxHeight = 48, Align = Alignment.Start };
        yield return new Paragraph(Text.Isolated(conference.Title)) { Style = Address with { Family = FontFamily.Sans, Size = 14, Leading = 19, Bold = true, Colour = Accent } };
        yield return new Paragraph(Text.Isolated(
            $"{conference.Organiser} · {conference.Venue}, {conference.City} · {LetterDates.Words(conference.Dates.FirstDay, "en")} – {LetterDates.Words(conference.Dates.LastDay, "en")}")) { Style = Small };
        yield return new Rule { Thickness = 1.2, Colour = Accent, SpaceBefore = 8 };
    }

    private static IEnumerable<Block> AddressLines(LetterRow letter)
    {
        yield return new Paragraph(Text.Isolated(letter.ToName)) { Style = Address with { Bold = true } };
        foreach (var line in new[] { letter.Affiliation, LetterFields.CountryName(letter.Country) })
            if (!string.IsNullOrWhiteSpace(line)) yield return new Paragraph(Text.Isolated(line)) { Style = Address };
    }

    private static IEnumerable<Block> Signature(LetterLook look, Conference conference, string language)
    {
        if (look.Signature is { } signature) yield return new Image(signature, "Signature") { MaxHeight = 44, Align = Alignment.Start };
        else yield return new Spacer(34);
        var signatory = LetterFields.Signatory(conference);
        if (signatory is not null)
            yield return new Paragraph(Text.Isolated($"{signatory.GivenName} {signatory.FamilyName}")) { Style = Address with { Bold = true } };
        yield return new Paragraph(Text.Isolated(language switch
        {
            "fr" => "Présidence du comité de programme",
            "ar" => "رئاسة لجنة البرنامج",
            _ => "Chair of the Programme Committee",
        })) { Style = Address };
        if (signatory is not null) yield return new Paragraph(Text.Isolated(signatory.Affiliation)) { Style = Small };
        if (look.Stamp is { } stamp) yield return new Image(stamp, "Stamp") { MaxHeight = 80, Align = Alignment.Start };
    }
}

/// <summary>The letter's look, set once: which languages stand side by side, and the pictures on it.</summary>
internal sealed record LetterLook(IReadOnlyList<string> Languages, byte[]? Logo, byte[]? Signature, byte[]? Stamp);
