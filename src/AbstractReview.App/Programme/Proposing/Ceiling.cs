using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>
/// What no placement can pass, by counting alone and at once: talks and halls matched as if nobody were wanted twice, every topic in as few
/// sessions as hold it, groups of related talks cut no more often than a session's length asks. Valid because each term is the best of its kind
/// by itself: leaving a talk out saves less than it costs, so as many as fit are placed. Of two panel contributions that need one person in two
/// places wherever they lie, one is left out.
/// </summary>
internal static class Ceiling
{
    public static long Of(ProposalProblem problem, Worth worth)
    {
        var talks = problem.ToPlace.Where(t => worth.ChoicesOf(t).Count > 0).ToLookup(t => t.SlotKind);
        // Sessions of no area are there for all: then nothing can be said of an area by itself.
        var shared = problem.Base.Sessions.Any(s => s.AreaCode is null && problem.Room(s, SlotKind.Oral) > 0);
        var areas = talks[SlotKind.Oral].GroupBy(t => shared ? "" : t.AreaCode).Select(g => g.ToList());
        return Panels(talks[SlotKind.Panel].ToHashSet(), problem, worth) + Posters(talks[SlotKind.Poster], problem, worth) + areas.Sum(a => Orals(a, problem, worth));
    }

    private static long Panels(HashSet<AcceptedTalk> panels, ProposalProblem problem, Worth worth)
    {
        var value = panels.Sum(Most);
        // Pairs that have nobody in common lose one talk each; taken as they come, which may miss one but never counts one twice.
        foreach (var group in problem.Shared)
            foreach (var a in group)
                if (panels.Contains(a) && group.FirstOrDefault(b => b != a && panels.Contains(b) && Never(a, b)) is { } other)
                {
                    value -= Math.Min(Most(a), Most(other));
                    panels.ExceptWith([a, other]);
                }

        return value;

        long Most(AcceptedTalk t) => worth.ChoicesOf(t).Max(c => c.Points);

        bool Never(AcceptedTalk a, AcceptedTalk b) => ProposalProblem.BondOf(a, b) is not Bond.None and var bond
            && worth.ChoicesOf(a).SelectMany(c => c.Seats).All(x => worth.ChoicesOf(b).SelectMany(c => c.Seats).All(y => ProposalProblem.Excludes(bond, x, y)));
    }

    private static long Posters(IEnumerable<AcceptedTalk> posters, ProposalProblem problem, Worth worth)
        => posters.Select(t => (long)worth.ChoicesOf(t).Max(c => c.Points)).OrderDescending().Take(problem.Base.Sessions.Where(s => s.Kind == Domain.Conferences.SessionKind.PosterSession).Sum(s => problem.Room(s, SlotKind.Poster))).Sum();

    private static long Orals(List<AcceptedTalk> talks, ProposalProblem problem, Worth worth)
    {
        var sessions = talks.SelectMany(worth.ChoicesOf).Select(c => c.Session).DistinctBy(s => s.Code).ToList();
        var seats = sessions.SelectMany(s => Enumerable.Repeat(worth.HallRank(s), problem.Room(s, SlotKind.Oral))).OrderDescending().ToList();
        var placed = Math.Min(talks.Count, seats.Count);
        // The best scored in the largest hall: by the rearrangement inequality no other matching is worth more.
        var matched = talks.Select(Worth.Score).OrderDescending().Zip(seats).ToList();
        var halls = matched.Sum(x => (long)Worth.Placed + x.First) + (long)Math.Ceiling(matched.Sum(x => x.First * x.Second / 50.0));
        var longest = sessions.Max(s => problem.Room(s, SlotKind.Oral));
        return halls - Worth.TopicUse * Topics(talks, worth, longest, talks.Count - placed) - Times(talks, sessions, problem, worth, talks.Count - placed) + Kin(talks, worth, longest);
    }

    // Sessions that each topic needs at least; those who are left out are taken where that saves most.
    private static long Topics(List<AcceptedTalk> talks, Worth worth, int longest, int leftOut)
    {
        var sizes = talks.GroupBy(Placement.Topic).Where(g => g.Count() > 1 && g.SelectMany(worth.ChoicesOf).All(c => worth.Counts(c.Session.Code, g.Key))).Select(g => g.Count()).ToList();
        var uses = sizes.Sum(n => (n + longest - 1) / longest);
        // The last session of a topic is saved by as many as it holds, each further one by a full session.
        var savings = sizes.SelectMany(n => Enumerable.Range(0, (n + longest - 1) / longest).Select(i => i == 0 ? (n - 1) % longest + 1 : longest)).Order();
        foreach (var cost in savings)
        {
            if (cost > leftOut) break;
            (leftOut, uses) = (leftOut - cost, uses - 1);
        }

        return uses;
    }

    // Every session has one first time, one second, and so on.
    private static long Times(List<AcceptedTalk> talks, List<Session> sessions, ProposalProblem problem, Worth worth, int leftOut)
        => sessions.SelectMany(s => problem.Seats(s, SlotKind.Oral)).Select(s => (long)s.Position).Order().Take(Math.Max(0, talks.Count(worth.Timed) - leftOut)).Sum();

    // A group of talks that hang together, cut into parts that fit a session, loses at least one pair a cut: the cheapest ones.
    private static long Kin(List<AcceptedTalk> talks, Worth worth, int longest)
    {
        var parent = talks.ToDictionary(t => t.Number, t => t.Number);
        var pairs = worth.Kin.Where(k => parent.ContainsKey(k.A) && parent.ContainsKey(k.B)).ToList();
        foreach (var (a, b, _) in pairs) parent[Root(a)] = Root(b);
        var sizes = talks.CountBy(t => Root(t.Number)).ToDictionary();
        return pairs.Sum(k => (long)k.Points) - pairs.GroupBy(k => Root(k.A)).Sum(g => g.Select(k => (long)k.Points).Order().Take((sizes[g.Key] + longest - 1) / longest - 1).Sum());

        int Root(int n)
        {
            while (parent[n] != n) n = parent[n] = parent[parent[n]];
            return n;
        }
    }
}
