using System.Globalization;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Programme;

/// <summary>The printed programme: at a glance, in full, and the papers for chairs and panellists. The same release gives the same bytes with the same fonts.</summary>
internal sealed class ProgrammePdf(FontLibrary fonts)
{
    private static readonly ParagraphStyle Cell = new() { Family = FontFamily.Sans, Size = 8, Leading = 10.5, Align = Alignment.Start, Hyphenate = false };
    private static readonly ParagraphStyle Faint = Cell with { Colour = Colour.Grey(0.35) };
    private static readonly ParagraphStyle Entry = new() { Size = 9.5, Leading = 12.5, Align = Alignment.Start, Hyphenate = false };
    private static readonly ParagraphStyle People = Entry with { Size = 9, Leading = 12 };

    /// <summary>Cover, the days at a glance as rooms by time, every session in full, and the index of people.</summary>
    public byte[] Programme(ProgrammeView view) => Render(view, "Programme",
    [
        new Section { Page = Plain, Numbering = new PageNumbering(NumberStyle.None), Blocks = Cover(view) },
        new Section { Page = Wide(view), Numbering = new PageNumbering(NumberStyle.Arabic), Blocks = view.Days.SelectMany((d, i) => Glance(view, d, i == 0)) },
        new Section { Blocks = view.Days.SelectMany((d, i) => Full(view, d, i == 0)) },
        new Section { Blocks = [new Heading(1, "People"), new AlphabeticalIndex(Index(view))] },
    ]);

    /// <summary>A page per session of talks for its chair: who speaks when, from where, and how to say whose talk it is.</summary>
    public byte[] ChairSheets(ProgrammeView view) => Render(view, "Session chair sheets",
        view.InOrder().Where(s => s.Slots.Any(x => x.Kind == SlotKind.Oral)).Select(s => new Section { Blocks = ChairSheet(view, s) }));

    /// <summary>A card for every place on a panel, four to a page.</summary>
    public byte[] PanelCards(ProgrammeView view) => Render(view, "Panel cards", [new Section { Page = Plain, Blocks = Cards(view) }]);

    private byte[] Render(ProgrammeView view, string what, IEnumerable<Section> sections)
    {
        using var output = new MemoryStream();
        PdfRenderer.Render(new Document
        {
            Title = $"{what}, {view.Title}",
            Author = view.Organiser,
            Created = view.ReleasedAt,
            Page = new PageTemplate
            {
                Margins = new Margins(56, 56, 64, 60),
                Head = new RunningLine { Start = [new RunningHeading(1)], End = [view.Acronym] },
                Foot = Foot(view),
                RuleUnderHead = true,
            },
            Sections = sections,
        }, fonts, output);
        return output.ToArray();
    }

    private static PageTemplate Plain => new() { Margins = new Margins(56, 56, 64, 60) };

    private static PageTemplate Wide(ProgrammeView view) => new() { Size = PageSize.A4.Landscape, Margins = new Margins(36, 36, 44, 44), Foot = Foot(view) };

    private static RunningLine Foot(ProgrammeView view) => new() { Start = [$"Release {view.Number}, {Released(view)}"], Centre = [new Folio()], End = [$"Times of {view.City}"] };

