using AbstractReview.App.Routing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>What a reviewer may bid on, nearest to their own work first; without anything of its authors.</summary>
public sealed record ReadBids(Actor By) : IQuery<IReadOnlyList<BidChoice>>;

/// <param name="Number">The submission.</param>
/// <param name="Title">Its title.</param>
/// <param name="Abstract">Its abstract.</param>
/// <param name="AreaCode">Its area.</param>
/// <param name="Topics">Its topics.</param>
/// <param name="Affinity">By text and topics, in [0,1]; bids do not count, so that the order stays while one bids.</param>
/// <param name="Bid">The bid placed; null for none.</param>
public sealed record BidChoice(int Number, string Title, string Abstract, string AreaCode, IReadOnlyList<string> Topics, double Affinity, int? Bid);

internal sealed class ReadBidsHandler(Db db, RoutingReader routing, AffinityCache affinities) : IRequestHandler<ReadBids, IReadOnlyList<BidChoice>>
{
    public async Task<IReadOnlyList<BidChoice>> Handle(ReadBids query, CancellationToken ct)
    {
        Access.Require(Access.MayBid(query.By), "bid");
        var inputs = await routing.Read(ct);
        var me = inputs.Reviewers.ToList().FindIndex(r => r.Id == query.By.PersonId);
        if (me < 0) return [];
        var table = new AffinityTable(inputs with { Bids = [] }, affinities.TextOf(inputs, ct));
        var places = inputs.Submissions.Index().ToDictionary(s => s.Item.Number, s => s.Index);
        return (await db.All<Row>(Select, new { reviewer = query.By.PersonId }, ct))
            .Select(r => new BidChoice(r.Number, r.Title, r.Abstract, r.AreaCode, Json.Read<List<string>>(r.Topics), table.Of(places[r.Number], me).Value, r.Bid))
            .OrderByDescending(c => c.Affinity).ThenBy(c => c.Number).ToList();
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string AreaCode { get; init; }
        public required string Topics { get; init; }
        public required int? Bid { get; init; }
    }

    private const string Select = """
        select s.Number, s.Title, s.Abstract, s.AreaCode, s.Topics, b.Value as Bid
        from Submission s
          left join Bid b on b.SubmissionNumber = s.Number and b.ReviewerId = @reviewer

        """ + Biddable.Where + " order by s.Number";
}
