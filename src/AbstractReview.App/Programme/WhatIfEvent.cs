using System.Globalization;
using AbstractReview.App.Programme.Proposing;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme;

/// <summary>What happened to a draft: the document after it, before anything is mended.</summary>
internal sealed record WhatIfEvent
{
    public required string Title { get; init; }
    public required ProgrammeDocument Document { get; init; }
    /// <summary>The submissions that are left.</summary>
    public required IReadOnlyDictionary<int, AcceptedTalk> Talks { get; init; }
    /// <summary>Submissions without a place, one of which may take the free one.</summary>
    public IReadOnlyList<AcceptedTalk> Waiting { get; init; } = [];
    /// <summary>Sessions that lost a chair, a rapporteur or a panellist.</summary>
    public required IReadOnlySet<string> Vacated { get; init; }
    /// <summary>What brings about the event itself.</summary>
    public required IReadOnlyList<ProgrammeEdit> Edits { get; init; }

    /// <exception cref="RuleBrokenException">It is not placed.</exception>
    public static WhatIfEvent Withdrawn(ProgrammeDocument draft, AcceptedSet accepted, int? number)
    {
        if (number is not { } n || draft.Find(n) is not { } found) throw new RuleBrokenException("number", number is null ? "Say which submission, such as 42." : $"{Slot.CodeOf(number.Value)} has no place in the programme.");
        var gone = accepted.Talks.GetValueOrDefault(n);
        var document = draft.Without(n);
        // Who only came for this submission does not sit on a panel either.
        var stay = accepted.Talks.Values.Where(t => t.Number != n).SelectMany(t => t.Authors).Select(a => a.Key).ToHashSet();
        var leaves = gone?.Presenter is { } presenter && !stay.Contains(presenter.Key) ? presenter.Key : null;
        var vacated = document.Sessions.Where(s => leaves is not null && s.Panellists.Any(p => p.Key == leaves)).Select(s => s.Code).ToHashSet();
        foreach (var code in vacated) document = document.With(document.Session(code)! is var s ? s with { Panellists = s.Panellists.Where(p => p.Key != leaves).ToList() } : s);
        return new WhatIfEvent
        {
            Title = $"{Slot.CodeOf(n)} withdrawn",
            Document = document,
            Talks = accepted.Talks.Where(t => t.Key != n).ToDictionary(t => t.Key, t => t.Value),
            Waiting = accepted.Talks.Values.Where(t => t.Number != n && draft.Find(t.Number) is null && t.SlotKind == found.Slot.Kind && t.AreaCode == (gone?.AreaCode ?? found.Session.AreaCode)).ToList(),
            Vacated = vacated,
            Edits = [new ProgrammeEdit { Kind = EditKind.Remove, Number = n }],
        };
    }

    /// <exception cref="RuleBrokenException">The address or the time is missing or wrong.</exception>
    public static WhatIfEvent Away(ProgrammeDocument draft, AcceptedSet accepted, Conference conference, AskWhatIf query)
    {
        if (query.From is not { } from) throw new RuleBrokenException("from", "Say from when.");
        if (query.To is not { } to) throw new RuleBrokenException("to", "Say until when.");
        var edit = new ProgrammeEdit { Kind = EditKind.SetAbsence, Absence = new Absence(query.Email?.Trim() ?? "", from, to) };
        var document = ProgrammeEdits.Apply(draft, edit, accepted.Talks, conference);
        var key = MailAddress.Normalise(edit.Absence.Email);
        var vacated = new HashSet<string>();
        foreach (var session in document.Sessions)
        {
            // What is held in place is let go where its own people cannot come.
            var slots = session.Slots.Select(s => s.Pinned && s.Number is { } n && accepted.Talks.GetValueOrDefault(n)?.Presenter?.Key == key && s.Start < to && from < s.End ? s with { Pinned = false } : s).ToList();
            var left = session with { Slots = slots };
            if (session.Start < to && from < session.End) left = left with { Chairs = Without(session.Chairs, key), Rapporteurs = Without(session.Rapporteurs, key) };
            if ((session.PanelMinutes > 0 ? session.TalksEnd : session.Start) < to && from < session.End) left = left with { Panellists = Without(session.Panellists, key) };
            if (left.Chairs.Count + left.Rapporteurs.Count + left.Panellists.Count < session.Chairs.Count + session.Rapporteurs.Count + session.Panellists.Count) vacated.Add(session.Code);
            document = document.With(left);
        }

        return new WhatIfEvent { Title = string.Create(CultureInfo.InvariantCulture, $"{edit.Absence.Email} away from {from:d MMMM HH:mm} to {to:d MMMM HH:mm}"), Document = document, Talks = accepted.Talks, Vacated = vacated, Edits = [edit] };
    }

    /// <summary>From the draft to the mended document as edits: whoever moves leaves first, so that no seat is taken twice.</summary>
    public static IEnumerable<ProgrammeEdit> Between(ProgrammeDocument draft, ProgrammeDocument mended, Repair repair)
    {
        foreach (var number in repair.Moved.Concat(repair.LeftOut).Where(n => draft.Find(n) is not null)) yield return new ProgrammeEdit { Kind = EditKind.Remove, Number = number };
        foreach (var number in repair.Moved)
        {
            var (session, slot) = mended.Find(number)!.Value;
            yield return new ProgrammeEdit { Kind = EditKind.Place, Number = number, Session = session.Code, Start = slot.Start, Board = slot.Board };
        }

        foreach (var session in mended.Sessions)
        {
            var old = draft.Session(session.Code)!;
            if (!old.Chairs.SequenceEqual(session.Chairs)) yield return new ProgrammeEdit { Kind = EditKind.SetChairs, Session = session.Code, People = session.Chairs };
            if (!old.Rapporteurs.SequenceEqual(session.Rapporteurs)) yield return new ProgrammeEdit { Kind = EditKind.SetRapporteurs, Session = session.Code, People = session.Rapporteurs };
            if (!old.Panellists.SequenceEqual(session.Panellists)) yield return new ProgrammeEdit { Kind = EditKind.SetPanellists, Session = session.Code, People = session.Panellists };
        }
    }

    private static List<ProgrammePerson> Without(IReadOnlyList<ProgrammePerson> people, string key) => people.Where(p => p.Key != key).ToList();
}
