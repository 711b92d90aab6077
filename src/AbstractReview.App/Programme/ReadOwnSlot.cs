using AbstractReview.App.Programme.Exports;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>When and where a submission is presented, as the newest release says; null while it has no place in one.</summary>
public sealed record ReadOwnSlot(int Number, Actor By) : IQuery<OwnSlot?>;

/// <param name="Code">Its code in the programme, such as TA1-O-07.</param>
/// <param name="Session">Code and title of its session.</param>
/// <param name="Room">The room's name.</param>
/// <param name="Start">The instant.</param>
/// <param name="End">The instant.</param>
/// <param name="Board">Of a poster.</param>
public sealed record OwnSlot(string Code, string Session, string Room, DateTimeOffset Start, DateTimeOffset End, int? Board);

/// <summary>The same as a calendar file of that one event.</summary>
public sealed record ExportOwnSlot(int Number, Actor By) : IQuery<ProgrammeFile>;

internal sealed class ReadOwnSlotHandler(Relations relations, Releases releases) : IRequestHandler<ReadOwnSlot, OwnSlot?>
{
    public async Task<OwnSlot?> Handle(ReadOwnSlot query, CancellationToken ct)
    {
        await relations.RequireSeen(query.Number, query.By, ct);
        if (await releases.Newest(ct) is not { } view) return null;
        foreach (var session in view.Sessions)
            if (session.Slots.FirstOrDefault(s => s.Number == query.Number) is { } slot)
                return new OwnSlot(slot.Code, $"{session.Code} {session.Title}", view.Room(session.Room).Name, view.At(slot.Start), view.At(slot.End), slot.Board);
        return null;
    }
}

internal sealed class ExportOwnSlotHandler(Relations relations, Releases releases) : IRequestHandler<ExportOwnSlot, ProgrammeFile>
{
    public async Task<ProgrammeFile> Handle(ExportOwnSlot query, CancellationToken ct)
    {
        await relations.RequireSeen(query.Number, query.By, ct);
        var view = await releases.Newest(ct);
        if (view is null || !view.Sessions.Any(s => s.Slots.Any(x => x.Number == query.Number))) throw new NotFoundException($"Submission {query.Number} has no place in a released programme.");
        return new ProgrammeFile(FormattableString.Invariant($"AR-{query.Number}.ics"), "text/calendar; charset=utf-8", CalendarExport.Write(view, number: query.Number), view.Number, view.ReleasedAt);
    }
}
