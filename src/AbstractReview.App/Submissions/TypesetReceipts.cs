using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>
/// Signs and typesets the receipt of each new revision and queues its mails. Rung for at each submit it works a tenth of the time at most, a little
/// at once rather than a minute's worth. Answers how many it made.
/// </summary>
[Timetable(Alarms.Receipts, "* * * * *", Rest = 9)]
public sealed record TypesetReceipts : IRequest<int>;

internal sealed class TypesetReceiptsHandler(Db db, ConferenceReader conferences, ReceiptMaker maker, RequestsInHand requests) : IRequestHandler<TypesetReceipts, int>
{
    private const int Batch = 60;

    // While abstracts pour in: sixty a minute at least. The receipt's own page makes it at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<int> Handle(TypesetReceipts request, CancellationToken ct)
    {
        if (await conferences.TryCurrent(ct) is not { } conference) return 0;
        var made = 0;
        while (await db.All<Row>(Due, new { take = Batch }, ct) is { Count: > 0 } due)
            foreach (var row in due)
            {
                await requests.GoFirst(Patience, ct);
                ct.ThrowIfCancellationRequested();
                await maker.Make(conference, row.Number, row.Revision, ct);
                made++;
            }

        return made;
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required int Revision { get; init; }
    }

    private const string Due = """
        select r.SubmissionNumber as Number, r.Revision
        from Revision r
          left join Receipt c on c.SubmissionNumber = r.SubmissionNumber and c.Revision = r.Revision
        where c.SubmissionNumber is null
        order by r.SubmissionNumber, r.Revision
        offset 0 rows fetch next @take rows only
        """;
}
