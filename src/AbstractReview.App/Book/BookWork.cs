using AbstractReview.App.Book.Formats;
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
        if (newest == order.Number) await CopyAll(edition, ct);
        return Json.Write(edition);
    }

    private async Task<EditionResult> Build(EditionOrder order, Actor by, JobProgress progress, CancellationToken ct)
    {
        await progress.Report(0, 0, "Reading the accepted contributions");
        var book = await reader.Read(order.Options, order.Number, order.At, ct);
        using var pdf = new MemoryStream();
        var report = Typeset(book, pdf, progress, ct);
        var sha256 = await files.Put(pdf.GetBuffer().AsMemory(0, (int)pdf.Length), ct);
        var (total, others) = (book.Entries.Count() + 1, new List<(BookFormat Format, string Sha256, int Bytes)>());
        foreach (var (format, bytes) in new TypesetBook(book, report, Figure).Others())
        {
            await progress.Report(total - 1, total, $"Written as {format.Words()}");
            others.Add((format, await files.Put(bytes, ct), bytes.Length));
        }

        await db.Transaction(async () =>
        {
            await db.Run(Insert, new
            {
                order.Number, book.Title, sha256, report.Pages, Bytes = report.Length,
                Options = Json.Write(order.Options), Report = Json.Write(BookReport.Of(book, report)), BuiltAt = order.At, BuiltById = by.PersonId,
            }, ct);
            foreach (var other in others) await db.Run(InsertFile, new { order.Number, format = other.Format.ToString(), other.Sha256, other.Bytes }, ct);
        }, ct);
        return new EditionResult { Number = order.Number, Sha256 = sha256, Pages = report.Pages, Bytes = report.Length };

        byte[]? Figure(string hash) => files.Get(hash, ct).GetAwaiter().GetResult();
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

    /// <summary>Lays the newest edition into the data folder in all its formats; a format it was not made as goes.</summary>
    private async Task CopyAll(EditionResult edition, CancellationToken ct)
    {
        var made = (await db.All<FileRow>(ReadFiles, new { edition.Number }, ct)).ToDictionary(f => f.Format, f => f.Sha256);
        made[BookFormat.Pdf] = edition.Sha256;
        foreach (var format in Enum.GetValues<BookFormat>())
        {
            var path = Path.Combine(folder.Root, format.FileName());
            if (made.TryGetValue(format, out var sha256)) await Copy(await files.Get(sha256, ct) ?? throw new InvalidDataException($"The edition's file {sha256} is missing."), path, ct);
            else File.Delete(path);
        }
    }

    private static async Task Copy(byte[] bytes, string path, CancellationToken ct)
    {
        var half = $"{path}.{Guid.NewGuid():n}.part";
        await File.WriteAllBytesAsync(half, bytes, ct);
        File.Move(half, path, overwrite: true);
    }

    private sealed record FileRow
    {
        public required BookFormat Format { get; init; }
        public required string Sha256 { get; init; }
    }

    private const string ReadFiles = "select Format, Sha256 from EditionFile where EditionNumber = @Number";
    private const string InsertFile = "insert into EditionFile (EditionNumber, Format, Sha256, Bytes) values (@Number, @format, @Sha256, @Bytes)";

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
