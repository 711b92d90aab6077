using AbstractReview.App.Programme;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Tests.Programme;

/// <summary>A conference by seed: rooms of many sizes, sessions beside each other, areas of unequal size, people with several talks, some away.</summary>
internal sealed class RandomProgramme
{
    private readonly Random _random;

    public Conference Conference { get; }
    public AcceptedSet Accepted { get; }
    public ProgrammeDocument Draft { get; }

    /// <param name="sample">Any conference; its frame and areas are replaced.</param>
    /// <param name="seed">The same seed gives the same conference.</param>
    /// <param name="talks">Accepted submissions: four of five oral, the others posters and panel contributions.</param>
    /// <param name="days">Days.</param>
    /// <param name="rooms">Rooms with sessions of talks; one more takes posters.</param>
    /// <param name="areas">Areas.</param>
    /// <param name="seats">Seats for oral talks for every talk there is, such as 1.1.</param>
    public RandomProgramme(Conference sample, int seed, int talks, int days, int rooms, int areas, double seats)
    {
        _random = new Random(seed);
        var list = Enumerable.Range(1, areas).Select(n => new Area { Code = $"TA{n}", Kind = AreaKind.Thematic, Title = $"Area {n}", Topics = Enumerable.Range(1, 6).Select(t => $"Topic {t} of TA{n}").ToList() }).ToList();
        var first = sample.Programme.Days[0];
        var halls = Enumerable.Range(1, rooms).Select(n => new Room($"R{n}", $"Room {n}", 40 + 20 * ((n * 7) % 12), n % 3 == 0 ? ["projector", "interpretation"] : ["projector"])).Append(new Room("F", "Foyer", 1000, [$"{talks} poster boards"])).ToList();
        var texts = Enumerable.Range(1, talks).Select(n => Text(n, list, talks)).ToList();
        Conference = sample with { Areas = list, Programme = new ProgrammeFrame { Days = Enumerable.Range(0, days).Select(first.AddDays).ToList(), Rooms = halls, Sessions = Sessions(first, days, rooms, list, texts, seats) } };
        Accepted = new AcceptedSet(texts);
        Draft = ProgrammeDocument.FromFrame(Conference) with
        {
            Absences = Enumerable.Range(0, talks / 30).Select(_ => first.AddDays(_random.Next(days)).ToDateTime(new TimeOnly(8, 0))).Select(at => new Absence($"p{_random.Next(talks * 2)}@x.example", at, at.AddHours(_random.Next(2, 12)))).ToList(),
            Needs = texts.Where(_ => _random.Next(40) == 0).Select(t => new TalkNeed(t.Number, "interpretation")).ToList(),
        };
    }

    // Grows area by area in proportion to its talks; four times a day in every room until there are seats enough.
    private static List<FrameSession> Sessions(DateOnly first, int days, int rooms, List<Area> areas, List<TalkText> texts, double seats)
    {
        var left = areas.ToDictionary(a => a.Code, a => (int)Math.Ceiling(texts.Count(t => t.AreaCode == a.Code && t.Kind == DecisionKind.Oral) * seats / 8));
        var sessions = new List<FrameSession>();
        TimeOnly[] starts = [new(9, 0), new(11, 20), new(14, 20), new(16, 40)];
        for (var day = 0; day < days; day++)
            for (var block = 0; block < starts.Length; block++)
                for (var room = 1; room <= rooms; room++)
                {
                    var (code, most) = left.MaxBy(x => x.Value);
                    if (most <= 0) continue;
                    left[code] = most - 1;
                    var start = first.AddDays(day).ToDateTime(starts[block]);
                    var panel = block == 0 ? 30 : 0;
                    sessions.Add(new FrameSession { Code = $"S{sessions.Count + 1}", Kind = SessionKind.ThematicSession, Title = $"Session {sessions.Count + 1}", AreaCode = code, Room = $"R{room}", Start = start, End = start.AddMinutes(120), SlotMinutes = panel > 0 ? 11 : 15, PanelMinutes = panel });
                }

        for (var day = 0; day < days; day++)
            sessions.Add(new FrameSession { Code = $"P{day + 1}", Kind = SessionKind.PosterSession, Title = $"Posters {day + 1}", Room = "F", Start = first.AddDays(day).ToDateTime(new TimeOnly(13, 20)), End = first.AddDays(day).ToDateTime(new TimeOnly(14, 15)) });
        return sessions;
    }

    private TalkText Text(int number, List<Area> areas, int talks)
    {
        // Squared, so that the first areas are the larger ones.
        var area = areas[(int)(areas.Count * _random.NextDouble() * _random.NextDouble())];
        var topic = area.Topics[_random.Next(6)];
        var kind = _random.Next(20) switch { < 16 => DecisionKind.Oral, < 19 => DecisionKind.Poster, _ => DecisionKind.Panel };
        // Twice as many people as talks, some of them often: supervisors who also present.
        var authors = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => _random.Next(6) == 0 ? _random.Next(talks / 5 + 1) : _random.Next(talks * 2)).Distinct().Select((p, i) => new AuthorRow
        {
            SubmissionNumber = number, Position = i + 1, GivenName = "Given", FamilyName = $"Family {p}", Email = $"p{p}@x.example", NormalisedEmail = $"p{p}@x.example",
            Affiliation = $"Institute {p % 200}", Country = $"{(char)('A' + p % 26)}{(char)('A' + p % 3)}", Presenting = i == 0, Corresponding = i == 0,
        }).ToList();
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(_ => _random.Next(3) == 0 ? $"{topic.Replace(' ', 'x')}word{_random.Next(30)}" : $"word{_random.Next(2000)}"));
        return new TalkText(number, area.Code, kind, $"Talk {number} on {topic}", words, [topic], _random.Next(100, 500) / 100.0, authors);
    }
}
