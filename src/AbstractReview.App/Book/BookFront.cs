using System.Globalization;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>What stands before the contents: cover, imprint, foreword, committee, programme at a glance.</summary>
internal sealed class BookFront(BookContent book, BookStyles styles)
{
    private readonly Conference conference = book.Conference;

    public IEnumerable<Section> Sections()
    {
        var page = BookDocument.Sheet(book);
        yield return new Section { Blocks = Cover(), Page = CoverPage(page), Numbering = new PageNumbering(NumberStyle.None) };
        yield return new Section { Blocks = Imprint(), Page = Bare(page), Numbering = new PageNumbering(NumberStyle.Roman, 2) };
        if (book.Options.Prints(BookPiece.Foreword) && conference.Foreword.Trim() != "") yield return new Section { Blocks = Foreword(), Page = page, Start = SectionStart.Recto };
        if (book.Options.Prints(BookPiece.Committee) && conference.Committee.Count > 0) yield return new Section { Blocks = Committee(), Page = page };
        if (book.Options.Prints(BookPiece.Glance) && book.Programme is { } programme) yield return new Section { Blocks = Glance(programme), Page = page };
    }

    private static PageTemplate Bare(PageTemplate page) => page with { Head = null, HeadEven = null, Foot = null, FootEven = null, RuleUnderHead = false };

    /// <summary>A dark field with the title, and below it a stripe in the colours of the areas.</summary>
    private PageTemplate CoverPage(PageTemplate page)
    {
        var (width, field) = (page.Size.Width, Math.Round(page.Size.Height * 0.66));
        var stripe = width / conference.Areas.Count;
        return Bare(page) with
        {
            Margins = new Margins(64, 64, 64, 54),
            Grounds =
            [
                new Ground(0, 0, width, field, BookStyles.Accent),
                .. conference.Areas.Select((a, i) => new Ground(i * stripe, field, stripe + 0.2, 9, book.Colour(a.Code))),
            ],
        };
    }

    private IEnumerable<Block> Cover()
    {
        var pale = Colour.Parse("#d5e3ea");
        yield return new Paragraph(Text.Isolated(conference.Organiser)) { Style = BookStyles.Cover(12, pale) };
        // The title hangs in the upper part of the field whatever its length.
        yield return new Spacer(BookDocument.Sheet(book).Size.Height * 0.17);
        yield return new Paragraph(Text.Isolated(conference.Title)) { Style = styles.Sheet.Title };
        yield return new Rule { Thickness = 2, Width = 0.22, Colour = pale, SpaceBefore = 10, SpaceAfter = 16 };
        yield return new Paragraph("Book of Abstracts") { Style = BookStyles.Cover(21, Colour.White) };
        yield return new Spacer(0) { Fill = 1 };
        yield return new Paragraph(Text.Isolated($"{conference.City}, {Country(conference.Country)}")) { Style = BookStyles.Cover(15, Colour.Black) with { Bold = true } };
        yield return new Paragraph(DateWords.Range(conference.Dates.FirstDay, conference.Dates.LastDay)) { Style = BookStyles.Cover(13, Colour.Black) };
        yield return new Spacer(14);
        yield return new Paragraph(Text.Isolated($"{conference.Venue} · {conference.Website}")) { Style = BookStyles.Cover(10, Colour.Grey(0.3)) };
    }

    private IEnumerable<Block> Imprint()
    {
        var entries = book.Entries.ToList();
        var authors = entries.SelectMany(e => e.Authors).ToList();
        var people = authors.Select(a => a.Email == "" ? a.FullName : MailAddress.Normalise(a.Email)).Distinct().Count();
        var countries = authors.Select(a => a.Country).Where(c => c != "").Distinct().Count();
        yield return new Spacer(0) { Fill = 1 };
        yield return Line(Text.Strong(book.Title));
        yield return Line($"Edition {book.Edition}, {DateWords.Of(book.Day)}{(book.Options.Draft ? " (draft, not for distribution)" : "")}");
        yield return Line($"{BookWords.Count(entries.Count, "abstract")} in {BookWords.Count(book.Parts.Count, "area")}: {BookWords.Kinds(entries)}. {BookWords.Count(people, "author")} from {(countries == 1 ? "1 country" : $"{countries} countries")}.");
        if (Selection() is { Length: > 0 } selection) yield return Line(selection);
        if (book.Programme is { } programme) yield return Line($"Times and rooms are those of the programme’s release {programme.Number}, in the time of {programme.City}.");
        yield return Line($"Published by {conference.Organiser} for the conference at {conference.Venue}, {conference.City}, {Country(conference.Country)}, {DateWords.Range(conference.Dates.FirstDay, conference.Dates.LastDay)}.");
        if (book.Options.Isbn != "") yield return Line($"ISBN {book.Options.Isbn}");
        yield return Line("The abstracts are printed as their authors submitted them. The views in them are their authors’, not necessarily those of the organisers or of any government.");
        yield return Line("Contact: ", Link.ToUri($"mailto:{conference.Mail.Address}", new Text(conference.Mail.Address)), new Text(" · "), Link.ToUri(conference.Website));
        yield return Line(book.Options.Prints(BookPiece.Affiliations)
            ? "Names of presenting authors are underlined. Raised figures join authors to their institutions."
            : "Names of presenting authors are underlined.");

        static Paragraph Line(params IReadOnlyList<Inline> content)
            => new(content) { Style = new ParagraphStyle { Size = 9, Leading = 13, Align = Alignment.Start, SpaceAfter = 7, Hyphenate = false } };
    }

