using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Letters;

/// <summary>A letter as pages: letterhead, address, date and reference, subject, text, signature and stamp; one page or more per language.</summary>
internal static class LetterPages
{
    public static readonly Colour Accent = Colour.Parse("#0b4f6c");

    internal static readonly ParagraphStyle Small = new() { Family = FontFamily.Sans, Size = 8.5, Leading = 12, Align = Alignment.Start, Hyphenate = false, Colour = Colour.Grey(0.3) };
    internal static readonly ParagraphStyle Address = new() { Size = 10.5, Leading = 14.5, Align = Alignment.Start, Hyphenate = false };
    private static readonly ParagraphStyle Subject = new() { Size = 11.5, Leading = 16, Bold = true, Align = Alignment.Start, SpaceBefore = 24, SpaceAfter = 12, KeepWithNext = true, Hyphenate = false };
    // A ragged line has no need of divided words, least of all of names.
    private static readonly ParagraphStyle Body = new() { Size = 10.5, Leading = 15, SpaceAfter = 8, Align = Alignment.Start, Hyphenate = false };

    public static Document Of(LetterRow letter, IReadOnlyList<(string Language, LetterText Text)> texts, LetterLook look, Conference conference) => new()
    {
        Title = texts[0].Text.Subject,
        Author = look.Words(texts[0].Language, conference).Organiser,
        Subject = letter.Reference(look, conference),
        Language = texts[0].Language,
        Created = letter.CreatedAt,
        IsShortLived = true,
        Sections = texts.Select(t => letter.KnownKind.IsCertificate()
            ? CertificatePages.Section(new LetterSide(letter, t.Language, t.Text, look, conference))
            : Section(new LetterSide(letter, t.Language, t.Text, look, conference), texts[0].Language)),
    };

    private static Section Section(LetterSide side, string documentLanguage) => new()
    {
        Tag = side.Reference,
        Page = new PageTemplate { Margins = new Margins(71, 71, 62, 76), Foot = Foot(side, documentLanguage) },
        Blocks = Blocks(side),
    };

    // The foot's sides are the document's; a page of the other direction turns them. A long title would meet the reference.
    private static RunningLine Foot(LetterSide side, string documentLanguage)
    {
        var name = side.Words.Conference.Length <= 60 ? side.Words.Conference : side.Conference.Acronym;
        Inline[] start = [Text.Isolated($"{name} · {side.Conference.Website}")];
        Inline[] end = [Text.Isolated(side.Reference), " · ", new Folio()];
        return Languages.RightToLeft(side.Language) == Languages.RightToLeft(documentLanguage)
            ? new RunningLine { Start = start, End = end }
            : new RunningLine { Start = end, End = start };
    }

    private static IEnumerable<Block> Blocks(LetterSide side)
    {
        foreach (var block in Head(side)) yield return block;
        yield return new Table
        {
            Columns = [new TableColumn(3), new TableColumn(2)],
            Rules = TableRules.None, PaddingX = 0, PaddingY = 0, SpaceBefore = 26, RightToLeft = side.RightToLeft,
            Rows = [new TableRow(new TableCell([.. AddressLines(side)]), new TableCell([.. DateAndReference(side)]))],
        };
        yield return new Paragraph(new Text(side.Text.Subject)) { Style = side.In(Subject) };
        foreach (var block in side.Text.AsBlocks(side.In(Body))) yield return block;
        yield return new KeepTogether([.. Signature(side)]);
    }

    private static IEnumerable<Block> Head(LetterSide side)
    {
        Block[] title =
        [
            new Paragraph(Text.Isolated(side.Words.Conference)) { Style = side.In(Address with { Family = FontFamily.Sans, Size = 14, Leading = 19, Bold = true, Colour = Accent }) },
            new Paragraph(Text.Isolated(LetterText.WholeDays(side.Words.Letterhead))) { Style = side.In(Small) },
        ];
        if (side.Look.Logo is { } logo)
            yield return new Table
            {
                Columns = [TableColumn.Points(96), new TableColumn()],
                Rules = TableRules.None, PaddingX = 0, PaddingY = 0, SpaceBefore = 0, SpaceAfter = 0, RightToLeft = side.RightToLeft,
                Rows = [new TableRow(
                    new TableCell(new Image(logo, side.Words.Organiser) { Width = 84, MaxHeight = 56, Align = side.RightToLeft ? Alignment.End : Alignment.Start, SpaceBefore = 0, SpaceAfter = 0 }),
                    new TableCell(title) { Vertical = VerticalAlign.Middle })],
            };
        else
            foreach (var block in title) yield return block;
        yield return new Rule { Thickness = 1.2, Colour = Accent, SpaceBefore = 8 };
    }

