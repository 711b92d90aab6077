using System.Globalization;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>
/// Publishes the draft as the next release, for good; the corresponding author of each submission whose place is new, changed or
/// gone is told once. Answers the release's number.
/// </summary>
public sealed record ReleaseProgramme(Actor By) : ICommand<int>;

internal sealed class ReleaseProgrammeHandler(Db db, ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader, Releases releases, Outbox outbox, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ReleaseProgramme, int>
{
    public async Task<int> Handle(ReleaseProgramme command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "release the programme");
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        var accepted = await talks.Read(ct);
        var blocking = Clashes.Check(draft.Document, accepted.Talks, conference).Where(c => c.Level != ClashLevel.Warns).Select(c => new FieldError("sessions", c.Words)).ToList();
        if (blocking.Count > 0) throw new RuleBrokenException(blocking);
        var last = await releases.Newest(ct);
        var number = await db.Next("Release", ct);
        var view = new ViewBuilder(conference, accepted, last).Build(draft.Document, number, clock.GetUtcNow());
        var changes = ReleaseDifference.Between(last, view);
        if (last is not null && changes.Count == 0) throw new RuleBrokenException($"Nothing has changed since release {last.Number}.");
        await db.Run(Insert, new { number, Document = Json.Write(view), Summary = Json.Write(changes.Select(c => c.Words)), view.ReleasedAt, command.By.PersonId }, ct);
        foreach (var change in changes.Where(c => c.Number is not null)) await Tell(change, view, accepted, conference, ct);
        await audit.Write(command.By, "programme.released", "release", number, null, new { number, changes = changes.Count }, ct);
        return number;
    }

    private async Task Tell(ReleaseChange change, ProgrammeView view, AcceptedSet accepted, Conference conference, CancellationToken ct)
    {
        var number = change.Number!.Value;
        if (!accepted.Texts.TryGetValue(number, out var text) || (text.Authors.FirstOrDefault(a => a.Corresponding) ?? (text.Authors.Count > 0 ? text.Authors[0] : null)) is not { } author) return;
        await outbox.Queue(new Mail
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"programme/{view.Number}/{number}"),
            Kind = "Programme",
            ToEmail = author.Email,
            ToName = $"{author.GivenName} {author.FamilyName}".Trim(),
            Subject = $"{conference.Acronym}: {(change.Kind == ChangeKind.Added ? "the place of your contribution in the programme" : "a change of your place in the programme")} ({Slot.CodeOf(number)})",
            Text = $"""
                Dear {author.GivenName} {author.FamilyName},

                {change.Words}

                “{text.Title}”

                All times are those of {conference.City} ({conference.Zone}). The programme, release {view.Number}, is at {conference.Website.TrimEnd('/')}/programme.

                {conference.Mail.Name}
                """.ReplaceLineEndings("\n"),
        }, ct);
    }

    private const string Insert = """
        insert into Release (Number, Document, Summary, ReleasedAt, ReleasedById)
        values (@number, @Document, @Summary, @ReleasedAt, @PersonId)
        """;
}
