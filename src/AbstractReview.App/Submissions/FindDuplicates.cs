using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Compares each new revision with all other submissions and notes the pairs that look alike, for the secretariat to judge. Answers how many revisions it compared.</summary>
[Timetable(Alarms.Duplicates, "* * * * *")]
public sealed record FindDuplicates : IRequest<int>;

internal sealed class FindDuplicatesHandler(Db db, TimeProvider clock) : IRequestHandler<FindDuplicates, int>
{
    public async Task<int> Handle(FindDuplicates request, CancellationToken ct)
    {
        var due = await db.All<DueRow>(Due, null, ct);
        if (due.Count == 0) return 0;
        var known = (await db.All<KnownRow>(Known, null, ct)).ToDictionary(k => k.SubmissionNumber, k => Likeness.Read(k.Signature));
        // A rush leaves hundreds at once: they share transactions, and are kept as they are found.
        foreach (var some in due.Chunk(100))
        {
            var found = some.Select(row => (Row: row, Signature: known[row.Number] = Likeness.Signature(row.Abstract), Alike: Alike(row.Number, known))).ToList();
            await db.Transaction(async () =>
            {
                foreach (var (row, signature, alike) in found) await Keep(row, Likeness.Write(signature), alike, ct);
            }, ct);
        }

        return due.Count;
    }

    private static List<(int Other, double Similarity)> Alike(int number, Dictionary<int, uint[]> known)
        => known.Where(k => k.Key != number)
            .Select(k => (Other: k.Key, Similarity: Likeness.Similarity(known[number], k.Value)))
            .Where(p => p.Similarity >= Likeness.Alike).ToList();

    private async Task Keep(DueRow row, string signature, IReadOnlyList<(int Other, double Similarity)> alike, CancellationToken ct)
    {
        var likeness = new { row.Number, row.Revision, signature };
        if (await db.Run(Update, likeness, ct) == 0) await db.Run(Insert, likeness, ct);
        await db.Run(Forget, new { row.Number }, ct);
        foreach (var (other, similarity) in alike)
        {
            var pair = new { Number = Math.Max(row.Number, other), Other = Math.Min(row.Number, other), similarity, now = clock.GetUtcNow() };
            // A pair that was dismissed stays dismissed.
            if (await db.One<int>(CountPair, pair, ct) == 0) await db.Run(InsertPair, pair, ct);
        }
    }

    private sealed record DueRow
    {
        public required int Number { get; init; }
        public required int Revision { get; init; }
        public required string Abstract { get; init; }
    }

    private sealed record KnownRow
    {
        public required int SubmissionNumber { get; init; }
        public required string Signature { get; init; }
    }

    private const string Due = """
        select s.Number, s.Revision, s.Abstract
        from Submission s
          left join Likeness l on l.SubmissionNumber = s.Number
        where s.Revision > 0 and s.State <> 'Withdrawn' and (l.Revision is null or l.Revision <> s.Revision)
        order by s.Number
        """;

    private const string Known = """
        select l.SubmissionNumber, l.Signature
        from Likeness l
          join Submission s on s.Number = l.SubmissionNumber
        where s.State <> 'Withdrawn'
        """;

    private const string Update = "update Likeness set Revision = @Revision, Signature = @signature where SubmissionNumber = @Number";
    private const string Insert = "insert into Likeness (SubmissionNumber, Revision, Signature) values (@Number, @Revision, @signature)";
    private const string Forget = "delete from Duplicate where (SubmissionNumber = @Number or OtherNumber = @Number) and DismissedAt is null";
    private const string CountPair = "select count(*) from Duplicate where SubmissionNumber = @Number and OtherNumber = @Other";
    private const string InsertPair = "insert into Duplicate (SubmissionNumber, OtherNumber, Similarity, FoundAt) values (@Number, @Other, @similarity, @now)";
}
