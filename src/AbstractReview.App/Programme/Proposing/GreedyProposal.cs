using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>A first answer at once: the hardest to place first, each where its topic already is, at the first time at which nobody is wanted elsewhere.</summary>
internal static class GreedyProposal
{
    public static Placement Make(ProposalProblem problem)
    {
        var placement = new Placement(problem);
        var free = new Dictionary<(string Session, SlotKind Kind), int>();
        var taken = new HashSet<(string Session, int Position)>();
        var tied = new Dictionary<string, List<(AcceptedTalk Talk, Seat Seat)>>();
        var topics = new Dictionary<(string Session, string Topic), int>();

        // Tied talks take their times while there is choice; within them and the rest, the best first.
        foreach (var talk in problem.ToPlace.OrderBy(t => problem.Tied.Contains(t.Number) ? 0 : 1))
        {
            var sessions = problem.SessionsFor(talk).Where(s => Left(s, talk.SlotKind) > 0)
                .OrderBy(s => Away(talk, s)).ThenByDescending(s => topics.GetValueOrDefault((s.Code, Placement.Topic(talk)))).ThenByDescending(s => Left(s, talk.SlotKind)).ThenBy(s => s.Start).ThenBy(s => s.Code, StringComparer.Ordinal);
            foreach (var session in sessions)
            {
                if (!problem.Tied.Contains(talk.Number)) Place(talk, session, null);
                else if (problem.Seats(session, talk.SlotKind).Where(seat => MayTake(talk, seat)).MinBy(seat => problem.Against(talk, seat) ? 1 : 0) is { } seat) Place(talk, session, seat);
                else continue;
                break;
            }
        }

        return placement;

        int Left(Session s, SlotKind kind) => free.TryGetValue((s.Code, kind), out var left) ? left : free[(s.Code, kind)] = problem.Room(s, kind);

        int Away(AcceptedTalk talk, Session s) => talk.SlotKind == SlotKind.Poster && s.AreaCode is null && problem.PosterHomes.GetValueOrDefault(talk.AreaCode) != s.Code ? 1 : 0;

        bool MayTake(AcceptedTalk talk, Seat seat)
            => (seat.Position < 0 || !taken.Contains((seat.Session.Code, seat.Position))) && problem.Free(talk, seat)
               && talk.Authors.All(a => !tied.TryGetValue(a.Key, out var others) || others.All(o => !problem.Clash(talk, seat, o.Talk, o.Seat)));

        void Place(AcceptedTalk talk, Session session, Seat? seat)
        {
            placement.Put(talk, session, seat is { Position: >= 0 } ? seat : null);
            free[(session.Code, talk.SlotKind)]--;
            var topic = (session.Code, Placement.Topic(talk));
            topics[topic] = topics.GetValueOrDefault(topic) + 1;
            if (seat is null) return;
            if (seat.Position >= 0) taken.Add((session.Code, seat.Position));
            foreach (var author in talk.Authors)
            {
                if (!tied.TryGetValue(author.Key, out var list)) tied[author.Key] = list = [];
                list.Add((talk, seat));
            }
        }
    }
}
