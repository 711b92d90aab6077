using AbstractReview.App.Programme;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Tests.Programme;

/// <summary>Small programmes in any zone.</summary>
internal static class TestViews
{
    public static ProgrammeView In(string zone, params (DateTime Start, DateTime End)[] sessions) => new()
    {
        Number = 3,
        ReleasedAt = new DateTimeOffset(2026, 9, 1, 8, 30, 0, TimeSpan.Zero),
        Title = "A; conference, with “marks” & signs",
        Acronym = "conf-2026",
        Organiser = "Organiser",
        Venue = "Hall; West",
        City = "Somewhere",
        Country = "FR",
        Zone = zone,
        Website = "https://conf.example",
        Days = sessions.Select(s => DateOnly.FromDateTime(s.Start)).Distinct().Order().ToList(),
        Rooms = [new Room("A", "Hall A", 100, [])],
        Areas = [new ViewArea("TA1", "First area")],
        People = [new ViewPerson("P1", "ana@x.example", "Ana", "Núñez", "=HYPERLINK(\"x\")", "ES"), new ViewPerson("P2", "c@x.example", "محمد", "العلوي", "Institute", "MA")],
        Sessions = sessions.Select((s, i) => new ViewSession
        {
            Code = $"S{i + 1}",
            Kind = SessionKind.ThematicSession,
            Title = $"Session {i + 1}",
            AreaCode = "TA1",
            Room = "A",
            Start = s.Start,
            End = s.End,
            Chairs = ["P2"],
            Slots = [new ViewSlot { Code = $"AR-{i + 1}", Kind = SlotKind.Oral, Number = i + 1, Title = "=1+1; a talk, with a very long title that must be folded in a calendar because it is longer than seventy-five octets – naïveté", Abstract = "One.\nTwo \u0007 bell.", AreaCode = "TA1", Start = s.Start, End = s.End, Authors = [new ViewAuthor("P1", "Ana", "Núñez", "=HYPERLINK(\"x\")", "ES", true)] }],
        }).ToList(),
        Revisions = new Dictionary<string, int> { ["S1"] = 2 },
    };
}
