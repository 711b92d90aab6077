using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Programme.Proposing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

public enum WhatIfKind { Withdrawn, Away }

/// <summary>
/// What would have to change if a submission were withdrawn, or somebody were away for a time: the smallest set of moves that
/// leaves no clash. Nothing is changed; <see cref="EditProgrammeTogether"/> with the answer's edits does it.
/// </summary>
public sealed record AskWhatIf(WhatIfKind Kind, Actor By) : IQuery<WhatIfAnswer>
{
    /// <summary>Withdrawn: the submission.</summary>
    public int? Number { get; init; }

    /// <summary>Away: whose mail address, and from when to when in the conference's time.</summary>
    public string? Email { get; init; }
    public DateTime? From { get; init; }
    public DateTime? To { get; init; }
}

/// <param name="Version">The draft's version that was asked about.</param>
/// <param name="Title">The question, answered as a step of the draft.</param>
/// <param name="Moves">How many submissions change places, come in or are left out.</param>
/// <param name="Changes">Every change, a line each.</param>
/// <param name="Notes">What to know: whether a smaller set exists, who stays without a place, what still clashes.</param>
/// <param name="Edits">The same as edits, in order.</param>
public sealed record WhatIfAnswer(int Version, string Title, int Moves, IReadOnlyList<string> Changes, IReadOnlyList<string> Notes, IReadOnlyList<ProgrammeEdit> Edits);

internal sealed class AskWhatIfHandler(Db db, ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader, TimeProvider clock) : IRequestHandler<AskWhatIf, WhatIfAnswer>
{
    // Deterministic seconds of the solver: an answer is the same on every machine.
    private const double Seconds = 10;

    public async Task<WhatIfAnswer> Handle(AskWhatIf query, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(query.By), "ask for changes of the programme");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        var accepted = await talks.Read(ct);
        var happened = query.Kind == WhatIfKind.Withdrawn ? WhatIfEvent.Withdrawn(draft.Document, accepted, query.Number) : WhatIfEvent.Away(draft.Document, accepted, conference, query);
        var repair = new SmallestRepair(happened.Document, happened.Talks, conference, happened.Waiting).Find(Seconds, ct);
        var document = happened.Vacated.Count == 0 ? repair.Document
            : Offices.Fill(repair.Document, happened.Talks, conference, await new Candidates(db).Read(ct), accepted.People(), happened.Vacated);
        var builder = new ViewBuilder(conference, accepted, null);
        var (before, after) = (builder.Build(draft.Document, 0, clock.GetUtcNow()), builder.Build(document, 0, clock.GetUtcNow()));
        var changes = ReleaseDifference.Between(before, after).Select(c => c.Words).ToList();
        return new WhatIfAnswer(draft.Version, happened.Title, repair.Moved.Count + repair.LeftOut.Count, changes, Notes(document, happened, repair, conference), [.. happened.Edits, .. WhatIfEvent.Between(draft.Document, document, repair)]);
    }

    private static List<string> Notes(ProgrammeDocument document, WhatIfEvent happened, Repair repair, Conference conference)
    {
        var moves = repair.Moved.Count + repair.LeftOut.Count;
        var notes = new List<string>
        {
            moves == 0 ? "Nobody has to move." : string.Create(CultureInfo.InvariantCulture, $"{moves} {(moves == 1 ? "submission moves" : "submissions move")}."),
            repair.Smallest ? "No smaller set of moves does it." : "A smaller set may exist; the search ran out of time.",
        };
        notes.AddRange(repair.LeftOut.Select(n => $"{Slot.CodeOf(n)} finds no place where all its people can be."));
        notes.AddRange(Clashes.Check(document, happened.Talks, conference).Where(c => c.Level != ClashLevel.Warns).Select(c => $"Still to solve: {c.Words}"));
        notes.AddRange(happened.Vacated.Select(document.Session).OfType<Session>().Where(s => s.Chairs.Count == 0).Select(s => $"Nobody who knows the area is free to chair {s.Code}."));
        return notes;
    }
}
