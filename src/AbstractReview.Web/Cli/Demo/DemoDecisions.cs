using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>How the story's committee decides an area: the best become talks, the next the panel, then posters, one waits, the rest are rejected.</summary>
internal static class DemoDecisions
{
    public static IEnumerable<(DecisionKind Kind, string Reason, int Number)> ByRank(IReadOnlyList<int> ranked, Area area)
    {
        var orals = Math.Min(area.OralCapacity == 0 ? ranked.Count : area.OralCapacity, (int)Math.Ceiling(ranked.Count * 0.5));
        foreach (var (rank, number) in ranked.Index())
        {
            if (rank < orals) yield return (DecisionKind.Oral, "", number);
            else if (rank < orals + 1) yield return (DecisionKind.Panel, "", number);
            else if (rank < ranked.Count - 2) yield return (DecisionKind.Poster, "", number);
            else if (rank == ranked.Count - 2) yield return (DecisionKind.Waitlist, "A place may become free when others withdraw.", number);
            else yield return (DecisionKind.Reject, "The reviewers found the contribution too far from the area's questions.", number);
        }
    }
}
