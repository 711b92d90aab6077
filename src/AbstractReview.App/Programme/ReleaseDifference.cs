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
            else if (was.Place != e.Place) changes.Add(new(code, e.Number, ChangeKind.Moved, $"{e.Name} moves from {was.Place} to {e.Place}."));
            else if (oldPrints[code] != newPrints[code]) changes.Add(new(code, e.Number, ChangeKind.Changed, $"{e.Name}, {e.Place}, has changed in its text or people."));
        foreach (var (code, was) in old.Where(o => !now.ContainsKey(o.Key)))
            changes.Add(new(code, was.Number, ChangeKind.Removed, $"{was.Name} is no longer in the programme (it was on {was.Place})."));
        return changes;
    }

    private static Dictionary<string, Event> Events(ProgrammeView view)
    {
        var events = new Dictionary<string, Event>();
        foreach (var session in view.InOrder())
        {
            events[session.Code] = new Event(null, $"{session.Code} “{session.Title}”", Place(view, session.Room, session.Start, session.End, null));
            foreach (var slot in session.Slots)
                events[slot.Code] = new Event(slot.Number, slot.Number is null ? $"“{slot.Title}”" : $"{slot.Code} ({Words(slot.Kind)})", Place(view, session.Room, slot.Start, slot.End, slot.Board));
        }

        return events;
    }

    private static string Words(SlotKind kind) => kind switch { SlotKind.Oral => "oral presentation", SlotKind.Poster => "poster", SlotKind.Panel => "panel contribution", _ => "item" };

    private static string Place(ProgrammeView view, string room, DateTime start, DateTime end, int? board)
        => string.Create(CultureInfo.InvariantCulture, $"{start:dddd d MMMM, HH:mm}–{end:HH:mm} in {view.Room(room).Name}{(board is null ? "" : $", board {board}")}");

    private sealed record Event(int? Number, string Name, string Place);
}