    /// <summary>What of the accepted contributions the edition holds, when it does not hold them all.</summary>
    private string Selection()
    {
        var options = book.Options;
        List<string> parts = [];
        if (options.Areas.Count > 0) parts.Add($"the areas {string.Join(", ", options.Areas)}");
        if (options.Kinds.Count > 0) parts.Add(string.Join(", ", options.Kinds.Select(k => k == Domain.Decisions.DecisionKind.Oral ? "oral presentations" : k == Domain.Decisions.DecisionKind.Poster ? "posters" : "panel contributions")));
        if (options.ConfirmedOnly) parts.Add("contributions whose authors confirmed that they come");
        return parts.Count == 0 ? "" : $"This edition holds only {string.Join("; ", parts)}.";
    }

    private IEnumerable<Block> Foreword()
    {
        yield return new Heading(1, "Foreword");
        foreach (var part in AbstractText.Parts(conference.Foreword))
            yield return new Paragraph(new Text(string.Join('\n', part.Lines))) { Style = BookStyles.Lead with { Language = part.Language } };
        if (conference.Committee.FirstOrDefault(m => m.Role == Role.Chair) is not { } chair) yield break;
        yield return new Paragraph(Text.Isolated(PersonName.Full(chair.GivenName, chair.FamilyName))) { Style = styles.Sheet.Body with { SpaceBefore = 18, SpaceAfter = 0, Bold = true, KeepWithPrevious = true } };
        yield return new Paragraph("Chair of the Programme Committee") { Style = styles.Sheet.Body with { KeepWithPrevious = true } };
    }

    private IEnumerable<Block> Committee()
    {
        yield return new Heading(1, "Committee");
        foreach (var (role, title) in new[] { (Role.Chair, "Programme chairs"), (Role.AreaChair, "Area chairs"), (Role.Secretariat, "Secretariat") })
        {
            var members = conference.Committee.Where(m => m.Role == role).ToList();
            if (members.Count == 0) continue;
            var areas = members.Exists(m => m.Areas.Count > 0);
            yield return new Heading(2, title) { InContents = false };
            yield return new Table
            {
                Columns = [TableColumn.Points(140), new TableColumn(), .. areas ? [TableColumn.Points(80)] : Array.Empty<TableColumn>()],
                Rules = TableRules.Rows, Summary = title, PaddingX = 0,
                Rows = [.. members.Select(m => new TableRow(
                    [
                        new TableCell(new Paragraph(Text.Isolated(PersonName.Full(m.GivenName, m.FamilyName)))) { RowHeader = true },
                        TableCell.Of(Text.Isolated($"{m.Affiliation}, {Country(m.Country)}")),
                        .. areas ? [TableCell.Of(new Text(string.Join(", ", m.Areas)))] : Array.Empty<TableCell>(),
                    ]))],
            };
        }
    }

    private IEnumerable<Block> Glance(ProgrammeView programme)
    {
        yield return new Heading(1, "Programme at a glance");
        yield return new Paragraph($"Release {programme.Number} of {DateWords.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(programme.ReleasedAt, programme.TimeZone).DateTime))}. All times are those of {programme.City}. ",
            "The newest release is at ", Link.ToUri($"{book.Site}/programme"), ".") { Style = BookStyles.Small with { SpaceAfter = 6 } };
        foreach (var day in programme.Days)
        {
            var sessions = programme.On(day).ToList();
            if (sessions.Count == 0) continue;
            yield return new Heading(2, day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)) { InContents = false };
            yield return new Table
            {
                Columns = [TableColumn.Points(70), new TableColumn(), TableColumn.Points(108), TableColumn.Points(38)], HeaderRows = 1, Rules = TableRules.Rows, PaddingX = 3, PaddingY = 2.5,
                Summary = string.Create(CultureInfo.InvariantCulture, $"Sessions of {day:dddd d MMMM}"),
                Rows = [new TableRow(TableCell.Of("Time"), TableCell.Of("Session"), TableCell.Of("Room"), TableCell.Of("Page")), .. sessions.Select(s => Row(programme, s))],
            };
        }
    }

    private TableRow Row(ProgrammeView programme, ViewSession session)
    {
        var part = book.Parts.FirstOrDefault(p => p.Area.Code == session.AreaCode);
        var pause = session.Kind == SessionKind.Break;
        Inline[] title = session.AreaCode is { } area ? [new Text($"{area}  ") { Bold = true, Colour = book.Colour(area) }, Text.Isolated(session.Title)] : [Text.Isolated(session.Title) with { Italic = pause }];
        return new TableRow(
            new TableCell(new Paragraph(string.Create(CultureInfo.InvariantCulture, $"{session.Start:HH:mm}–{session.End:HH:mm}"))) { RowHeader = true },
            TableCell.Of(title),
            TableCell.Of(Text.Isolated(programme.Room(session.Room).Name)),
            part is null ? TableCell.Of() : TableCell.Of(new PageReference($"area-{part.Area.Code}"))) { Shading = pause ? Colour.Grey(0.95) : null };
    }

    private static string Country(string code) => Countries.Exists(code) ? Countries.Name(code) : code;
}
