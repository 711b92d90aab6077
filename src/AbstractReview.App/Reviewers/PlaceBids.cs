using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>How much a reviewer wants a submission: −2 (not mine) to 2 (eager).</summary>
public sealed record PlacedBid
{
    public required int Number { get; init; }
    public required int Value { get; init; }
}

/// <summary>A reviewer bids. A bid of 0 (no opinion) takes an earlier one back. Answers how many bids stand.</summary>
/// <param name="Bids">The bids.</param>
/// <param name="Replace">Whether bids that are not named are taken back.</param>
/// <param name="By">Who bids.</param>
public sealed record PlaceBids(IReadOnlyList<PlacedBid> Bids, bool Replace, Actor By) : ICommand<int>;

internal sealed class PlaceBidsHandler(Db db, ReviewerStore reviewers, AuditLog audit, TimeProvider clock) : IRequestHandler<PlaceBids, int>
{
    public async Task<int> Handle(PlaceBids command, CancellationToken ct)
    {
        Access.Require(Access.MayBid(command.By), "bid");
        if (await reviewers.Read(command.By.PersonId, ct) is null) throw new RuleBrokenException("Save your profile before you bid.");
        var bids = await Check(command, ct);
        if (command.Replace) await db.Run(DeleteAll, new { reviewer = command.By.PersonId }, ct);
        else await db.Run(Delete, bids.Select(b => new { reviewer = command.By.PersonId, b.Number }), ct);
        var now = clock.GetUtcNow();
        await db.Run(Insert, bids.Where(b => b.Value != 0).Select(b => new { reviewer = command.By.PersonId, b.Number, b.Value, now }), ct);
        await audit.Write(command.By, "bids.placed", "reviewer", command.By.PersonId, null, new { count = bids.Count }, ct);
        return await db.One<int>(Count, new { reviewer = command.By.PersonId }, ct);
    }

    private async Task<IReadOnlyList<PlacedBid>> Check(PlaceBids command, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        foreach (var (i, bid) in command.Bids.Index())
            if (!BidWords.Exists(bid.Value)) errors.Add(new($"bids[{i}].value", $"Bid from {BidWords.Least} to {BidWords.Most}."));
        foreach (var twice in command.Bids.GroupBy(b => b.Number).Where(g => g.Count() > 1)) errors.Add(new("bids", $"There are {twice.Count()} bids for submission {twice.Key}."));
        if (errors.Count > 0) throw new RuleBrokenException(errors);
        var open = (await db.All<int>(Open, new { reviewer = command.By.PersonId }, ct)).ToHashSet();
        foreach (var bid in command.Bids.Where(b => !open.Contains(b.Number))) throw new NotFoundException($"There is no submission {bid.Number} for you to bid on.");
        return command.Bids;
    }

    private const string Open = "select s.Number from Submission s " + Biddable.Where;
    private const string DeleteAll = "delete from Bid where ReviewerId = @reviewer";
    private const string Delete = "delete from Bid where ReviewerId = @reviewer and SubmissionNumber = @Number";
    private const string Insert = "insert into Bid (ReviewerId, SubmissionNumber, Value, ChangedAt) values (@reviewer, @Number, @Value, @now)";
    private const string Count = "select count(*) from Bid where ReviewerId = @reviewer";
}
