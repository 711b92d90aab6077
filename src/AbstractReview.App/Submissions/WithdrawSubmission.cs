using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An author takes the submission back for good; its reviewers are released. The reason has 1 to 2000 characters.</summary>
public sealed record WithdrawSubmission(int Number, string Reason, Actor By) : ICommand<SubmissionState>;

internal sealed class WithdrawSubmissionHandler(Db db, Relations relations, AuditLog audit, TimeProvider clock) : IRequestHandler<WithdrawSubmission, SubmissionState>
{
    public async Task<SubmissionState> Handle(WithdrawSubmission command, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(command.Number, command.By, ct);
        Access.Require(Access.MayEditSubmission(command.By, relation), $"withdraw submission {command.Number}");
        var state = relation.State.After(Verb.Withdraw);
        var reason = Reasons.Check(command.Reason, "Say in a few words why you withdraw.");
        await db.Run(Update, new { command.Number, State = state.ToString(), reason, now = clock.GetUtcNow() }, ct);
        await db.Run(Release, new { command.Number }, ct);
        await audit.Write(command.By, "submission.withdrawn", "submission", command.Number, new { relation.State }, new { State = state, reason }, ct);
        return state;
    }

    private const string Update = """
        update Submission
        set State = @State, WithdrawnAt = @now, WithdrawReason = @reason, UpdatedAt = @now, Version = Version + 1
        where Number = @Number
        """;

    private const string Release = """
        update Assignment
        set State = 'Released', Version = Version + 1
        where SubmissionNumber = @Number and State = 'Assigned'
        """;
}

/// <summary>Reasons people give: a few words, no control characters.</summary>
internal static class Reasons
{
    /// <exception cref="RuleBrokenException">There is none, or it is longer than 2000 characters or cannot be stored.</exception>
    public static string Check(string? text, string missing)
    {
        var reason = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (reason == "") throw new RuleBrokenException("reason", missing);
        if (reason.Length > 2000) throw new RuleBrokenException("reason", $"At most 2000 characters are taken; there are {reason.Length}.");
        if (reason.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) throw new RuleBrokenException("reason", "There is a control character in this text; type it again or paste it as plain text.");
        return reason;
    }
}
