using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>
/// Publishes the draft as the next release, for good; those whose part in it is new, changed or gone (speakers, corresponding
/// authors, chairs, rapporteurs, panellists) are told, one mail each. Answers the release's number.
/// </summary>
public sealed record ReleaseProgramme(Actor By) : ILongCommand<int>;

internal sealed class ReleaseProgrammeHandler(Db db, ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader, Releases releases, Outbox outbox, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ReleaseProgramme, int>
{
    public async Task<int> Handle(ReleaseProgramme command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "release the programme");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        var accepted = await talks.Read(ct);
        if (draft.Document.Sessions.Count == 0) throw new RuleBrokenException("There is no session to release yet.");
        var blocking = Clashes.Check(draft.Document, accepted.Talks, conference).Where(c => c.Level != ClashLevel.Warns).Select(c => new FieldError("sessions", c.Words)).ToList();
        if (blocking.Count > 0) throw new RuleBrokenException(blocking);
        var last = await releases.Newest(ct);
        var number = await db.Next("Release", ct);
        var view = new ViewBuilder(conference, accepted, last).Build(draft.Document, number, clock.GetUtcNow());
        var changes = ReleaseDifference.Between(last, view);
        if (last is not null && changes.Count == 0) throw new RuleBrokenException($"Nothing has changed since release {last.Number}.");
        await db.Run(Insert, new { number, Document = Json.Write(view), Summary = Json.Write(changes.Select(c => c.Words)), view.ReleasedAt, command.By.PersonId }, ct);
        await outbox.QueueNew(ReleaseNotices.Between(last, view, changes, accepted, draft.Document).Select(n => ReleaseNotices.Mail(n, view, last is null, conference)).ToList(), ct);
        await audit.Write(command.By, "programme.released", "release", number, null, new { number, changes = changes.Count }, ct);
        return number;
    }

    private const string Insert = """
        insert into Release (Number, Document, Summary, ReleasedAt, ReleasedById)
        values (@number, @Document, @Summary, @ReleasedAt, @PersonId)
        """;
}
