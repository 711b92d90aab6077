using System.Text;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions.Bulk;
using AbstractReview.Domain;
using AbstractReview.Matching.Files;
using MediatR;

namespace AbstractReview.App.Leaving;

/// <summary>
/// The whole conference as open files in an empty folder: <c>tables/*.jsonl</c>, a line a row, from which <see cref="ImportExported"/> makes the
/// same conference again; <c>files/</c> by SHA-256; <c>csv/</c> for spreadsheets and <c>pdf/</c> for people. It holds what the database holds,
/// hashes of passwords and keys too: keep it as you keep the database.
/// </summary>
public sealed record ExportConference(string Folder, Actor By) : IQuery<ExportManifest>;

/// <summary>What an export holds.</summary>
/// <param name="Format">Always <see cref="Name"/>.</param>
/// <param name="Steps">The schema's steps it was made under.</param>
/// <param name="Rows">How many rows each table has.</param>
/// <param name="Files">How many files there are.</param>
public sealed record ExportManifest(string Format, IReadOnlyList<string> Steps, IReadOnlyDictionary<string, int> Rows, int Files)
{
    public const string Name = "AbstractReview export 1";
    internal const string File = "manifest.json";
}

internal sealed class ExportConferenceHandler(Db db, IFiles files) : IRequestHandler<ExportConference, ExportManifest>
{
    public async Task<ExportManifest> Handle(ExportConference query, CancellationToken ct)
    {
        Access.Require(Access.MayExportEverything(query.By), "export the conference");
        var folder = Directory.CreateDirectory(query.Folder);
        if (folder.EnumerateFileSystemInfos().Any()) throw new RuleBrokenException($"{query.Folder} is not empty. Name a new folder.");
        // All tables are of one moment; the files they name are never changed.
        var (rows, named, pdfs) = await db.Snapshot(async () =>
        {
            var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var table in SchemaTables.Exported) counts.Add(table.Name, await Table(folder, table, ct));
            foreach (var (name, sql) in Sheets.All) await Sheet(folder, name, sql, ct);
            return (counts, await db.All<string>(SchemaTables.NamedFiles, null, ct), await db.All<NamedPdf>(Sheets.Pdfs, null, ct));
        }, ct);
        foreach (var sha256 in named) await Copy(folder, "files", sha256, sha256, ct);
        foreach (var pdf in pdfs) await Copy(folder, "pdf", $"{pdf.Name}.pdf", pdf.Sha256, ct);
        var manifest = new ExportManifest(ExportManifest.Name, [.. Migrations.StepsOf("sqlite").Select(s => s.Name)], rows, named.Count);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, ExportManifest.File), Json.Write(manifest), ct);
        return manifest;
    }

    private async Task<int> Table(DirectoryInfo folder, SchemaTable table, CancellationToken ct)
    {
        var rows = await db.All<dynamic>($"select * from {table.Name} order by {string.Join(", ", table.Key)}", null, ct);
        await using var file = new StreamWriter(Path.Combine(folder.CreateSubdirectory("tables").FullName, $"{table.Name}.jsonl"), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (IDictionary<string, object?> row in rows) await file.WriteLineAsync(OpenRows.Write(row));
        return rows.Count;
    }

    private async Task Sheet(DirectoryInfo folder, string name, string sql, CancellationToken ct)
    {
        var rows = (await db.All<dynamic>(sql, null, ct)).Cast<IDictionary<string, object?>>().ToList();
        CsvWriter.WriteFile(Path.Combine(folder.CreateSubdirectory("csv").FullName, $"{name}.csv"), csv =>
        {
            if (rows.Count > 0) csv.Write([.. rows[0].Keys]);
            foreach (var row in rows) csv.Write([.. row.Values.Select(v => SpreadsheetCells.Guard(OpenRows.Text(v)))]);
        });
    }

    private async Task Copy(DirectoryInfo folder, string below, string name, string sha256, CancellationToken ct)
    {
        if (await files.Get(sha256, ct) is not { } bytes) throw new RuleBrokenException($"The file {sha256} is missing; “check” says what names it.");
        await File.WriteAllBytesAsync(Path.Combine(folder.CreateSubdirectory(below).FullName, name), bytes, ct);
    }

    private sealed record NamedPdf
    {
        public required string Name { get; init; }
        public required string Sha256 { get; init; }
    }
}

/// <summary>What an export adds for people: tables for spreadsheets, and PDFs under names that say what they are.</summary>
internal static class Sheets
{
    public static IReadOnlyList<(string Name, string Sql)> All { get; } =
        [("submissions", Submissions), ("authors", Authors), ("reviews", Reviews), ("decisions", Decisions), ("people", People)];

    public const string Pdfs = """
        select concat('letter-', Id) as Name, PdfSha256 as Sha256 from Letter where PdfSha256 is not null
        union all
        select concat('book-of-abstracts-', Number) as Name, Sha256 from Edition
        """;

    private const string Submissions = """
        select s.Number, s.State, s.AreaCode, s.Title, s.Abstract, s.Presentation, s.SubmittedAt, s.ContentHash, p.Email as OwnerEmail
        from Submission s
          join Person p on p.Id = s.OwnerId
        order by s.Number
        """;

    private const string Authors = """
        select SubmissionNumber, Position, GivenName, FamilyName, Email, Affiliation, Country, Orcid, Presenting, Corresponding
        from Author
        order by SubmissionNumber, Position
        """;

    private const string Reviews = """
        select r.SubmissionNumber, p.Email as Reviewer, r.State, r.Overall, r.Confidence, r.Recommendation, r.CommentsToAuthors, r.CommentsToCommittee, r.SubmittedAt
        from Review r
          join Person p on p.Id = r.ReviewerId
        order by r.SubmissionNumber, p.Email
        """;

    private const string Decisions = """
        select SubmissionNumber, DecisionVersion, Kind, Reason, DecidedAt, PublishedAt
        from Decision
        order by SubmissionNumber, DecisionVersion
        """;

    private const string People = """
        select p.Id, p.Email, p.GivenName, p.FamilyName, p.Affiliation, p.Country, p.Orcid, r.Role, r.AreaCode
        from Person p
          left join PersonRole r on r.PersonId = p.Id
        order by p.Id, r.Role, r.AreaCode
        """;
}
