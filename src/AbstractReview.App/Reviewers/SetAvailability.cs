using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>A reviewer says whether they take new reviews. What is already assigned stays until it is declined.</summary>
public sealed record SetAvailability(bool Available, int? Version, Actor By) : ICommand<int>;

internal sealed class SetAvailabilityHandler(Db db, ReviewerStore reviewers, AuditLog audit) : IRequestHandler<SetAvailability, int>
{
    public async Task<int> Handle(SetAvailability command, CancellationToken ct)
    {
        Access.Require(Access.MayBid(command.By), "keep a reviewer’s profile");
        var (profile, version) = await reviewers.Read(command.By.PersonId, ct) ?? throw new RuleBrokenException("Save your profile first.");
        if (command.Version is { } expected && expected != version) throw new StaleException("This profile was changed meanwhile; look at it again.", version);
        await db.Run(Update, new { command.By.PersonId, command.Available }, ct);
        await audit.Write(command.By, "reviewer.availabilitySet", "reviewer", command.By.PersonId, new { profile.Available }, new { command.Available }, ct);
        return version + 1;
    }

    private const string Update = "update Reviewer set Available = @Available, Version = Version + 1 where PersonId = @PersonId";
}
