using System.Security.Cryptography;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Audit;

/// <summary>Whether the data holds together: what must be true of any conference at any moment. Answers what is broken, in words; empty when all is well.</summary>
public sealed record CheckInvariants : IRequest<IReadOnlyList<string>>;

internal sealed class CheckInvariantsHandler(Db db, IFiles files) : IRequestHandler<CheckInvariants, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(CheckInvariants request, CancellationToken ct)
    {
        var broken = new List<string>();
        foreach (var (words, sql) in Invariants.All)
            broken.AddRange((await db.All<string>(sql, null, ct)).Select(id => $"{words}: {id}"));
        await CheckNumbers(broken, ct);
        await CheckAudit(broken, ct);
        await CheckFiles(broken, ct);
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
        for (var from = 1; ; from += 1000)
        {
            var entries = await db.All<AuditEntry>(ReadAudit, new { from, to = from + 999 }, ct);
            foreach (var entry in entries)
            {
                if (entry.Id != expected || entry.PreviousHash != previous || entry.Hash != entry.ComputeHash())
                {
                    broken.Add($"The audit chain is broken at entry {entry.Id}");
                    return;
                }

                (previous, expected) = (entry.Hash, expected + 1);
            }

            if (entries.Count < 1000) return;
        }
    }

    private async Task CheckFiles(List<string> broken, CancellationToken ct)
    {
        foreach (var sha256 in await db.All<string>(ReadFiles, null, ct))
        {
            if (await files.Get(sha256, ct) is not { } bytes) broken.Add($"A file is missing: {sha256}");
            else if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256) broken.Add($"A file does not match its hash: {sha256}");
        }
    }

    private const string ReadNumbers = "select Number from Submission order by Number";

    private const string ReadAudit = """
        select Id, At, ActorId, Actor, Action, ObjectKind, ObjectId, BeforeJson, AfterJson, PreviousHash, Hash
        from AuditEntry
        where Id between @from and @to
        order by Id
        """;

    private const string ReadFiles = """
        select Sha256 from Attachment
        union
        select Sha256 from OfficialForm where Sha256 is not null
        union
        select PdfSha256 from Letter where PdfSha256 is not null
        union
        select Sha256 from Edition
        union
        select Sha256 from EditionFile
        """;
}
