using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Typesetting;

namespace AbstractReview.App.Book;

/// <summary>Typesets an ordered edition, keeps it by number and SHA-256, and lays a copy into the data folder.</summary>
internal sealed class BookWork(Db db, BookReader reader, IFiles files, FontLibrary fonts, DataFolder folder) : ILongWork
{
    public const string KindName = "book";

    public string Kind => KindName;

    public async Task<string> Run(string input, Actor by, JobProgress progress, CancellationToken ct)
    {
        var order = Json.Read<EditionOrder>(input);
        // A worker that died after storing the edition left nothing to do but the copy.
        if (await db.One<EditionResult>(Find, new { order.Number }, ct) is not { } edition) edition = await Build(order, by, progress, ct);
        var newest = await db.One<int>(Newest, null, ct);
        if (newest == order.Number) await Copy(await files.Get(edition.Sha256, ct) ?? throw new InvalidDataException($"The edition's file {edition.Sha256} is missing."), ct);
        return Json.Write(edition);
    }

    private async Task<EditionResult> Build(EditionOrder order, Actor by, JobProgress progress, CancellationToken ct)
    {
        await progress.Report(0, 0, "Reading the accepted contributions");
        var book = await reader.Read(order.Options, order.Number, order.At, ct);
        using var pdf = new MemoryStream();
        var report = Typeset(book, pdf, progress, ct);
        var sha256 = await files.Put(pdf.GetBuffer().AsMemory(0, (int)pdf.Length), ct);
        await db.Run(Insert, new
        {
            order.Number, Title = $"{book.Conference.Title}: Book of Abstracts", sha256, report.Pages, Bytes = report.Length,
            Options = Json.Write(order.Options), Report = Json.Write(BookReport.Of(book, report)), BuiltAt = order.At, BuiltById = by.PersonId,
        }, ct);
        return new EditionResult { Number = order.Number, Sha256 = sha256, Pages = report.Pages, Bytes = report.Length };
    }

    private RenderReport Typeset(BookContent book, Stream pdf, JobProgress progress, CancellationToken ct)
    {
        var (total, begun) = (book.Entries.Count(), 0);
        // Layout is synchronous; there is no context here that waiting could block.
        return PdfRenderer.Render(BookDocument.Of(book, Figure, Begin), fonts, pdf, cancellation: ct);

        void Begin(BookEntry entry)
            => ((IProgress<(int, int, string)>)progress).Report((Math.Min(++begun, total), total + 1, $"Typesetting {entry.Code}"));

        byte[] Figure(string sha256) => files.Get(sha256, ct).GetAwaiter().GetResult() ?? throw new InvalidDataException("The file of its figure is missing.");
    }

    private async Task Copy(byte[] pdf, CancellationToken ct)
    {
        var path = Path.Combine(folder.Root, "book-of-abstracts.pdf");
        var half = $"{path}.{Guid.NewGuid():n}.part";
        await File.WriteAllBytesAsync(half, pdf, ct);
        File.Move(half, path, overwrite: true);
    }

    private const string Find = "select Number, Sha256, Pages, Bytes from Edition where Number = @Number";
    private const string Newest = "select max(Number) from Edition";

    private const string Insert = """
        insert into Edition (Number, Title, Sha256, Pages, Bytes, Options, Report, BuiltAt, BuiltById)
        values (@Number, @Title, @sha256, @Pages, @Bytes, @Options, @Report, @BuiltAt, @BuiltById)
        """;
}

/// <summary>What came of building an edition; the job's result.</summary>
public sealed record EditionResult
{
    public required int Number { get; init; }
    public required string Sha256 { get; init; }
    public required int Pages { get; init; }
    public required long Bytes { get; init; }
}

/// <summary>What the committee should know about an edition.</summary>
/// <param name="Placeholders">Contributions that could not be printed, and why.</param>
/// <param name="Warnings">What was printed and should be looked at.</param>
public sealed record BookReport(IReadOnlyList<string> Placeholders, IReadOnlyList<string> Warnings)
{
    private const int MostWarnings = 300;

    internal static BookReport Of(BookContent book, RenderReport report)
    {
        var warnings = report.MissingGlyphs.Select(m => m.ToString())
            .Concat(report.Overflows.Select(o => $"{o.Tag ?? "The book"}, page {o.Page}: {o.What}"))
            .Concat(report.DanglingReferences.Select(d => $"{d.Tag ?? "The book"}: a link leads nowhere ({d.Destination})."))
            .Concat(book.Entries.SelectMany(e => Affiliations.Of(e.Authors).LookAlikes().Select(l => $"AR-{e.Number}: “{l.One}” and “{l.Other}” look like one institution.")))
            .ToList();
        if (warnings.Count > MostWarnings) warnings = [.. warnings.Take(MostWarnings), $"… and {warnings.Count - MostWarnings} more."];
        return new BookReport([.. report.Failures.Select(f => $"{f.Label}: {f.Message}")], warnings);
    }
}
