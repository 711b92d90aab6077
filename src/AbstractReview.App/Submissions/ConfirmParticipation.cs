using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An author of an accepted submission says that it will be presented.</summary>
public sealed record ConfirmParticipation(int Number, Actor By) : ICommand<SubmissionState>;

/// <summary>An author of an accepted submission says, with a reason of 1 to 2000 characters, that nobody will present it.</summary>
public sealed record DeclineParticipation(int Number, string Reason, Actor By) : ICommand<SubmissionState>;

internal sealed class ConfirmParticipationHandler(Participation participation) : IRequestHandler<ConfirmParticipation, SubmissionState>
{
    public Task<SubmissionState> Handle(ConfirmParticipation command, CancellationToken ct)
        => participation.Answer(command.Number, Verb.Confirm, null, command.By, ct);
}

internal sealed class DeclineParticipationHandler(Participation participation) : IRequestHandler<DeclineParticipation, SubmissionState>
{
    public Task<SubmissionState> Handle(DeclineParticipation command, CancellationToken ct)
        => participation.Answer(command.Number, Verb.Decline, Reasons.Check(command.Reason, "Say in a few words why nobody can present it."), command.By, ct);
}

/// <summary>The authors' answer to an acceptance.</summary>
public sealed class Participation(Db db, Relations relations, AuditLog audit, TimeProvider clock)
{
    /// <exception cref="RuleBrokenException">There is no published acceptance to answer.</exception>
    public async Task<SubmissionState> Answer(int number, Verb verb, string? reason, Actor by, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(number, by, ct);
        Access.Require(Access.MayEditSubmission(by, relation), $"answer for submission {number}");
        var state = relation.State == SubmissionState.Decided
            ? throw new RuleBrokenException("state", "There is no decision to answer yet.")
            : relation.State.After(verb);
        if (!await IsAccepted(number, ct)) throw new RuleBrokenException("state", "Only an accepted submission can be confirmed or declined.");
        await db.Run(Update, new { number, State = state.ToString(), now = clock.GetUtcNow() }, ct);
        await audit.Write(by, verb == Verb.Confirm ? "participation.confirmed" : "participation.declined", "submission", number, new { relation.State }, new { State = state, reason }, ct);
        return state;
    }

    /// <summary>Whether its newest published decision accepts it.</summary>
    public async Task<bool> IsAccepted(int number, CancellationToken ct)
        => await db.All<string>(ReadDecisions, new { number }, ct) is [var kind, ..] && Enum.Parse<DecisionKind>(kind).Accepts();

    private const string ReadDecisions = """
        select Kind
        from Decision
        where SubmissionNumber = @number and PublishedAt is not null
        order by DecisionVersion desc
        """;

    private const string Update = "update Submission set State = @State, UpdatedAt = @now, Version = Version + 1 where Number = @number";
}
