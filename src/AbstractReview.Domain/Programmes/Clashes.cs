using System.Globalization;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Programmes;

/// <summary>How bad a clash is.</summary>
public enum ClashLevel { BlocksSaving, BlocksRelease, Warns }

/// <param name="Level">What it stands in the way of.</param>
/// <param name="Rule">Which rule: <c>shape</c>, <c>room</c>, <c>person</c>, <c>absence</c>, <c>wish</c>, <c>area</c>, <c>length</c>, <c>capacity</c>, <c>equipment</c>, <c>state</c>, <c>unplaced</c>, <c>empty</c>.</param>
/// <param name="Words">What is wrong, naming who and where.</param>
/// <param name="Where">Codes of the slots or sessions it is about, the first to jump to.</param>
public sealed record Clash(ClashLevel Level, string Rule, string Words, IReadOnlyList<string> Where);

/// <summary>Everything that is wrong with a programme. Pure: the same document gives the same list in the same order.</summary>
public static class Clashes
{
    public static IReadOnlyList<Clash> Check(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference)
    {
        var clashes = new List<Clash>();
        Shape(document, conference, clashes);
        Rooms(document, conference, clashes);
        foreach (var session in document.Sessions) Slots(session, talks, conference, clashes);
        People(document, talks, conference, clashes);
        Equipment(document, conference, clashes);
        Unplaced(document, talks, clashes);
        return clashes.OrderBy(c => c.Level).ToList();
    }

    private static void Shape(ProgrammeDocument document, Conference conference, List<Clash> clashes)
    {
        foreach (var twice in document.Sessions.GroupBy(s => s.Code).Where(g => g.Count() > 1))
            Add(clashes, ClashLevel.BlocksSaving, "shape", $"There are {twice.Count()} sessions with the code {twice.Key}.", twice.Key);
        foreach (var s in document.Sessions)
        {
            if (conference.Programme.Rooms.All(r => r.Code != s.Room)) Add(clashes, ClashLevel.BlocksSaving, "shape", $"{s.Code} is in room “{s.Room}”, which does not exist.", s.Code);
            if (s.AreaCode is { } area && conference.Area(area) is null) Add(clashes, ClashLevel.BlocksSaving, "shape", $"{s.Code} belongs to area “{area}”, which does not exist.", s.Code);
            if (conference.At(s.End) <= conference.At(s.Start)) Add(clashes, ClashLevel.BlocksSaving, "shape", $"{s.Code} ends before it starts.", s.Code);
            foreach (var slot in s.Slots.Where(slot => slot.Start < s.Start || slot.End > s.End || slot.End <= slot.Start))
                Add(clashes, ClashLevel.BlocksSaving, "shape", $"{slot.Code} at {Time(slot.Start)}–{Time(slot.End)} does not lie within {s.Code} ({Time(s.Start)}–{Time(s.End)}).", slot.Code, s.Code);
        }

        foreach (var twice in document.Sessions.SelectMany(s => s.Slots).GroupBy(s => s.Code).Where(g => g.Count() > 1))
            Add(clashes, ClashLevel.BlocksSaving, "shape", $"{twice.Key} is placed {twice.Count()} times.", twice.Key);
    }

    private static void Rooms(ProgrammeDocument document, Conference conference, List<Clash> clashes)
    {
        foreach (var room in document.Sessions.GroupBy(s => s.Room))
        {
            var inOrder = room.OrderBy(s => s.Start).ToList();
            for (var i = 0; i < inOrder.Count; i++)
                for (var j = i + 1; j < inOrder.Count && inOrder[j].Start < inOrder[i].End; j++)
                    Add(clashes, ClashLevel.BlocksRelease, "room", $"{inOrder[i].Code} and {inOrder[j].Code} are both in {RoomName(conference, room.Key)} at {Time(inOrder[j].Start)} on {Day(inOrder[j].Start)}.", inOrder[j].Code, inOrder[i].Code);
        }
    }

