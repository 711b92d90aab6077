using System.Globalization;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Programmes;

/// <summary>How much a wish counts: nobody is placed where they cannot be; where they would rather not, only when nothing better is found.</summary>
public enum WishKind { Cannot, RatherNot }

/// <summary>From <paramref name="From"/> to <paramref name="To"/> (local time) whoever presents cannot speak, or would rather not.</summary>
public sealed record Wish(WishKind Kind, DateTime From, DateTime To);

/// <summary>A half day of the conference, as speakers are asked for it.</summary>
public sealed record HalfDay(DateTime From, DateTime To)
{
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{From:dddd d MMMM}, {(From.Hour == 0 ? "morning" : "afternoon")}");
}

/// <summary>Who can be there when: what the committee entered, and what the presenters of accepted submissions told.</summary>
public static class Availability
{
    /// <summary>Most wishes one submission may tell.</summary>
    public const int Most = 40;

    private const int Noon = 13;

    /// <summary>Mornings end, and afternoons begin, at 13:00.</summary>
    public static IReadOnlyList<HalfDay> HalfDays(Conference conference) => conference.Programme.Days.Order().SelectMany(d =>
    {
        var (day, noon) = (d.ToDateTime(TimeOnly.MinValue), d.ToDateTime(new TimeOnly(Noon, 0)));
        return new[] { new HalfDay(day, noon), new HalfDay(noon, day.AddDays(1)) };
    }).ToList();

    /// <summary>When people cannot be there, by normalised address.</summary>
    public static ILookup<string, Absence> Absences(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks)
        => document.Absences.Select(a => (Key: MailAddress.Normalise(a.Email), Absence: a))
            .Concat(Told(talks, WishKind.Cannot).Select(x => (x.Key, Absence: new Absence(x.Key, x.Wish.From, x.Wish.To))))
            .Distinct().ToLookup(x => x.Key, x => x.Absence);

    /// <summary>When people would rather not speak, by normalised address.</summary>
    public static ILookup<string, Wish> RatherNot(IReadOnlyDictionary<int, AcceptedTalk> talks)
        => Told(talks, WishKind.RatherNot).Distinct().ToLookup(x => x.Key, x => x.Wish);

    /// <exception cref="RuleBrokenException">Too many, one that does not end after it begins, or one apart from the conference.</exception>
    public static IReadOnlyList<Wish> Check(IReadOnlyList<Wish> wishes, Conference conference)
    {
        if (wishes.Count > Most) throw new RuleBrokenException("wishes", $"Give at most {Most} times.");
        var (first, last) = (conference.Programme.Days.Min().ToDateTime(TimeOnly.MinValue), conference.Programme.Days.Max().AddDays(1).ToDateTime(TimeOnly.MinValue));
        foreach (var wish in wishes)
        {
            if (wish.To <= wish.From) throw new RuleBrokenException("wishes", $"The time from {Words(wish.From)} must end after it begins.");
            if (wish.To <= first || wish.From >= last) throw new RuleBrokenException("wishes", $"The time from {Words(wish.From)} is not during the conference.");
        }

        return wishes.Distinct().OrderBy(w => w.From).ThenBy(w => w.To).ThenBy(w => w.Kind).ToList();
    }

    /// <summary>“cannot on 1 Oct 00:00 to 13:00”.</summary>
    public static string Words(Wish wish)
        => string.Create(CultureInfo.InvariantCulture, $"{(wish.Kind == WishKind.Cannot ? "cannot" : "would rather not")} from {Words(wish.From)} to {(wish.To.Date == wish.From.Date ? Clashes.Time(wish.To) : Words(wish.To))}");

    private static string Words(DateTime at) => $"{Clashes.Day(at)} {Clashes.Time(at)}";

    private static IEnumerable<(string Key, Wish Wish)> Told(IReadOnlyDictionary<int, AcceptedTalk> talks, WishKind kind)
        => talks.Values.Where(t => t.Presenter is not null).SelectMany(t => t.Wishes.Where(w => w.Kind == kind).Select(w => (t.Presenter!.Key, w)));
}
