using System.Text.RegularExpressions;
using AbstractReview.App.Jobs;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.Web.Rehearsals;

/// <summary>
/// Rehearses anonymity before it matters. A copy of the conference plays review from the call to the letters with planted names, everybody
/// goes through every door after each act, and the report says where a planted word showed to whom it must not. Then authors, and then
/// reviewers, are given other names: whatever answer to the other side changes tells of them even if it does not show them.
/// </summary>
internal sealed partial class Rehearsal(Conference conference, Action<WebApplication>? adjust = null)
{
    private static readonly string[] Others =
        [RehearsalCast.Visitor, RehearsalCast.Author, RehearsalCast.CoAuthor, RehearsalCast.OtherAuthor, RehearsalCast.Chair, RehearsalCast.AreaChair, RehearsalCast.OtherAreaChair, RehearsalCast.Secretariat];

    private static readonly string[] Authors = [RehearsalCast.Visitor, RehearsalCast.Author, RehearsalCast.CoAuthor, RehearsalCast.OtherAuthor];

    private readonly string[] _searches = [.. new RehearsalCast(conference).Players.Where(p => p.Canaries.Count > 0).GroupBy(p => p.Role).Select(g => g.First().Canaries[1].Word)];
    private readonly List<RehearsalFinding> _findings = [];
    private readonly Dictionary<string, Tally> _tallies = [];
    private readonly Dictionary<(string Phase, string Viewer, string Door), string> _answers = [];

    /// <exception cref="Domain.RuleBrokenException">The call cannot be played, such as one without areas.</exception>
    public async Task<RehearsalReport> Run(JobProgress progress, CancellationToken ct)
    {
        await using var first = await Open(new RehearsalCast(conference), ct);
        await progress.Report(0, 100, "Planting names and playing the first act");
        await foreach (var scene in first.Play(p => Others.Concat(p.SomeReviewers), ct))
        {
            Judge(scene, first);
            await progress.Report(Percent(scene, 0, 70), 100, $"{scene.Phase}: {scene.Viewer} went through {scene.Answers.Count} answers");
        }

        if (conference.Review.Blind == Blindness.Double)
            await Compare(new RehearsalCast(conference, authorWords: 5_000), p => p.SomeReviewers, first, "the authors", 70, progress, ct);
        if (conference.Review.Blind != Blindness.None)
            await Compare(new RehearsalCast(conference, reviewerWords: 6_000), _ => Authors, first, "the reviewers", 85, progress, ct);
        await progress.Report(100, 100, "Done");
        return Report(first);
    }

    private async Task<Performance> Open(RehearsalCast cast, CancellationToken ct) => new(await RehearsalStage.Open(conference, cast, adjust, ct), _searches);

    private static int Percent(Scene scene, int from, int share) => from + (share * Performance.Phases.ToList().IndexOf(scene.Phase) / Performance.Phases.Count);

    private void Judge(Scene scene, Performance play)
    {
        var planted = play.Canaries.ToDictionary(c => c.Word, StringComparer.OrdinalIgnoreCase);
        var tally = _tallies.TryGetValue(scene.Viewer, out var known) ? known : _tallies[scene.Viewer] = new Tally();
        foreach (var answer in scene.Answers)
        {
            tally.Answers++;
            if ((int)answer.Status < 300) tally.Opened++;
            _answers[(scene.Phase, scene.Viewer, answer.Door)] = Mask(answer);
            foreach (Match match in Planted().Matches(answer.Text))
            {
                // A page may say again what was searched for.
                if (!planted.TryGetValue(match.Value, out var canary) || answer.Door.Contains(canary.Word, StringComparison.Ordinal)) continue;
                if (scene.Blinds.MaySee(scene.Viewer, canary)) tally.Seen.Add(canary.Word);
                else Find(new RehearsalFinding(scene.Phase, scene.Viewer, answer.Door, canary.What, Near(answer.Text, match.Index)));
            }
        }
    }

