using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Decisions;

/// <summary>Many decisions at once, all or none; answers what changed. Lines that say what already stands change nothing.</summary>
/// <param name="Wish">What is wished.</param>
/// <param name="By">Who decides.</param>
public sealed record DecideBatch(DecisionWish Wish, Actor By) : ILongCommand<DecisionBatch>
{
    /// <summary>The <see cref="DecisionBatch.Fingerprint"/> of the preview that was looked at: if anything in it would be different now, nothing is done. Null does not ask.</summary>
    public string? Expected { get; init; }
}

/// <summary>What <see cref="DecideBatch"/> would change, without changing it.</summary>
public sealed record PreviewBatch(DecisionWish Wish, Actor By) : IQuery<DecisionBatch>;

/// <summary>Lines, a rule that makes them, or a file of HotCRP's bulk assignment; the first of the three that is there.</summary>
public sealed record DecisionWish
{
    public IReadOnlyList<DecisionLine> Lines { get; init; } = [];
    public DecisionRule? Rule { get; init; }
    /// <summary><c>paper,action,…,decision[,reason]</c> with the actions decision and cleardecision.</summary>
    public string? Csv { get; init; }
    /// <summary>What a file's bare “accepted” means; null refuses it.</summary>
    public DecisionKind? AcceptedAs { get; init; }
}

/// <param name="Number">The submission.</param>
/// <param name="Kind">What becomes of it; null takes a pending decision back.</param>
/// <param name="Reason">Why.</param>
public sealed record DecisionLine(int Number, DecisionKind? Kind, string Reason);

/// <param name="Changes">What becomes different, in the order of the lines or, for a rule, by area and score.</param>
/// <param name="Rooms">The places of the areas concerned, as they are after the changes.</param>
/// <param name="Fingerprint">Tells this difference from any other.</param>
public sealed record DecisionBatch(IReadOnlyList<DecisionChange> Changes, IReadOnlyList<AreaRoom> Rooms, string Fingerprint);

/// <param name="Number">The submission.</param>
/// <param name="Title">Its title.</param>
/// <param name="AreaCode">Its area.</param>
/// <param name="Score">Its calibrated score.</param>
/// <param name="Before">What stands now; null for nothing.</param>
/// <param name="WasPublished">What stands was published: this supersedes it.</param>
/// <param name="After">What it becomes; null where the pending decision is taken back.</param>
/// <param name="Reason">Why.</param>
public sealed record DecisionChange(int Number, string Title, string AreaCode, double? Score, DecisionKind? Before, bool WasPublished, DecisionKind? After, string Reason)
{
    /// <summary>The submission's version that the change starts from.</summary>
    public int Version { get; init; }
    public string BeforeReason { get; init; } = "";
    internal bool TookRoom { get; init; }
}

internal sealed class DecideBatchHandler(Standings standings, ConferenceReader conference, DecisionRows rows)
    : IRequestHandler<DecideBatch, DecisionBatch>, IRequestHandler<PreviewBatch, DecisionBatch>
{
    public async Task<DecisionBatch> Handle(DecideBatch command, CancellationToken ct)
    {
        var batch = await Batch(command.Wish, command.By, ct);
        if (command.Expected is { } seen && seen != batch.Fingerprint)
            throw new StaleException("Submissions, reviews or decisions changed since you looked: this is no longer the difference you saw. Look again.", batch.Changes.Count);
        foreach (var change in batch.Changes)
        {
            var before = await rows.Of(change.Number, ct);
            if (change.After is { } kind) await rows.Decide(before, kind, change.Reason, command.By, ct);
            else await rows.Undo(before, command.By, ct);
        }

        return batch;
    }

    public Task<DecisionBatch> Handle(PreviewBatch query, CancellationToken ct) => Batch(query.Wish, query.By, ct);

    private async Task<DecisionBatch> Batch(DecisionWish wish, Actor by, CancellationToken ct)
    {
        Access.Require(by.OnCommittee, "decide on submissions");
        var call = await conference.Current(ct);
        var own = call.Areas.Where(a => by.ChairsArea(a.Code)).ToList();
        // Standings are also seen by a secretariat, who do not decide.
        var judged = (await standings.Seen(by, ct)).Where(s => s.MayDecide).ToDictionary(s => s.Number);
        var changes = wish.Lines.Count > 0 ? Lines(wish.Lines.Select((l, i) => new PlacedLine(l, $"decisions[{i}]", "")), judged, oncePerSubmission: true)
            : wish.Rule is { } rule ? rule.Changes(judged.Values, call)
            : wish.Csv is { } csv ? Lines(DecisionCsv.Lines(csv, wish.AcceptedAs, judged), judged, oncePerSubmission: false)
            : [];
        var touched = changes.Select(c => c.AreaCode).ToHashSet();
        var rooms = AreaRoom.Of(own.Where(a => touched.Contains(a.Code)), judged.Values).Select(r => r.After(changes)).ToList();
        return new DecisionBatch(changes, rooms, Fingerprint(changes));
    }

    private static List<DecisionChange> Lines(IEnumerable<PlacedLine> lines, Dictionary<int, StandingView> judged, bool oncePerSubmission)
    {
        var errors = new List<FieldError>();
        var last = new Dictionary<int, DecisionLine>();
        foreach (var (line, field, where) in lines)
        {
            void Refuse(string name, string words) => errors.Add(new(field.Length == 0 ? "file" : $"{field}.{name}", where + words));
            if (oncePerSubmission && last.ContainsKey(line.Number)) Refuse("number", $"Submission {line.Number} is named twice.");
            else if (!judged.TryGetValue(line.Number, out var standing)) Refuse("number", $"There is no submission {line.Number} for you to decide.");
            else if (line.Kind is { } kind && !Enum.IsDefined(kind)) Refuse("kind", "Decide for oral, poster, panel, waitlist, reject or return.");
            else if (!standing.CanBeDecided()) Refuse("number", $"Submission {line.Number} is {standing.State.Words()}: it cannot be decided now.");
            else if (line.Kind is null && standing is { Decision: not null, Pending: false }) Refuse("number", $"The decision on submission {line.Number} is published: supersede it by another.");
            else if (line.Reason.Length > DecisionRows.ReasonLength) Refuse("reason", DecisionRows.TooLong);
            else last[line.Number] = line with { Reason = line.Reason.Trim() };
        }

        return errors.Count == 0 ? last.Values.Select(l => judged[l.Number].Change(l.Kind, l.Reason)).OfType<DecisionChange>().ToList() : throw new RuleBrokenException(errors);
    }

    private static string Fingerprint(IEnumerable<DecisionChange> changes)
    {
        var text = new StringBuilder();
        foreach (var c in changes) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{c.Number}/{c.Version}/{c.Before}/{c.After}/{c.Reason.Length}:{c.Reason}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}

/// <summary>A wished line, the field that its refusal names, and where in a file it stands.</summary>
internal sealed record PlacedLine(DecisionLine Line, string Field, string Where);
