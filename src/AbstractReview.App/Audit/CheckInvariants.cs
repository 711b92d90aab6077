using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Leaving;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Audit;

/// <summary>Whether the data holds together: what must be true of any conference at any moment. Answers what is broken, in words; empty when all is well.</summary>
public sealed record CheckInvariants : IRequest<IReadOnlyList<string>>;

internal sealed class CheckInvariantsHandler(Db db, IFiles files, StandingsAnew standings) : IRequestHandler<CheckInvariants, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(CheckInvariants request, CancellationToken ct)
    {
        var broken = new List<string>();
        foreach (var (words, sql) in Invariants.All)
            broken.AddRange((await db.All<string>(sql, null, ct)).Select(id => $"{words}: {id}"));
        await CheckNumbers(broken, ct);
        await CheckAudit(broken, ct);
        await CheckRevisions(broken, ct);
        await CheckFiles(broken, ct);
        broken.AddRange(await standings.Broken(ct));
        return broken;
    }

    private async Task CheckNumbers(List<string> broken, CancellationToken ct)
    {
        var numbers = await db.All<int>(ReadNumbers, null, ct);
        foreach (var (i, number) in numbers.Index())
            if (number != i + 1)
            {
                broken.Add($"Submission numbers have a gap before {number}");
                return;
            }
    }

    private async Task CheckAudit(List<string> broken, CancellationToken ct)
    {
        var previous = "";
        var expected = 1;
        var redacted = (await db.All<string>(ReadRedactions, new { Redactions.Action }, ct)).SelectMany(json => Json.Read<Redactions>(json).Redacted).ToDictionary(r => r.Id, r => r.Hash);
        for (var from = 1; ; from += 1000)
        {
            var entries = await db.All<AuditEntry>(ReadAudit, new { from, to = from + 999 }, ct);
            foreach (var entry in entries)
            {
                if (entry.Id != expected || entry.PreviousHash != previous || !Stands(entry, redacted))
                {
                    broken.Add($"The audit chain is broken at entry {entry.Id}");
                    return;
                }

                (previous, expected) = (entry.Hash, expected + 1);
            }

            if (entries.Count < 1000) return;
        }
    }

    // An entry without its words cannot be hashed again; a later entry of the same chain has to vouch for its hash.
    private static bool Stands(AuditEntry entry, Dictionary<int, string> redacted)
        => entry.RedactedAt is null ? entry.Hash == entry.ComputeHash() : redacted.GetValueOrDefault(entry.Id) == entry.Hash;

    private async Task CheckRevisions(List<string> broken, CancellationToken ct)
    {
        var last = await db.One<int?>(LastRevised, null, ct) ?? 0;
        for (var number = 1; number <= last; number += 500)
        {
            var revisions = await db.All<RevisionRow>(ReadRevisions, new { from = number, to = number + 499 }, ct);
            foreach (var revision in revisions)
                if (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(revision.Content))) != revision.ContentHash)
                    broken.Add($"A revision does not match its hash: AR-{revision.SubmissionNumber} revision {revision.Revision}");
        }
    }

    private sealed record RevisionRow
    {
        public required int SubmissionNumber { get; init; }
        public required int Revision { get; init; }
        public required string Content { get; init; }
        public required string ContentHash { get; init; }
    }

    private async Task CheckFiles(List<string> broken, CancellationToken ct)
    {
        foreach (var sha256 in await db.All<string>(SchemaTables.NamedFiles, null, ct))
        {
            try
            {
                if (await files.Get(sha256, ct) is null) broken.Add($"A file is missing: {sha256}");
            }
            catch (DamagedFileException)
            {
                broken.Add($"A file does not match its hash: {sha256}");
            }
        }
    }

    private const string ReadNumbers = "select Number from Submission order by Number";

    private const string ReadAudit = """
        select Id, At, ActorId, Actor, Action, ObjectKind, ObjectId, BeforeJson, AfterJson, PreviousHash, Hash, RedactedAt
        from AuditEntry
        where Id between @from and @to
        order by Id
        """;

    private const string LastRevised = "select max(SubmissionNumber) from Revision";

    private const string ReadRevisions = """
        select SubmissionNumber, Revision, Content, ContentHash
        from Revision
        where SubmissionNumber between @from and @to and RedactedAt is null
        """;

    private const string ReadRedactions = "select AfterJson from AuditEntry where Action = @Action and AfterJson is not null";
}
