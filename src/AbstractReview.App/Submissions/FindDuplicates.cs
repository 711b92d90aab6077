using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>
/// Compares each new revision with all other submissions and notes the pairs that look alike, for the secretariat to judge: the likest
/// <see cref="MostPairs"/> of each revision, so that a text handed in a thousand times makes thousands of pairs and not half a million.
/// Answers how many revisions it compared.
/// </summary>
[Timetable(Alarms.Duplicates, "* * * * *")]
public sealed record FindDuplicates : IRequest<int>
{
    /// <summary>The most pairs one revision is noted in when it is compared; of equally like ones those handed in first. Dismissed ones do not count.</summary>
    public const int MostPairs = 20;
}

internal sealed class FindDuplicatesHandler(Db db, RequestsInHand requests, TimeProvider clock) : IRequestHandler<FindDuplicates, int>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<int> Handle(FindDuplicates request, CancellationToken ct)
    {
        var due = await db.All<DueRow>(Due, null, ct);
        if (due.Count == 0) return 0;
        var known = (await db.All<KnownRow>(Known, null, ct)).ToDictionary(k => k.SubmissionNumber, k => Likeness.Read(k.Signature));
        var dismissed = (await db.All<PairRow>(Dismissed, null, ct)).ToHashSet();
        // A rush leaves hundreds at once: they share transactions, and are kept as they are found.
        foreach (var some in due.Chunk(25))
        {
            await requests.GoFirst(Patience, ct);
            var found = some.Select(row => (Row: row, Signature: known[row.Number] = Likeness.Signature(row.Abstract), Alike: Alike(row.Number, known, dismissed))).ToList();
            await db.LongTransaction(async () =>
            {
                foreach (var (row, signature, alike) in found) await Keep(row, Likeness.Write(signature), alike, ct);
            }, ct);
        }

        return due.Count;
    }

    private static IEnumerable<(PairRow Pair, double Similarity)> Alike(int number, Dictionary<int, uint[]> known, HashSet<PairRow> dismissed)
    {
        var own = known[number];
        // The least like comes out first, and of equally like ones the one handed in last.
        var best = new PriorityQueue<(PairRow Pair, double Similarity), (double Similarity, int Earlier)>();
        foreach (var (other, signature) in known)
        {
            var similarity = Likeness.Similarity(own, signature);
            if (other == number || similarity < Likeness.Alike) continue;
            var pair = PairRow.Of(number, other);
            if (dismissed.Contains(pair)) continue;
            if (best.Count < FindDuplicates.MostPairs) best.Enqueue((pair, similarity), (similarity, -other));
            else best.EnqueueDequeue((pair, similarity), (similarity, -other));
        }

        return best.UnorderedItems.Select(i => i.Element);
    }

    private async Task Keep(DueRow row, string signature, IEnumerable<(PairRow Pair, double Similarity)> alike, CancellationToken ct)
    {
        var likeness = new { row.Number, row.Revision, signature };
        if (await db.Run(Update, likeness, ct) == 0) await db.Run(Insert, likeness, ct);
        await db.Run(Forget, new { row.Number }, ct);
        foreach (var (pair, similarity) in alike)
        {
            var args = new { pair.Number, pair.Other, similarity, now = clock.GetUtcNow() };
            // A pair that was dismissed meanwhile stays dismissed.
            if (await db.One<int>(CountPair, args, ct) == 0) await db.Run(InsertPair, args, ct);
        }
    }

    private sealed record PairRow
    {
        public required int Number { get; init; }
        public required int Other { get; init; }

        public static PairRow Of(int a, int b) => new() { Number = Math.Max(a, b), Other = Math.Min(a, b) };
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

    private const string Dismissed = "select SubmissionNumber as Number, OtherNumber as Other from Duplicate where DismissedAt is not null";
    private const string Update = "update Likeness set Revision = @Revision, Signature = @signature where SubmissionNumber = @Number";
    private const string Insert = "insert into Likeness (SubmissionNumber, Revision, Signature) values (@Number, @Revision, @signature)";
    private const string Forget = "delete from Duplicate where (SubmissionNumber = @Number or OtherNumber = @Number) and DismissedAt is null";
    private const string CountPair = "select count(*) from Duplicate where SubmissionNumber = @Number and OtherNumber = @Other";
    private const string InsertPair = "insert into Duplicate (SubmissionNumber, OtherNumber, Similarity, FoundAt) values (@Number, @Other, @similarity, @now)";
}
