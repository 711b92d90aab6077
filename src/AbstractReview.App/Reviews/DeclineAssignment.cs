using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>A reviewer gives a submission back, and routing is rung for a replacement. A conflict is kept, so that it never comes back to them.</summary>
public sealed record DeclineAssignment(int Number, DeclineReason Reason, string Note, Actor By) : ICommand<Unit>;

internal sealed class DeclineAssignmentHandler(Db db, Relations relations, ReviewRows rows, Reminders reminders, AuditLog audit, IAlarm alarm, TimeProvider clock)
    : IRequestHandler<DeclineAssignment, Unit>
{
    public async Task<Unit> Handle(DeclineAssignment command, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(command.Number, command.By, ct);
        Access.Require(relation.IsAssigned, $"decline submission {command.Number}: it is not assigned to you");
        if (command.Note.Length > 2000) throw new RuleBrokenException("note", "At most 2,000 characters are taken here.");
        if (await rows.Of(command.Number, command.By.PersonId, ct) is { State: ReviewState.Submitted })
            throw new RuleBrokenException("state", "You handed in a review of this submission. Re-open it before you decline.");
        var values = new { command.Number, command.By.PersonId, Reason = command.Reason.ToString(), command.Note, now = clock.GetUtcNow() };
        await db.Run(Decline, values, ct);
        if (command.Reason == DeclineReason.Conflict && await db.Run(StandByConflict, values, ct) == 0) await db.Run(InsertConflict, values, ct);
        await reminders.DropIfDone(command.By.PersonId, ct);
        await audit.Write(command.By, "assignment.declined", "submission", command.Number, null, new { command.Reason }, ct);
        db.AfterCommit(() => alarm.Ring(Alarms.Reroute));
        return Unit.Value;
    }

    private const string Decline = """
        update Assignment
        set State = 'Declined', DeclinedAt = @now, DeclineReason = @Reason, DeclineNote = @Note, Version = Version + 1
        where SubmissionNumber = @Number and ReviewerId = @PersonId and State = 'Assigned'
        """;

    private const string StandByConflict = """
        update Conflict
        set Evidence = @Note, DismissedAt = null
        where SubmissionNumber = @Number and ReviewerId = @PersonId and Kind = 'Declared'
        """;

    private const string InsertConflict = """
        insert into Conflict (ReviewerId, SubmissionNumber, Kind, Evidence, FoundAt)
        values (@PersonId, @Number, 'Declared', @Note, @now)
        """;
}