    private async Task Compare(RehearsalCast twin, Func<Performance, IEnumerable<string>> viewers, Performance first, string whose, int from, JobProgress progress, CancellationToken ct)
    {
        await using var second = await Open(twin, ct);
        await foreach (var scene in second.Play(viewers, ct))
        {
            await progress.Report(Percent(scene, from, 15), 100, $"{scene.Phase}: {scene.Viewer}, with other names for {whose}");
            foreach (var answer in scene.Answers)
                if (!OneOwn().IsMatch(answer.Door) && _answers.TryGetValue((scene.Phase, scene.Viewer, answer.Door), out var before) && Mask(answer) is var after && before != after)
                    Find(new RehearsalFinding(scene.Phase, scene.Viewer, answer.Door, $"the answer changes with the names of {whose}", Near(after, FirstDifference(before, after))));
        }

        if (second.Reviewers.SelectMany(r => r.Select(x => (r.Key, x))).Order().SequenceEqual(first.Reviewers.SelectMany(r => r.Select(x => (r.Key, x))).Order())) return;
        Find(new RehearsalFinding("under review", "everybody", "routing", $"who reviews what changes with the names of {whose}", ""));
    }

    // One door may show a word many times; the first is enough.
    private void Find(RehearsalFinding finding)
    {
        if (!_findings.Any(f => f.Viewer == finding.Viewer && f.Door == finding.Door && f.What == finding.What)) _findings.Add(finding);
    }

    private RehearsalReport Report(Performance play)
    {
        var seen = _tallies.Values.SelectMany(t => t.Seen).ToHashSet();
        var untried = play.Doors.Where(d => !d.IsKnown).Select(d => $"GET {d.Pattern}").ToList();
        var unseen = play.Canaries.Where(c => !seen.Contains(c.Word)).GroupBy(c => (c.Kind, c.Submission, c.Person)).Where(g => g.Count() > 3 || g.Key.Submission > 0).Select(g => g.First().What).ToList();
        return new RehearsalReport
        {
            Passed = _findings.Count + untried.Count + unseen.Count == 0, Blind = conference.Review.Blind.ToString(), Doors = play.Doors.Count, Answers = _tallies.Values.Sum(t => t.Answers), Mails = play.Mails,
            Findings = _findings, Untried = untried, Unseen = unseen, Viewers = [.. _tallies.Select(t => new RehearsalViewer(t.Key, t.Value.Answers, t.Value.Opened, t.Value.Seen.Count))],
        };
    }

    // What is new in every answer, whoever asks.
    private static string Mask(Answer answer) => Fresh().Replace($"{answer.Status}\n{answer.Text}", "");

    private static string Near(string text, int at)
    {
        var from = Math.Max(0, at - 40);
        return text[from..Math.Min(text.Length, at + 48)].ReplaceLineEndings(" ").Trim();
    }

    private static int FirstDifference(string one, string other)
    {
        var at = one.AsSpan().CommonPrefixLength(other);
        return Math.Min(at, other.Length);
    }

    private sealed class Tally
    {
        public int Answers { get; set; }
        public int Opened { get; set; }
        public HashSet<string> Seen { get; } = [];
    }

    [GeneratedRegex("zqx[b-z]{5}", RegexOptions.IgnoreCase)]
    private static partial Regex Planted();

    [GeneratedRegex("""<input[^>]*__RequestVerificationToken[^>]*>|"traceId":"[^"]*"|CfDJ8[\w-]+|http://127\.0\.0\.1:\d+|\bR[0-9a-f]{32}\b|<[0-9A-F]{32}>|\bkey=[\w-]+|name="form" value="[0-9a-f]{32}""")]
    private static partial Regex Fresh();

    // One’s own account, a signature and the number of an error are new each time, and nobody else’s.
    [GeneratedRegex("^GET /(account|error)|receipt", RegexOptions.IgnoreCase)]
    private static partial Regex OneOwn();
}
