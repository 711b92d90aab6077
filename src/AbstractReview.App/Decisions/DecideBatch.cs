using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>Many decisions at once, all or none; answers what changed. Lines that say what already stands change nothing.</summary>
public sealed record DecideBatch(DecisionWish Wish, Actor By) : ICommand<IReadOnlyList<DecisionChange>>;

/// <summary>What <see cref="DecideBatch"/> would change, without changing it.</summary>
public sealed record PreviewBatch(DecisionWish Wish, Actor By) : IQuery<IReadOnlyList<DecisionChange>>;

/// <summary>Either lines, or a rule that makes them.</summary>
public sealed record DecisionWish
{
    public IReadOnlyList<DecisionLine> Lines { get; init; } = [];
    public DecisionRule? Rule { get; init; }
}

public sealed record DecisionLine(int Number, DecisionKind Kind, string Reason);

/// <param name="Number">The submission.</param>
/// <param name="Title">Its title.</param>
/// <param name="AreaCode">Its area.</param>
/// <param name="Score">Its calibrated score.</param>
/// <param name="Before">What stands now; null for nothing.</param>
/// <param name="WasPublished">What stands was published: this supersedes it.</param>
/// <param name="After">What it becomes.</param>
/// <param name="Reason">Why.</param>
public sealed record DecisionChange(int Number, string Title, string AreaCode, double? Score, DecisionKind? Before, bool WasPublished, DecisionKind After, string Reason);

internal sealed class DecideBatchHandler(Standings standings, ConferenceReader conference, DecisionRows rows)
    : IRequestHandler<DecideBatch, IReadOnlyList<DecisionChange>>, IRequestHandler<PreviewBatch, IReadOnlyList<DecisionChange>>
{
    public async Task<IReadOnlyList<DecisionChange>> Handle(DecideBatch command, CancellationToken ct)
    {
        var changes = await Changes(command.Wish, command.By, ct);
        foreach (var change in changes)
            await rows.Decide(await rows.Of(change.Number, ct), change.After, change.Reason, command.By, ct);
        return changes;
    }

    public Task<IReadOnlyList<DecisionChange>> Handle(PreviewBatch query, CancellationToken ct) => Changes(query.Wish, query.By, ct);

    private async Task<IReadOnlyList<DecisionChange>> Changes(DecisionWish wish, Actor by, CancellationToken ct)
    {
        Access.Require(by.OnCommittee, "decide on submissions");
        var call = await conference.Current(ct);
        // Standings are also seen by a secretariat, who do not decide.
        var judged = (await standings.Seen(by, ct)).Where(s => by.ChairsArea(s.AreaCode)).ToDictionary(s => s.Number);
        if (wish.Rule is { } rule) return rule.Changes(judged.Values, call);
        return Lines(wish.Lines, judged);
    }

    private static List<DecisionChange> Lines(IReadOnlyList<DecisionLine> lines, Dictionary<int, StandingView> judged)
    {
        var errors = new List<FieldError>();
        var changes = new List<DecisionChange>();
        var seen = new HashSet<int>();
        foreach (var (i, line) in lines.Index())
        {
            if (!seen.Add(line.Number)) errors.Add(new($"decisions[{i}].number", $"Submission {line.Number} is named twice."));
            else if (!judged.TryGetValue(line.Number, out var standing)) errors.Add(new($"decisions[{i}].number", $"There is no submission {line.Number} for you to decide."));
            else if (!standing.CanBeDecided()) errors.Add(new($"decisions[{i}].number", $"Submission {line.Number} is {Domain.Submissions.SubmissionLife.Words(standing.State)}: it cannot be decided now."));
            else if (line.Reason.Length > 4000) errors.Add(new($"decisions[{i}].reason", "At most 4,000 characters are taken here."));
            else if (standing.Change(line.Kind, line.Reason.Trim()) is { } change) changes.Add(change);
        }

        return errors.Count == 0 ? changes : throw new RuleBrokenException(errors);
    }
}