    private static IEnumerable<Block> AddressLines(LetterSide side)
    {
        yield return new Paragraph(Text.Isolated(side.Letter.ToName)) { Style = side.In(Address with { Bold = true }) };
        foreach (var line in new[] { side.Letter.Affiliation, LetterFields.CountryName(side.Letter.Country, side.Language) })
            if (!string.IsNullOrWhiteSpace(line)) yield return new Paragraph(Text.Isolated(line)) { Style = side.In(Address) };
    }

    private static IEnumerable<Block> DateAndReference(LetterSide side)
    {
        var style = side.In(Address with { Align = Alignment.End });
        yield return new Paragraph(Text.Isolated(side.PlaceAndDate)) { Style = style };
        yield return new Paragraph(new Text($"{LetterWords.Reference(side.Language)} "), Text.Isolated(side.Reference)) { Style = style with { Size = 9.5, Colour = Colour.Grey(0.3) } };
    }

    private static IEnumerable<Block> Signature(LetterSide side)
    {
        yield return new Table
        {
            Columns = [new TableColumn(3), new TableColumn(2)],
            Rules = TableRules.None, PaddingX = 0, PaddingY = 0, SpaceBefore = 2, RightToLeft = side.RightToLeft,
            Rows = [new TableRow(new TableCell([.. SignatureLines(side, side.RightToLeft ? Alignment.End : Alignment.Start)]), new TableCell([.. Stamp(side, Alignment.Centre)]) { Vertical = VerticalAlign.Middle })],
        };
    }

    internal static IEnumerable<Block> SignatureLines(LetterSide side, Alignment pictures)
    {
        if (side.Look.Signature is { } signature) yield return new Image(signature, LetterWords.Signature(side.Language)) { Width = 130, MaxHeight = 44, Align = pictures, SpaceAfter = 2 };
        else yield return new Spacer(34);
        yield return new Paragraph(Text.Isolated(side.Look.SignatoryName(side.Conference))) { Style = side.In(Address with { Bold = true }) };
        yield return new Paragraph(Text.Isolated(side.Words.SignatoryTitle)) { Style = side.In(Address) };
        if (side.Look.Setting.Signatory == "" && LetterFields.Signatory(side.Conference) is { } chair)
            yield return new Paragraph(Text.Isolated(chair.Affiliation)) { Style = side.In(Small) };
    }

    internal static IEnumerable<Block> Stamp(LetterSide side, Alignment align, double size = 84)
    {
        if (side.Look.Stamp is { } stamp) yield return new Image(stamp, LetterWords.Stamp(side.Language)) { Width = size, MaxHeight = size, Align = align };
    }
}

/// <summary>A letter in one of its languages, with all that its pages say.</summary>
internal sealed record LetterSide(LetterRow Letter, string Language, LetterText Text, LetterLook Look, Conference Conference)
{
    public LookWords Words { get; } = Look.Words(Language, Conference);

    public bool RightToLeft { get; } = Languages.RightToLeft(Language);

    public string Reference { get; } = Letter.Reference(Look, Conference);

    public string PlaceAndDate => $"{Words.City}{LetterWords.Comma(Language)}{DateWords.Of(Letter.Day(Look, Conference), Language)}";

    /// <summary>The style in this side's language and direction.</summary>
    public ParagraphStyle In(ParagraphStyle style) => style with { Language = Language, Direction = RightToLeft ? TextDirection.RightToLeft : TextDirection.LeftToRight };
}
