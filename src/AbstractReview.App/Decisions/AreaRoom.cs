using AbstractReview.App.Reviews;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Decisions;

/// <summary>Places of an area for one kind of acceptance, where the call limits them.</summary>
/// <param name="AreaCode">The area.</param>
/// <param name="Kind">Oral, poster or panel.</param>
/// <param name="Places">As the call says.</param>
/// <param name="Taken">Decided so, published or pending, as far as the reader sees; without withdrawn and declined ones.</param>
public sealed record AreaRoom(string AreaCode, DecisionKind Kind, int Places, int Taken)
{
    public int Left => Places - Taken;

    private static readonly DecisionKind[] Kinds = [DecisionKind.Oral, DecisionKind.Poster, DecisionKind.Panel];

    internal static IReadOnlyList<AreaRoom> Of(IEnumerable<Area> areas, IEnumerable<StandingView> standings)
    {
        var taken = standings.Where(Takes).CountBy(s => (s.AreaCode, s.Decision!.Value)).ToDictionary();
        return areas.SelectMany(a => Kinds.Where(k => a.Places(k) is not null).Select(k => new AreaRoom(a.Code, k, a.Places(k)!.Value, taken.GetValueOrDefault((a.Code, k))))).ToList();
    }

    internal static bool Takes(StandingView s) => s.Decision?.Accepts() == true && s.State is not (SubmissionState.Withdrawn or SubmissionState.Declined or SubmissionState.Returned);

    /// <summary>The same places once these changes are made.</summary>
    internal AreaRoom After(IEnumerable<DecisionChange> changes)
        => this with { Taken = Taken + changes.Where(c => c.AreaCode == AreaCode).Sum(c => (c.After == Kind ? 1 : 0) - (c.Before == Kind && c.TookRoom ? 1 : 0)) };
}
