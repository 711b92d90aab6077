using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>A submission the reviewer should not judge, and why; the reason is for the chair only.</summary>
public sealed record DeclaredConflict
{
    public required int Number { get; init; }
    public required string Reason { get; init; }
}

/// <summary>A reviewer declares the conflicts they know of. An assignment in conflict is declined by it, unless the review is in. Answers how many stand.</summary>
/// <param name="Conflicts">The conflicts.</param>
/// <param name="Replace">Whether declared conflicts that are not named are taken back.</param>
/// <param name="By">Who declares.</param>
public sealed record DeclareConflicts(IReadOnlyList<DeclaredConflict> Conflicts, bool Replace, Actor By) : ICommand<int>;

internal sealed class DeclareConflictsHandler(Db db, ReviewerStore reviewers, AuditLog audit, IAlarm alarm, TimeProvider clock) : IRequestHandler<DeclareConflicts, int>
{
    public async Task<int> Handle(DeclareConflicts command, CancellationToken ct)
    {
        Access.Require(Access.MayBid(command.By), "declare conflicts");
        if (await reviewers.Read(command.By.PersonId, ct) is null) throw new RuleBrokenException("Save your profile before you declare conflicts.");
        var (reviewer, now) = (command.By.PersonId, clock.GetUtcNow());
        var known = (await db.All<int>(Known, new { reviewer }, ct)).ToHashSet();
        foreach (var c in command.Conflicts.Where(c => !known.Contains(c.Number))) throw new NotFoundException($"There is no submission {c.Number} for you.");
        var before = await db.All<int>(Declared, new { reviewer }, ct);
        var rows = command.Conflicts.DistinctBy(c => c.Number).Select(c => new { reviewer, c.Number, Reason = Tidy(c.Reason), now }).ToList();
        if (command.Replace) await db.Run(DeleteAll, new { reviewer }, ct);
        else await db.Run(Delete, rows, ct);
        await db.Run(Insert, rows, ct);
        if (await db.Run(Decline, rows, ct) > 0) db.AfterCommit(() => alarm.Ring(Alarms.Reroute));
        await audit.Write(command.By, "conflicts.declared", "reviewer", reviewer, new { before }, new { after = rows.Select(r => r.Number) }, ct);
        return await db.One<int>(Count, new { reviewer }, ct);
    }

    private static string Tidy(string? reason)
        => (reason ?? "").Trim() is var text && text.Length <= 500 ? text : throw new RuleBrokenException("conflicts", "Say it in at most 500 characters.");

    private const string Known = "select s.Number from Submission s " + Biddable.Where + """

        union select SubmissionNumber from Conflict where ReviewerId = @reviewer and Kind = 'Declared'
        union select SubmissionNumber from Assignment where ReviewerId = @reviewer
        """;

    private const string Declared = "select SubmissionNumber from Conflict where ReviewerId = @reviewer and Kind = 'Declared' order by SubmissionNumber";
    private const string DeleteAll = "delete from Conflict where ReviewerId = @reviewer and Kind = 'Declared'";
    private const string Delete = "delete from Conflict where ReviewerId = @reviewer and SubmissionNumber = @Number and Kind = 'Declared'";

    private const string Insert = """
        insert into Conflict (ReviewerId, SubmissionNumber, Kind, Evidence, FoundAt)
        values (@reviewer, @Number, 'Declared', @Reason, @now)
        """;

    private const string Decline = """
        update Assignment
        set State = 'Declined', DeclinedAt = @now, DeclineReason = 'Conflict', Version = Version + 1
        where ReviewerId = @reviewer and SubmissionNumber = @Number and State = 'Assigned'
          and not exists (select 1 from Review r where r.SubmissionNumber = Assignment.SubmissionNumber and r.ReviewerId = Assignment.ReviewerId and r.State = 'Submitted')
        """;

    private const string Count = "select count(*) from Conflict where ReviewerId = @reviewer and Kind = 'Declared'";
}
