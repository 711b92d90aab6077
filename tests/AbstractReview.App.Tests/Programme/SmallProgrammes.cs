using AbstractReview.App.Programme.Proposing;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Tests.Programme;

/// <summary>Programmes small enough to try every placement of their talks, and the trying; it shares no rule with what it judges.</summary>
internal static class SmallProgrammes
{
    private static readonly Lazy<Conference> Sample = new(() => ConferenceFile.Read(File.ReadAllText(Repository.SampleConference)));
    private static readonly DateTime Morning = new(2019, 10, 1, 9, 0, 0);

    public static bool IsSmallest(int seed)
    {
        var random = new Random(seed);
        var conference = Sample.Value with { Programme = Sample.Value.Programme with { Rooms = [new Room("A", "Hall A", 100, []), new Room("B", "Hall B", 100, [])] } };
        // Two sessions of TA1, one of TA2 beside the first; three seats of 20 minutes each.
        Session[] sessions = [SessionAt("S1", "TA1", "A", 0), SessionAt("S2", "TA1", "A", random.Next(60, 90)), SessionAt("S3", "TA2", "B", random.Next(-20, 70))];
        var talks = Enumerable.Range(1, random.Next(3, 8)).Select(n => new AcceptedTalk
        {
            Number = n, AreaCode = random.Next(3) == 0 ? "TA2" : "TA1", Kind = DecisionKind.Oral, Title = $"Talk {n}",
            Authors = Enumerable.Range(0, 6).OrderBy(_ => random.Next()).Take(random.Next(1, 3)).Select((p, i) => new TalkAuthor($"p{p}@x.example", $"P{p}", "FR", "X", i == 0)).ToList(),
        }).ToDictionary(t => t.Number);
        // Anyhow, but every talk on a seat of its area.
        var now = new Dictionary<int, (string Session, int Seat)>();
        foreach (var talk in talks.Values)
            if (sessions.Where(s => s.AreaCode == talk.AreaCode).SelectMany(s => Enumerable.Range(0, 3).Select(p => (s.Code, p))).Where(x => !now.ContainsValue(x)).OrderBy(_ => random.Next()).ToList() is { Count: > 0 } free) now[talk.Number] = free[0];
        foreach (var gone in talks.Keys.Except(now.Keys).ToList()) talks.Remove(gone);
        var away = random.Next(3) == 0 ? ((DateTime, DateTime)?)null : (Morning.AddMinutes(random.Next(0, 60)), Morning.AddMinutes(random.Next(61, 130)));
        var document = new ProgrammeDocument
        {
            Sessions = sessions.Select(s => s with { Slots = now.Where(x => x.Value.Session == s.Code).Select(x => new Slot { Kind = SlotKind.Oral, Code = Slot.CodeOf(x.Key), Number = x.Key, Start = s.TalkStart(x.Value.Seat), End = s.TalkStart(x.Value.Seat + 1) }).ToList() }).ToList(),
            Absences = away is { } a ? [new Absence("p0@x.example", a.Item1, a.Item2)] : [],
        };

        var repair = new SmallestRepair(document, talks, conference, []).Find(10, default);

        var best = Best(sessions, [.. talks.Values], now, away);
        return repair.Smallest && (repair.LeftOut.Count, repair.Moved.Count) == best
            && Fits(repair.Document.Sessions.SelectMany(s => s.Slots.Select(x => (talks[x.Number!.Value], s.Code, s.Room, x.Start, x.End))).ToList(), away);
    }

    private static Session SessionAt(string code, string area, string room, int minutes) => new()
    {
        Code = code, Kind = SessionKind.ThematicSession, Title = code, AreaCode = area, Room = room, Start = Morning.AddMinutes(minutes), End = Morning.AddMinutes(minutes + 60), SlotMinutes = 20,
    };

    // Every talk on every seat of its area or on none, cut off where it cannot be better than the best so far.
    private static (int LeftOut, int Moved) Best(Session[] sessions, AcceptedTalk[] talks, Dictionary<int, (string Session, int Seat)> now, (DateTime, DateTime)? away)
    {
        (int, int) best = (int.MaxValue, int.MaxValue);
        Try(0, 0, 0, []);
        return best;

        void Try(int i, int left, int moved, List<(AcceptedTalk Talk, string Session, string Room, DateTime Start, DateTime End)> placed)
        {
            if ((left, moved).CompareTo(best) >= 0 || !Fits(placed, away)) return;
            if (i == talks.Length) { best = (left, moved); return; }
            foreach (var s in sessions.Where(s => s.AreaCode == talks[i].AreaCode))
                for (var p = 0; p < 3; p++)
                    Try(i + 1, left, moved + (now[talks[i].Number] == (s.Code, p) ? 0 : 1), [.. placed, (talks[i], s.Code, s.Room, s.TalkStart(p), s.TalkStart(p + 1))]);
            Try(i + 1, left + 1, moved, placed);
        }
    }

    private static bool Fits(List<(AcceptedTalk Talk, string Session, string Room, DateTime Start, DateTime End)> placed, (DateTime From, DateTime To)? away)
    {
        foreach (var (talk, _, _, start, end) in placed)
            if (away is { } gone && talk.Authors[0].Key == "p0@x.example" && start < gone.To && gone.From < end) return false;
        for (var i = 0; i < placed.Count; i++)
            for (var j = i + 1; j < placed.Count; j++)
            {
                var (a, b) = (placed[i], placed[j]);
                if (a.Session == b.Session) { if (a.Start < b.End && b.Start < a.End) return false; continue; }
                foreach (var person in a.Talk.Authors.Select(x => x.Key).Intersect(b.Talk.Authors.Select(x => x.Key)))
                {
                    var (presentsA, presentsB) = (a.Talk.Authors[0].Key == person, b.Talk.Authors[0].Key == person);
                    if (!presentsA && !presentsB) continue;
                    // Five minutes to walk between rooms for who presents both.
                    var walk = a.Room != b.Room && presentsA && presentsB ? 5 : 0;
                    if (a.Start < b.End.AddMinutes(walk) && b.Start < a.End.AddMinutes(walk)) return false;
                }
            }

        return true;
    }
}
