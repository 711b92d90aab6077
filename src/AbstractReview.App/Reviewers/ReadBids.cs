using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Matching;
using AbstractReview.Matching.Text;
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

internal sealed class ReadBidsHandler(Db db, ReviewerStore reviewers, ConferenceReader conference) : IRequestHandler<ReadBids, IReadOnlyList<BidChoice>>
{
    public async Task<IReadOnlyList<BidChoice>> Handle(ReadBids query, CancellationToken ct)
    {
        Access.Require(Access.MayBid(query.By), "bid");
        if (await reviewers.Read(query.By.PersonId, ct) is not var (profile, _)) return [];
        var rules = (await conference.Current(ct)).Routing;
        var rows = await db.All<Row>(Select, new { reviewer = query.By.PersonId }, ct);
        var text = TextAffinity.Of(
            rows.Select(r => new SubmissionText(FormattableString.Invariant($"{r.Number}"), r.Title, r.Abstract)).ToList(),
            [new ReviewerText("me", profile.Publications.Select((p, i) => new PublicationText(FormattableString.Invariant($"{i}"), p.Title, p.Abstract)).ToList(), string.Join(", ", profile.Keywords))], ct);
        var blend = new Blend(new BlendWeights(rules.TextWeight, rules.AreaWeight, rules.BidWeight));
        var (areas, topics) = (profile.Areas.ToHashSet(), profile.Topics.ToHashSet());
        return rows.Select((r, i) =>
            {
                var own = Json.Read<List<string>>(r.Topics);
                var affinity = blend.Of(new AffinityParts(text.Matrix[i, 0], Blend.TopicOverlap(r.AreaCode, own, areas, topics), null));
                return new BidChoice(r.Number, r.Title, r.Abstract, r.AreaCode, own, affinity.Value, r.Bid);
            })
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
