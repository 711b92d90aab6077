using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Tests.Programme;

/// <summary>
/// A second opinion, written apart from the rules it checks: minute by minute, nobody presents, chairs or sits on a panel in two
/// sessions at once, no room holds two sessions, and two talks of a session do not overlap.
/// </summary>
internal static class ShortChecker
{
    public sealed record Writer(int Number, string Email, bool Presenting);

    public static async Task<IReadOnlyList<Writer>> Authors(this TestConference conf)
        => (await conf.All<(long Number, string Email, long Presenting)>("select SubmissionNumber, NormalisedEmail, Presenting from Author"))
            .Select(a => new Writer((int)a.Number, a.Email, a.Presenting == 1)).ToList();

    public static IReadOnlyList<string> Clashes(ProgrammeDocument document, IReadOnlyList<Writer> writers)
    {
        var presenters = writers.Where(w => w.Presenting).ToLookup(w => w.Number, w => w.Email);
        var at = new Dictionary<(string Who, DateTime Minute), HashSet<string>>();
        foreach (var session in document.Sessions)
        {
            Mark("room " + session.Room, session.Start, session.End, session.Code);
            foreach (var p in session.Chairs.Concat(session.Rapporteurs)) Mark(p.Key, session.Start, session.End, session.Code);
            foreach (var p in session.Panellists) Mark(p.Key, session.TalksEnd, session.End, session.Code);
            foreach (var slot in session.Slots)
            {
                if (slot.Kind == SlotKind.Oral) Mark("hall of " + session.Code, slot.Start, slot.End, slot.Code);
                if (slot.Number is { } number)
                    foreach (var who in presenters[number]) Mark(who, slot.Start, slot.End, session.Code);
            }
        }

        return at.Where(x => x.Value.Count > 1).Select(x => $"{x.Key.Who} at {x.Key.Minute:MM-dd HH:mm}: {string.Join(", ", x.Value.Order())}").ToList();

        void Mark(string who, DateTime from, DateTime to, string where)
        {
            for (var m = from; m < to; m = m.AddMinutes(1))
                (at.TryGetValue((who, m), out var set) ? set : at[(who, m)] = []).Add(where);
        }
    }
}
