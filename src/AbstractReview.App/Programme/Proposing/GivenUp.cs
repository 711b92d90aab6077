using System.Globalization;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>What a proposal could not do, in words: who has no place and why, and which wishes were given up.</summary>
internal static class GivenUp
{
    public static IEnumerable<string> Words(ProgrammeDocument document, ProposalProblem problem)
        => [.. WithoutPlace(document, problem), .. Wishes(document, problem)];

    private static IEnumerable<string> WithoutPlace(ProgrammeDocument document, ProposalProblem problem)
    {
        var left = problem.ToPlace.Where(t => document.Find(t.Number) is null).OrderBy(t => t.Number).ToList();
        var foresight = new Foresight(document, problem.Talks, problem.Conference);
        var bound = left.Select(t => (Talk: t, Demands: SmallestSet(foresight, t, problem))).Where(x => x.Demands.Count > 0).ToList();
        foreach (var group in left.Except(bound.Select(b => b.Talk)).GroupBy(t => (t.AreaCode, t.SlotKind)))
        {
            var seats = problem.SessionsFor(group.First()).Sum(s => problem.Room(s, group.Key.SlotKind));
            yield return $"{group.Key.AreaCode}: {group.Count()} {Words(group.Key.SlotKind)} without a place ({string.Join(", ", group.Select(t => t.Code))}); its sessions hold {seats}, and the higher scored went first.";
        }

        foreach (var (talk, demands) in bound)
            yield return $"{talk.Code} has no place although some are free; these cannot all stand: it is held in a session of {talk.AreaCode}; {string.Join("; ", demands)}.";
    }

    /// <summary>
    /// The smallest set of demands that together close every free place to a talk; empty when no place is free. A place may be closed by
    /// any one of several demands: the smallest set that meets every place, tried by size while they are few, else greedily.
    /// </summary>
    internal static IReadOnlyList<string> SmallestSet(Foresight foresight, AcceptedTalk talk, ProposalProblem problem)
    {
        var allowed = problem.SessionsFor(talk).Select(s => s.Code).ToHashSet();
        var free = foresight.Of(talk.Number).Where(p => allowed.Contains(p.Session) && p.ChangesWith is null && !p.Clashes.Any(c => c.EndsWith("move it first", StringComparison.Ordinal) || c.EndsWith("boards are taken", StringComparison.Ordinal)))
            .Select(p => p.Clashes.ToHashSet()).ToList();
        if (free.Count == 0 || free.Any(f => f.Count == 0)) return [];
        var demands = free.SelectMany(f => f).Distinct().Order(StringComparer.Ordinal).ToList();
        if (demands.Count <= 12)
            for (var size = 1; size <= demands.Count; size++)
                foreach (var set in Choose(demands, size, 0))
                    if (free.All(f => f.Overlaps(set))) return set;
        var chosen = new List<string>();
        while (free.Count > 0)
        {
            var most = demands.MaxBy(d => free.Count(f => f.Contains(d)))!;
            chosen.Add(most);
            free.RemoveAll(f => f.Contains(most));
        }

        return chosen;
    }

    private static IEnumerable<List<string>> Choose(List<string> from, int size, int at)
    {
        if (size == 0) { yield return []; yield break; }
        for (var i = at; i <= from.Count - size; i++)
            foreach (var rest in Choose(from, size - 1, i + 1)) yield return [from[i], .. rest];
    }

    private static IEnumerable<string> Wishes(ProgrammeDocument document, ProposalProblem problem)
    {
        var placed = document.Sessions.SelectMany(s => s.Slots.Where(x => x.Number is not null && problem.Talks.ContainsKey(x.Number.Value)).Select(x => (Session: s, Talk: problem.Talks[x.Number!.Value]))).ToList();
        var away = placed.Count(p => p.Talk.SlotKind == SlotKind.Poster && p.Session.AreaCode is null && problem.PosterHomes.GetValueOrDefault(p.Talk.AreaCode) != p.Session.Code);
        if (away > 0) yield return Count(away, "poster hangs", "posters hang", "apart from the others of their area");
        var against = problem.Talks.Values.Where(t => document.Find(t.Number) is { } at && problem.Against(t, problem.SeatAt(at.Session, -1, at.Slot.Start, at.Slot.End))).OrderBy(t => t.Number).ToList();
        if (against.Count > 0) yield return Count(against.Count, "speaker has", "speakers have", $"to speak when they would rather not ({string.Join(", ", against.Select(t => t.Code))})");
        var oral = placed.Where(p => p.Talk.SlotKind == SlotKind.Oral).ToList();
        var split = oral.GroupBy(p => (p.Talk.AreaCode, Topic: Placement.Topic(p.Talk))).Where(g => g.Key.Topic != "" && g.Select(p => p.Session.Code).Distinct().Count() > 1).ToList();
        if (split.Count > 0) yield return Count(split.Count, "topic is", "topics are", $"spread over several sessions (such as “{split[0].Key.Topic}” of {split[0].Key.AreaCode})");
        var countries = oral.GroupBy(p => (p.Session.Code, p.Talk.Presenter?.Country)).Where(g => !string.IsNullOrEmpty(g.Key.Country) && g.Count() > 2).ToList();
        if (countries.Count > 0) yield return Count(countries.Count, "session has", "sessions have", $"more than two talks from one country (such as {countries[0].Key.Code}: {countries[0].Count()} from {countries[0].Key.Country})");
        var houses = oral.GroupBy(p => (p.Session.Code, p.Talk.Presenter?.Affiliation)).Where(g => !string.IsNullOrEmpty(g.Key.Affiliation) && g.Count() > 1).ToList();
        if (houses.Count > 0) yield return Count(houses.Count, "session has", "sessions have", $"more than one talk from one institution (such as {houses[0].Key.Code}: {houses[0].Key.Affiliation})");
    }

    private static string Count(int n, string one, string many, string rest) => string.Create(CultureInfo.InvariantCulture, $"{n} {(n == 1 ? one : many)} {rest}.");

    private static string Words(SlotKind kind) => kind switch { SlotKind.Oral => "oral presentation(s)", SlotKind.Poster => "poster(s)", _ => "panel contribution(s)" };
}
