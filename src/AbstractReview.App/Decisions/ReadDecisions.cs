using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>The decisions that wait to be published, as far as the person sees them.</summary>
public sealed record ReadDecisions(Actor By) : IQuery<PendingDecisions>;

/// <param name="Items">By number.</param>
/// <param name="TwoChairs">The call wants a second pair of eyes on each.</param>
/// <param name="Ready">Those that the next publishing takes.</param>
/// <param name="ToSecond">Those the person may agree to: somebody else's.</param>
/// <param name="Rooms">Places of the person's areas.</param>
/// <param name="Fingerprint">Tells this list from any other.</param>
public sealed record PendingDecisions(IReadOnlyList<StandingView> Items, bool TwoChairs, IReadOnlyList<StandingView> Ready, IReadOnlyList<StandingView> ToSecond, IReadOnlyList<AreaRoom> Rooms, string Fingerprint)
{
    internal static PendingDecisions Of(IReadOnlyList<StandingView> seen, Conference call, Actor by)
    {
        var items = seen.Where(s => s is { State: SubmissionState.Decided, Pending: true }).OrderBy(s => s.Number).ToList();
        var two = call.Review.TwoChairs;
        return new PendingDecisions(
            items,
            two,
            items.Where(s => !two || s.SecondedById is not null).ToList(),
            items.Where(s => two && s.SecondedById is null && s.MayDecide && s.DecidedById != by.PersonId).ToList(),
            AreaRoom.Of(call.Areas.Where(a => by.IsSecretariat || by.ChairsArea(a.Code)), seen),
            Hash(items));
    }

    private static string Hash(IEnumerable<StandingView> items)
    {
        var text = new StringBuilder();
        foreach (var s in items) text.Append(CultureInfo.InvariantCulture, $"{s.Number}/{s.Version}/{s.DecisionVersion}/{s.Decision}/{s.SecondedById}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}

internal sealed class ReadDecisionsHandler(Standings standings, ConferenceReader conference) : IRequestHandler<ReadDecisions, PendingDecisions>
{
    public async Task<PendingDecisions> Handle(ReadDecisions query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeStandings(query.By), "see the decisions");
        return PendingDecisions.Of(await standings.Seen(query.By, ct), await conference.Current(ct), query.By);
    }
}
