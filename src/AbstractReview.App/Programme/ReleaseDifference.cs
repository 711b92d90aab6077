using System.Globalization;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme;

public enum ChangeKind { Added, Moved, Changed, Removed }

/// <param name="Code">The session or slot.</param>
/// <param name="Number">The submission; null for sessions and items.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Words">The same for people.</param>
public sealed record ReleaseChange(string Code, int? Number, ChangeKind Kind, string Words);

/// <summary>What changed from one release to the next, in words.</summary>
internal static class ReleaseDifference
{
    public static IReadOnlyList<ReleaseChange> Between(ProgrammeView? before, ProgrammeView after)
    {
        var old = before is null ? [] : Events(before);
        var now = Events(after);
        var oldPrints = before is null ? [] : ViewBuilder.Fingerprints(before);
        var newPrints = ViewBuilder.Fingerprints(after);
        var changes = new List<ReleaseChange>();
        foreach (var (code, e) in now)
            if (!old.TryGetValue(code, out var was))
            {
                // A first release lists its sessions without a line each.
                if (before is not null || e.Number is not null) changes.Add(new(code, e.Number, ChangeKind.Added, $"{e.Name} takes place on {e.Place}."));
            }
            else if (was.Place != e.Place) changes.Add(new(code, e.Number, ChangeKind.Moved, $"{e.Name} moves from {was.Place} to {e.Place}.{Details(was, e, " It also has ")}"));
            else if (oldPrints[code] != newPrints[code]) changes.Add(new(code, e.Number, ChangeKind.Changed, $"{e.Name}, {e.Place}, has{(Details(was, e, " ") is { Length: > 0 } details ? details : " a changed text.")}"));
        foreach (var (code, was) in old.Where(o => !now.ContainsKey(o.Key)))
            changes.Add(new(code, was.Number, ChangeKind.Removed, $"{was.Name} is no longer in the programme (it was on {was.Place})."));
        return changes;
    }

    /// <summary>“Tuesday 1 October, 11:00–11:15 in Atlas Hall, board 7”.</summary>
    internal static string Place(ProgrammeView view, string room, DateTime start, DateTime end, int? board)
        => string.Create(CultureInfo.InvariantCulture, $"{start:dddd d MMMM, HH:mm}–{end:HH:mm} in {view.Room(room).Name}{(board is null ? "" : $", board {board}")}");

    // “ a new title (before: “Old”) and a new chair: Ada Example (before: nobody).”
    private static string Details(Event was, Event now, string lead)
    {
        var said = was.Facts.Where(f => now.Facts.TryGetValue(f.Key, out var value) && value != f.Value).Select(f => $"a new {f.Key}: {Or(now.Facts[f.Key])} (before: {Or(f.Value)})").ToList();
        return said.Count == 0 ? "" : $"{lead}{string.Join("; ", said)}.";
    }

    private static string Or(string text) => text == "" ? "nobody" : text;

    private static Dictionary<string, Event> Events(ProgrammeView view)
    {
        var events = new Dictionary<string, Event>();
        foreach (var session in view.InOrder())
        {
            events[session.Code] = new Event(null, $"{session.Code} “{session.Title}”", Place(view, session.Room, session.Start, session.End, null), new()
            {
                ["title"] = $"“{session.Title}”", ["chair"] = Names(view, session.Chairs), ["rapporteur"] = Names(view, session.Rapporteurs), ["panel"] = Names(view, session.Panellists),
            });
            foreach (var slot in session.Slots)
                events[slot.Code] = new Event(slot.Number, slot.Number is null ? $"“{slot.Title}”" : $"{slot.Code} ({Words(slot.Kind)})", Place(view, session.Room, slot.Start, slot.End, slot.Board), new()
                {
                    ["title"] = $"“{slot.Title}”", ["list of authors"] = string.Join(", ", slot.Authors.Select(a => a.FullName)), ["speaker"] = string.Join(", ", slot.Authors.Where(a => a.Presenting).Select(a => a.FullName)),
                });
        }

        return events;
    }

    private static string Names(ProgrammeView view, IReadOnlyList<string> people) => string.Join(", ", people.Select(p => view.Person(p).FullName));

    private static string Words(SlotKind kind) => kind switch { SlotKind.Oral => "oral presentation", SlotKind.Poster => "poster", SlotKind.Panel => "panel contribution", _ => "item" };

    private sealed record Event(int? Number, string Name, string Place, Dictionary<string, string> Facts);
}