    private static void Slots(Session session, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference, List<Clash> clashes)
    {
        var spoken = session.Slots.Where(s => s.Kind is SlotKind.Oral or SlotKind.Item).OrderBy(s => s.Start).ToList();
        for (var i = 1; i < spoken.Count; i++)
            if (spoken[i].Start < spoken[i - 1].End)
                Add(clashes, ClashLevel.BlocksRelease, "room", $"{spoken[i - 1].Code} and {spoken[i].Code} overlap in {session.Code} at {Time(spoken[i].Start)}.", spoken[i].Code, spoken[i - 1].Code);
        foreach (var slot in session.Slots)
        {
            if (slot.Kind == SlotKind.Oral && slot.End > session.TalksEnd)
                Add(clashes, ClashLevel.BlocksRelease, "length", $"{slot.Code} runs into the panel discussion of {session.Code}, which begins at {Time(session.TalksEnd)}.", slot.Code, session.Code);
            if (slot.Number is { } number) Placed(session, slot, talks.GetValueOrDefault(number), clashes);
        }

        Capacity(session, talks, conference, clashes);
        if (session.PanelMinutes > 0 && session.Panellists.Count == 0 && session.Slots.All(s => s.Kind != SlotKind.Panel))
            Add(clashes, ClashLevel.Warns, "empty", $"The panel discussion of {session.Code} has nobody on it.", session.Code);
        if (session.SlotMinutes > 0 && session.Chairs.Count == 0)
            Add(clashes, ClashLevel.Warns, "empty", $"{session.Code} has no chair.", session.Code);
    }

    private static void Placed(Session session, Slot slot, AcceptedTalk? talk, List<Clash> clashes)
    {
        if (talk is null)
            Add(clashes, ClashLevel.BlocksRelease, "state", $"{slot.Code} is no longer among the accepted submissions; take it out of {session.Code}.", slot.Code, session.Code);
        else if (slot.Kind != talk.SlotKind)
            Add(clashes, ClashLevel.Warns, "state", $"{slot.Code} was accepted as {talk.Kind.ToString().ToLowerInvariant()} and is placed as {slot.Kind.ToString().ToLowerInvariant()}.", slot.Code, session.Code);
        else if (session.AreaCode is { } area && area != talk.AreaCode)
            Add(clashes, ClashLevel.BlocksRelease, "area", $"{slot.Code} belongs to {talk.AreaCode} and lies in {session.Code}, a session of {area}.", slot.Code, session.Code);
    }

    private static void Capacity(Session session, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference, List<Clash> clashes)
    {
        if (conference.Programme.Rooms.FirstOrDefault(r => r.Code == session.Room) is not { } room) return;
        var posters = session.Slots.Where(s => s.Kind == SlotKind.Poster).ToList();
        if (posters.Count > room.Boards())
            Add(clashes, ClashLevel.BlocksRelease, "capacity", $"{session.Code} has {posters.Count} posters and {room.Name} {room.Boards()} boards.", session.Code);
        foreach (var twice in posters.Where(p => p.Board is not null).GroupBy(p => p.Board).Where(g => g.Count() > 1))
            Add(clashes, ClashLevel.BlocksRelease, "capacity", $"Board {twice.Key} of {session.Code} is given to {string.Join(" and ", twice.Select(p => p.Code))}.", twice.Select(p => p.Code).ToArray());
        var people = Commitments.OfOffice(session, conference)
            .Concat(session.Slots.Where(s => s.Number is not null && talks.ContainsKey(s.Number.Value)).SelectMany(s => Commitments.OfTalk(talks[s.Number!.Value], session, s.Start, s.End, conference)))
            .Where(c => c.Duty != Duty.CoAuthor).Select(c => c.PersonKey).Distinct().Count();
        if (people > room.Capacity)
            Add(clashes, ClashLevel.BlocksRelease, "capacity", $"{session.Code} needs {people} people in {room.Name}, which holds {room.Capacity}.", session.Code);
    }

