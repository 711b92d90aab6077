using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Letters;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Letters;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>
/// The chair publishes every pending decision: the submissions are notified (or returned), and a letter to each corresponding author is
/// ordered, all in one transaction. Answers how many of those that the chair may know of: one's own are published with the rest, and not counted.
/// Two chairs may press together: the second finds nothing left to do.
/// </summary>
public sealed record PublishDecisions(Actor By) : ILongCommand<int>
{
    /// <summary>What was looked at, as <see cref="PendingDecisions.Fingerprint"/>: if anything in it changed, nothing is published. Null does not ask.</summary>
    public string? Expected { get; init; }
}

internal sealed class PublishDecisionsHandler(Db db, ConferenceReader conference, Standings standings, LetterQueue letters, LetterOrders orders, AuditLog audit, TimeProvider clock) : IRequestHandler<PublishDecisions, int>
{
    public async Task<int> Handle(PublishDecisions command, CancellationToken ct)
    {
        Access.Require(Access.MayPublishDecisions(command.By), "publish decisions");
        var call = await conference.Current(ct);
        var pending = await db.All<PendingDecision>(PendingDecision.Ready, new { two = call.Review.TwoChairs ? 1 : 0 }, ct);
        var known = PendingDecisions.Of(await standings.Seen(command.By, ct), call, command.By);
        if (command.Expected is { } seen && seen != known.Fingerprint) throw new StaleException("Decisions changed since you looked. Look again, then publish.", known.Ready.Count);
        var authors = await orders.AuthorsOfDecided(ct);
        foreach (var decision in pending) await Publish(decision, [.. authors[decision.Number]], call, command.By, ct);
        return known.Ready.Count;
    }

    private async Task Publish(PendingDecision decision, IReadOnlyList<LetterAuthor> authors, Conference call, Actor by, CancellationToken ct)
    {
        var after = decision.State.After(decision.Kind == DecisionKind.Return ? Verb.Return : Verb.Notify);
        var values = new { decision.Number, decision.DecisionVersion, State = after.ToString(), now = clock.GetUtcNow() };
        await db.Run(Stamp, values, ct);
        await db.Run(Move, values, ct);
        if (decision.DecisionVersion > 1) await letters.Supersede(decision.Number, decision.DecisionVersion, ct);
        if (LetterOrders.Decision(decision.Facts(authors), LetterKinds.Of(decision.Kind), decision.Reason, decision.DecisionVersion, call) is { } letter) await letters.Order(letter, ct);
        await audit.Write(by, "decision.published", "submission", decision.Number, new { decision.State }, new { State = after, decision.Kind, decision.DecisionVersion }, ct);
    }

    private const string Stamp = """
        update Decision
        set PublishedAt = @now
        where SubmissionNumber = @Number and DecisionVersion = @DecisionVersion and PublishedAt is null
        """;

    private const string Move = "update Submission set State = @State, UpdatedAt = @now, Version = Version + 1 where Number = @Number";
}

/// <summary>A decision that the next publishing takes.</summary>
internal sealed record PendingDecision
{
    public required int Number { get; init; }
    public required SubmissionState State { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    public required DecisionKind Kind { get; init; }
    public required string Reason { get; init; }
    public required int DecisionVersion { get; init; }

    /// <summary>What a letter says of it.</summary>
    public SubmissionLetterFacts Facts(IReadOnlyList<LetterAuthor> authors) => new()
    {
        Number = Number, State = State, Title = Title, AreaCode = AreaCode, DecisionVersion = DecisionVersion, Decision = Kind, Authors = authors,
    };

    /// <summary>With @two = 1 only those a second chair agreed to.</summary>
    public const string Ready = """
        select s.Number, s.State, s.Title, s.AreaCode, d.Kind, d.Reason, d.DecisionVersion
        from Decision d
          join Submission s on s.Number = d.SubmissionNumber and s.DecisionVersion = d.DecisionVersion
        where s.State = 'Decided' and d.PublishedAt is null and (@two = 0 or d.SecondedById is not null)
        order by s.Number
        """;
}
