using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Routing;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>The chair looks at a suspected conflict and says that it is none, for good. What rests on an account or address, and what a reviewer declared, stays.</summary>
public sealed record DismissConflict(int Number, int ReviewerId, ConflictKind Kind, Actor By) : ICommand<bool>;

internal sealed class DismissConflictHandler(Db db, ConflictFinder conflicts, AuditLog audit, TimeProvider clock) : IRequestHandler<DismissConflict, bool>
{
    public async Task<bool> Handle(DismissConflict command, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(command.By), "dismiss conflicts");
        // One's own conflicts, and those around one's own submission, are not for oneself to dismiss.
        if (command.ReviewerId == command.By.PersonId || (await HiddenNumbers.Of(db, command.By, ct)).Contains(command.Number))
            throw new NotAllowedException("You may not dismiss a conflict that concerns you.");
        if (command.Kind == ConflictKind.Declared) throw new RuleBrokenException("kind", "Only the reviewer can take back what they declared.");
        if ((await conflicts.Find(command.ReviewerId, ct)).Any(f => f.Number == command.Number && f.Kind == command.Kind && f.Certain))
            throw new RuleBrokenException("kind", "This rests on an account or an address and cannot be dismissed.");
        var args = new { command.Number, command.ReviewerId, Kind = command.Kind.ToString(), now = clock.GetUtcNow() };
        if (await db.Run(Dismiss, args, ct) == 0) throw new NotFoundException("There is no such conflict.");
        await audit.Write(command.By, "conflict.dismissed", "submission", command.Number, null, new { command.ReviewerId, command.Kind }, ct);
        return true;
    }

    private const string Dismiss = """
        update Conflict
        set DismissedAt = coalesce(DismissedAt, @now)
        where SubmissionNumber = @Number and ReviewerId = @ReviewerId and Kind = @Kind
        """;
}
