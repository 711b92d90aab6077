using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Programmes;

/// <summary>Why a person must be in a room; a co-author only counts when they are needed elsewhere.</summary>
public enum Duty { Presenter, Chair, Rapporteur, Panellist, CoAuthor }

/// <summary>A person, in a room, for a time.</summary>
public sealed record Commitment(string PersonKey, string Name, Duty Duty, string Room, DateTimeOffset Start, DateTimeOffset End, string Code, string SessionCode);

/// <summary>Who must be where and when, as a programme stands.</summary>
public static class Commitments
{
    /// <summary>Minutes it takes to walk from one room to another.</summary>
    public const int WalkMinutes = 5;

    public static IEnumerable<Commitment> Of(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference)
    {
        foreach (var session in document.Sessions)
        {
            foreach (var commitment in OfOffice(session, conference)) yield return commitment;
            foreach (var slot in session.Slots)
                if (slot.Number is { } number && talks.TryGetValue(number, out var talk))
                    foreach (var commitment in OfTalk(talk, session, slot.Start, slot.End, conference))
                        yield return commitment;
        }
    }

    /// <summary>What a talk asks of its authors when it lies there: the presenter always, co-authors of talks and panel contributions but not of posters.</summary>
    public static IEnumerable<Commitment> OfTalk(AcceptedTalk talk, Session session, DateTime start, DateTime end, Conference conference)
    {
        foreach (var author in talk.Authors)
        {
            var presents = author == talk.Presenter;
            if (!presents && talk.SlotKind == SlotKind.Poster) continue;
            yield return new Commitment(author.Key, author.Name, presents ? Duty.Presenter : Duty.CoAuthor, session.Room, conference.At(start), conference.At(end), talk.Code, session.Code);
        }
    }

    /// <summary>Chairs and rapporteurs for the whole session, panellists for its panel discussion.</summary>
    public static IEnumerable<Commitment> OfOffice(Session session, Conference conference)
    {
        var (start, end) = (conference.At(session.Start), conference.At(session.End));
        foreach (var p in session.Chairs) yield return new Commitment(p.Key, p.FullName, Duty.Chair, session.Room, start, end, session.Code, session.Code);
        foreach (var p in session.Rapporteurs) yield return new Commitment(p.Key, p.FullName, Duty.Rapporteur, session.Room, start, end, session.Code, session.Code);
        var panel = session.PanelMinutes > 0 ? conference.At(session.TalksEnd) : start;
        foreach (var p in session.Panellists) yield return new Commitment(p.Key, p.FullName, Duty.Panellist, session.Room, panel, end, session.Code, session.Code);
    }

    /// <summary>
    /// Whether two commitments of one person cannot both be kept: they overlap, or lie in two rooms with less than
    /// <see cref="WalkMinutes"/> between. Within one session nobody clashes with themselves, and two co-authorships never do.
    /// </summary>
    public static bool Clash(Commitment a, Commitment b)
    {
        if (a.SessionCode == b.SessionCode || (a.Duty == Duty.CoAuthor && b.Duty == Duty.CoAuthor)) return false;
        var coAuthor = a.Duty == Duty.CoAuthor || b.Duty == Duty.CoAuthor;
        var walk = a.Room == b.Room || coAuthor ? TimeSpan.Zero : TimeSpan.FromMinutes(WalkMinutes);
        return a.Start < b.End + walk && b.Start < a.End + walk;
    }

    /// <summary>A co-author who holds an office at that time is worth a word; anything else cannot be released.</summary>
    public static ClashLevel LevelOf(Commitment a, Commitment b)
        => (a.Duty == Duty.CoAuthor && b.Duty != Duty.Presenter) || (b.Duty == Duty.CoAuthor && a.Duty != Duty.Presenter) ? ClashLevel.Warns : ClashLevel.BlocksRelease;

    public static string Words(this Duty duty) => duty switch
    {
        Duty.Presenter => "presents",
        Duty.Chair => "chairs",
        Duty.Rapporteur => "reports on",
        Duty.Panellist => "sits on the panel of",
        Duty.CoAuthor => "is co-author of",
        _ => throw new ArgumentOutOfRangeException(nameof(duty)),
    };
}