    private static string Released(ProgrammeView view) => TimeZoneInfo.ConvertTime(view.ReleasedAt, view.TimeZone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static IEnumerable<Block> Cover(ProgrammeView view)
    {
        yield return new Spacer(120);
        yield return new Paragraph("Programme") { Style = StyleSheet.Default.Subtitle };
        yield return new Paragraph(view.Title) { Style = StyleSheet.Default.Title };
        yield return new Paragraph($"{Day(view.Days[0])} – {Day(view.Days[^1])}") { Style = StyleSheet.Default.Lead };
        yield return new Paragraph($"{view.Venue}, {view.City}") { Style = StyleSheet.Default.Lead };
        yield return new Spacer(0) { Fill = 1 };
        yield return new Paragraph(view.Organiser);
        yield return new Paragraph($"Release {view.Number} of {Released(view)}. All times are local ({view.Zone}). The newest release is at {view.Website.TrimEnd('/')}/programme.") { Style = StyleSheet.Default.Small };
    }

    // Rooms across, starting times down; a row for every time at which something starts.
    private static IEnumerable<Block> Glance(ProgrammeView view, DateOnly day, bool first)
    {
        var sessions = view.On(day).ToList();
        if (sessions.Count == 0) yield break;
        if (!first) yield return new PageBreak();
        var used = view.Rooms.Where(r => sessions.Any(s => s.Room == r.Code)).ToList();
        yield return new Heading(1, $"{Day(day)} at a glance");
        // More than six rooms do not fit side by side; the rest follow below.
        foreach (var rooms in used.Chunk(6))
            yield return new Table
            {
                Columns = [TableColumn.Points(44), .. rooms.Select(_ => new TableColumn())],
                HeaderRows = 1,
                Rules = TableRules.Grid,
                Summary = $"{Day(day)}: rooms across, times down",
                Rows =
                [
                    new TableRow([TableCell.Of("Time"), .. rooms.Select(r => TableCell.Of(r.Name))]),
                    .. sessions.Where(s => rooms.Any(r => r.Code == s.Room)).GroupBy(s => s.Start).Select(g => new TableRow(
                        [new TableCell(new Paragraph(Time(g.Key)) { Style = Cell }) { RowHeader = true }, .. rooms.Select(r => GlanceCell(view, g.FirstOrDefault(s => s.Room == r.Code)))])),
                ],
            };
    }

    private static TableCell GlanceCell(ProgrammeView view, ViewSession? s)
    {
        if (s is null) return new TableCell();
        var blocks = new List<Block>
        {
            new Paragraph([.. Code(s), Text.Isolated(s.Title), $" ({Time(s.Start)}–{Time(s.End)})"]) { Style = Cell },
        };
        var talks = s.Slots.Count(x => x.Kind == SlotKind.Oral);
        var posters = s.Slots.Count(x => x.Kind == SlotKind.Poster);
        if (talks > 0) blocks.Add(new Paragraph($"{talks} talks{(s.PanelMinutes > 0 ? " and a panel discussion" : "")}") { Style = Faint });
        if (posters > 0) blocks.Add(new Paragraph($"{posters} posters") { Style = Faint });
        return new TableCell(blocks) { Shading = s.Kind == SessionKind.Break ? Colour.Grey(0.93) : s.AreaCode is null ? null : Wash(Colour.Parse(Exporting.Colour(view.Hue(s.AreaCode)))) };
    }

    private static IEnumerable<Block> Full(ProgrammeView view, DateOnly day, bool first)
    {
        var sessions = view.On(day).Where(s => s.Kind != SessionKind.Break).ToList();
        if (sessions.Count == 0) yield break;
        if (!first) yield return new PageBreak();
        yield return new Heading(1, Day(day));
        foreach (var s in sessions)
        {
            yield return new KeepTogether(
            [
                new Heading(2, [.. Code(s), Text.Isolated(s.Title)]),
                new Paragraph($"{Time(s.Start)}–{Time(s.End)}, {view.Room(s.Room).Name}") { Style = People with { KeepWithNext = true } },
                .. Office(view, "Chair", s.Chairs, keep: true),
                .. Office(view, "Rapporteur", s.Rapporteurs, keep: true),
            ]);
            if (s.Slots.Any(x => x.Kind != SlotKind.Panel)) yield return Slots(s.Slots.Where(x => x.Kind != SlotKind.Panel));
            if (s.PanelMinutes == 0) continue;
            yield return new Paragraph(Text.Strong($"{Time(s.TalksEnd)}  Panel discussion")) { Style = Entry with { KeepWithNext = s.Panellists.Count > 0 } };
            foreach (var block in Office(view, "Panel", s.Panellists)) yield return block;
            if (s.Slots.Any(x => x.Kind == SlotKind.Panel)) yield return Slots(s.Slots.Where(x => x.Kind == SlotKind.Panel));
        }
    }

    private static Table Slots(IEnumerable<ViewSlot> slots) => new()
    {
        Columns = [TableColumn.Points(48), new TableColumn()],
        Rules = TableRules.None,
        Rows = slots.Select(x => new TableRow(
            new TableCell(new Paragraph(x.Board is { } b ? string.Create(CultureInfo.InvariantCulture, $"Board {b}") : Time(x.Start)) { Style = Entry }) { RowHeader = true },
            new TableCell(x.Authors.Count == 0
                ? [new Paragraph(Text.Isolated(x.Title)) { Style = Entry, Destination = x.Code }]
                : [new Paragraph(new Text(x.Title) { Bold = true, Isolate = true }, new Text($"  {x.Code}") { Colour = Colour.Grey(0.4), Scale = 0.85 }) { Style = Entry with { KeepWithNext = true }, Destination = x.Code }, Authors(x)]))).ToList(),
    };

    private static Paragraph Authors(ViewSlot x)
    {
        var line = new List<Inline>();
        foreach (var a in x.Authors)
        {
            if (line.Count > 0) line.Add(", ");
            line.Add(new Text(a.FullName) { Isolate = true, Underline = a.Presenting });
        }

        foreach (var affiliation in x.Authors.Select(a => a.Affiliation).Where(a => a != "").Distinct())
        {
            line.Add(line.Count > 0 && line[^1] is Text { Italic: true } ? "; " : " – ");
            line.Add(new Text(affiliation) { Italic = true, Isolate = true });
        }

        // Latin lists run from the left whatever name stands first.
        return new Paragraph(line) { Style = People with { Direction = TextDirection.LeftToRight } };
    }

    private static IEnumerable<Block> ChairSheet(ProgrammeView view, ViewSession s)
    {
        yield return new Heading(1, [.. Code(s), Text.Isolated(s.Title)]);
        yield return new Paragraph($"{Day(DateOnly.FromDateTime(s.Start))}, {Time(s.Start)}–{Time(s.End)}, {view.Room(s.Room).Name}") { Style = StyleSheet.Default.Lead };
        foreach (var block in Office(view, "Chair", s.Chairs).Concat(Office(view, "Rapporteur", s.Rapporteurs)).Concat(Office(view, "Panel", s.Panellists))) yield return block;
        yield return new Table
        {
            Columns = [TableColumn.Points(76), new TableColumn(), TableColumn.Points(52)],
            HeaderRows = 1,
            Rules = TableRules.Rows,
            Rows =
            [
                new TableRow(TableCell.Of("Time"), TableCell.Of("Talk and speaker"), TableCell.Of("Here?")),
                .. s.Slots.Where(x => x.Kind != SlotKind.Panel).Select(x => new TableRow(
                    new TableCell(new Paragraph($"{Time(x.Start)}–{Time(x.End)}") { Style = Entry }) { RowHeader = true },
                    new TableCell([new Paragraph(new Text(x.Title) { Bold = true, Isolate = true }) { Style = Entry }, Speaker(x), .. Biography(x)]),
                    new TableCell(new Paragraph("☐") { Style = Entry with { Family = FontFamily.Sans } }))),
            ],
        };
        if (s.PanelMinutes > 0)
        {
            yield return new Paragraph($"{Time(s.TalksEnd)}–{Time(s.End)}: panel discussion. Please end the last talk by {Time(s.TalksEnd)}.");
            foreach (var x in s.Slots.Where(x => x.Kind == SlotKind.Panel))
                yield return new KeepTogether([new Paragraph("☐ ", new Text(x.Title) { Bold = true, Isolate = true }) { Style = Entry with { KeepWithNext = true } }, Speaker(x), .. Biography(x)]);
        }
    }

    // What the chair says to introduce them.
    private static IEnumerable<Paragraph> Biography(ViewSlot x) => x.Biography == "" ? [] : [new Paragraph(Text.Isolated(x.Biography.ReplaceLineEndings(" "))) { Style = Faint }];

    private static Paragraph Speaker(ViewSlot x)
    {
        var speaker = x.Authors.FirstOrDefault(a => a.Presenting);
        return speaker is null ? new Paragraph() : new Paragraph(Text.Isolated(speaker.FullName), " – ", new Text(speaker.Affiliation) { Italic = true, Isolate = true }, speaker.Country == "" ? "" : $" ({speaker.Country})")
        {
            Style = People with { Direction = TextDirection.LeftToRight },
        };
    }

    private static IEnumerable<Block> Cards(ProgrammeView view)
    {
        var big = new ParagraphStyle { Family = FontFamily.Sans, Size = 26, Leading = 34, Bold = true, Align = Alignment.Centre, Hyphenate = false };
        foreach (var s in view.InOrder().Where(s => s.PanelMinutes > 0))
        {
            var contributors = s.Slots.Where(x => x.Kind == SlotKind.Panel).SelectMany(x => x.Authors.Where(a => a.Presenting)).Select(a => new ViewPerson(a.Person, "", a.GivenName, a.FamilyName, a.Affiliation, a.Country));
            foreach (var p in s.Panellists.Select(view.Person).Concat(contributors).DistinctBy(p => p.Code))
                yield return new KeepTogether(new Panel(
                    new Paragraph(Text.Isolated(p.FullName)) { Style = big },
                    new Paragraph(Text.Isolated(p.Affiliation)) { Style = big with { Size = 13, Leading = 18, Bold = false } },
                    new Paragraph([.. Code(s), $"Panel discussion, {Day(DateOnly.FromDateTime(s.Start))}, {Time(s.TalksEnd)}, {view.Room(s.Room).Name}"]) { Style = Faint with { Align = Alignment.Centre, SpaceBefore = 8 } })
                { Background = null, Border = Colour.Grey(0.5), Padding = 28 });
        }
    }

    private static IEnumerable<Block> Office(ProgrammeView view, string office, IReadOnlyList<string> people, bool keep = false)
    {
        if (people.Count == 0) yield break;
        var line = new List<Inline> { new Text($"{office}: ") { Bold = true } };
        foreach (var p in people.Select(view.Person))
        {
            if (line.Count > 1) line.Add("; ");
            line.Add(Text.Isolated(p.FullName));
            if (p.Affiliation == "") continue;
            line.Add(", ");
            line.Add(new Text(p.Affiliation) { Italic = true, Isolate = true });
        }

        yield return new Paragraph(line) { Style = People with { Direction = TextDirection.LeftToRight, KeepWithNext = keep } };
    }

    private static IEnumerable<IndexEntry> Index(ProgrammeView view) => view.Sessions.SelectMany(s => s.Slots).SelectMany(x => x.Authors.Select(a => (Author: a, x.Code)))
        .GroupBy(x => x.Author.Person)
        .Select(g => (First: g.First().Author, Codes: g.Select(x => x.Code).Distinct().ToList()))
        .Select(x => new IndexEntry(PersonName.Indexed(x.First.GivenName, x.First.FamilyName), x.Codes) { Note = x.First.Country });

    private static Inline[] Code(ViewSession s) => s.AreaCode is null ? [] : [Text.Strong($"{s.AreaCode} ")];
    private static string Time(DateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
    private static string Day(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
    private static Colour Wash(Colour c) => new((byte)(255 - (255 - c.Red) / 8), (byte)(255 - (255 - c.Green) / 8), (byte)(255 - (255 - c.Blue) / 8));
}