    private static void People(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference, List<Clash> clashes)
    {
        var (absent, reluctant) = (Availability.Absences(document, talks), Availability.RatherNot(talks));
        foreach (var person in Commitments.Of(document, talks, conference).GroupBy(c => c.PersonKey))
        {
            var all = person.OrderBy(c => c.Start).ThenBy(c => c.Code, StringComparer.Ordinal).ToList();
            for (var i = 0; i < all.Count; i++)
                for (var j = i + 1; j < all.Count; j++)
                    if (Commitments.Clash(all[i], all[j]))
                        Add(clashes, Commitments.LevelOf(all[i], all[j]), "person",
                            $"{all[i].Name} {all[i].Duty.Words()} {all[i].Code} ({Local(all[i])}) and {all[j].Duty.Words()} {all[j].Code} ({Local(all[j])}).", all[j].Code, all[i].Code);
            foreach (var c in all.Where(c => c.Duty != Duty.CoAuthor))
            {
                foreach (var a in absent[person.Key].Where(a => c.Start < conference.At(a.To) && conference.At(a.From) < c.End))
                    Add(clashes, ClashLevel.BlocksRelease, "absence", $"{c.Name} {c.Duty.Words()} {c.Code} ({Local(c)}) but is away from {Day(a.From)} {Time(a.From)} to {Day(a.To)} {Time(a.To)}.", c.Code);
                foreach (var w in reluctant[person.Key].Where(w => c.Start < conference.At(w.To) && conference.At(w.From) < c.End))
                    Add(clashes, ClashLevel.Warns, "wish", $"{c.Name} {c.Duty.Words()} {c.Code} ({Local(c)}) and {Availability.Words(w)}.", c.Code);
            }
        }

        string Local(Commitment c)
        {
            var start = TimeZoneInfo.ConvertTime(c.Start, conference.TimeZone);
            return $"{Day(start.DateTime)} {Time(start.DateTime)}–{Time(TimeZoneInfo.ConvertTime(c.End, conference.TimeZone).DateTime)}, {RoomName(conference, c.Room)}";
        }
    }

    private static void Equipment(ProgrammeDocument document, Conference conference, List<Clash> clashes)
    {
        foreach (var need in document.Needs)
            if (document.Find(need.Number) is { } found && conference.Programme.Rooms.FirstOrDefault(r => r.Code == found.Session.Room) is { } room && !room.Has(need.Equipment))
                Add(clashes, ClashLevel.BlocksRelease, "equipment", $"{found.Slot.Code} needs “{need.Equipment}”, which {room.Name} does not have.", found.Slot.Code, found.Session.Code);
    }

    /// <summary>Whether a room's equipment names this; a number before it (“60 poster boards”) does not matter.</summary>
    public static bool Has(this Room room, string equipment)
        => room.Equipment.Any(e => e.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ').Equals(equipment.Trim(), StringComparison.OrdinalIgnoreCase));

    private static void Unplaced(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, List<Clash> clashes)
    {
        var placed = document.Sessions.SelectMany(s => s.Slots).Select(s => s.Number).ToHashSet();
        foreach (var talk in talks.Values.Where(t => !placed.Contains(t.Number)).OrderBy(t => t.Number))
            Add(clashes, ClashLevel.Warns, "unplaced", $"{talk.Code} ({talk.AreaCode}, {talk.Kind.ToString().ToLowerInvariant()}) has no place.", talk.Code);
    }

    private static void Add(List<Clash> clashes, ClashLevel level, string rule, string words, params string[] where)
        => clashes.Add(new Clash(level, rule, words, where));

    /// <summary>Poster boards of a room: what its equipment says (“60 poster boards”), else one for every four people it holds.</summary>
    public static int Boards(this Room room)
        => room.Equipment.Select(e => e.Split(' ', 2)).Where(e => e.Length == 2 && e[1] == "poster boards").Select(e => int.TryParse(e[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null).FirstOrDefault(n => n is not null)
           ?? room.Capacity / 4;

    internal static string RoomName(Conference conference, string code) => conference.Programme.Rooms.FirstOrDefault(r => r.Code == code)?.Name ?? code;
    internal static string Time(DateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
    internal static string Day(DateTime at) => at.ToString("d MMM", CultureInfo.InvariantCulture);
}
