using AbstractReview.Domain.Reviews;

namespace AbstractReview.Domain.Tests.Reviews;

/// <summary>
/// Calibrated scores, their intervals and leniencies are what <see cref="PlainCalibration"/> finds from the definition, to 1e-9, whether the search
/// begins afresh or where it ended for other scores.
/// </summary>
public class CalibrationAnewTests
{
    [TestCase(2, 2, 0.0)]
    [TestCase(12, 5, 0.0)]
    [TestCase(12, 5, 0.8)]
    [TestCase(30, 10, 0.0)]
    [TestCase(30, 10, 0.3)]
    [TestCase(30, 10, 0.6)]
    [TestCase(36, 60, 0.9)]
    public void Equally_many_reviews(int submissions, int reviewers, double lenient) => Same(Drawn(submissions, reviewers, lenient, _ => 2 + (submissions % 2)));

    [TestCase(1, 0.5)]
    [TestCase(2, 0.5)]
    [TestCase(3, 1.0)]
    [TestCase(4, 0.2)]
    public void From_one_to_six_reviews(int seed, double lenient) => Same(Drawn(30, 9, lenient, i => 1 + (i * i % 6), seed));

    [Test]
    public void Two_halves_that_share_no_reviewer()
    {
        var (one, other) = (Drawn(16, 6, 0.7, _ => 3, 5), Drawn(11, 5, 0.7, i => 1 + (i % 4), 6));
        Same([.. one, .. other.Select(s => new Scored(s.Submission + 100, s.Reviewer + 100, Math.Min(5, s.Score + 0.6)))]);
    }

    [Test]
    public void One_review_each_of_reviewers_who_review_once() => Same(Drawn(14, 14, 0.5, _ => 1, 7));

    [Test]
    public void One_reviewer_of_everything() => Same([.. Enumerable.Range(0, 12).Select(i => new Scored(i, 1, 1 + (i * 7 % 5)))]);

    [Test]
    public void One_submission_for_everybody() => Same([.. Enumerable.Range(0, 9).Select(r => new Scored(1, r, 1 + (r * 3 % 5)))]);

    [Test]
    public void One_review() => Same([new Scored(7, 1, 4)]);

    [Test]
    public void Everybody_agrees() => Same([.. Drawn(10, 5, 0, _ => 3).Select(s => s with { Score = 3 })]);

    [Test]
    public void Reviewers_differ_by_nothing_but_leniency() => Same([.. Drawn(15, 6, 0, _ => 3).Select(s => s with { Score = 2 + (s.Submission % 4 * 0.5) + (s.Reviewer % 3 * 0.5) })]);

    private static void Same(IReadOnlyList<Scored> scores)
    {
        var plain = new PlainCalibration(scores, 1, 5);
        Same(Calibration.Of(scores, 1, 5), plain, scores);
        // Few reviewers are searched afresh wherever the last search ended, so that nothing depends on what was before.
        Same(Calibration.Of(scores, 1, 5, Calibration.Of([.. scores.Select((s, i) => i % 3 == 0 ? s with { Score = 6 - s.Score } : s)], 1, 5).Search), plain, scores);
    }

    private static void Same(Calibration fit, PlainCalibration plain, IReadOnlyList<Scored> scores)
    {
        Assert.Multiple(() =>
        {
            Assert.That(fit.Ratios.Submissions, Is.EqualTo(plain.Ratios.P).Within(1e-7).Percent);
            Assert.That(fit.Ratios.Reviewers, Is.EqualTo(plain.Ratios.Q).Within(1e-7).Percent);
            Assert.That(fit.Mean, Is.EqualTo(plain.Mean).Within(1e-9));
            Assert.That(fit.Variances.Noise, Is.EqualTo(plain.Noise).Within(1e-9));
            Assert.That(fit.Submissions.Keys, Is.EquivalentTo(plain.Submissions.Keys));
            foreach (var (number, (score, low, high)) in plain.Submissions)
            {
                Assert.That(fit.Submissions[number].Score, Is.EqualTo(score).Within(1e-9));
                Assert.That(fit.Submissions[number].Low, Is.EqualTo(low).Within(1e-9));
                Assert.That(fit.Submissions[number].High, Is.EqualTo(high).Within(1e-9));
            }

            var alone = Calibration.LeniencyOf(scores, fit.Ratios);
            foreach (var (reviewer, leniency) in plain.Leniency)
            {
                Assert.That(fit.Leniency[reviewer], Is.EqualTo(leniency).Within(1e-9));
                Assert.That(alone[reviewer], Is.EqualTo(leniency).Within(1e-9));
            }
        });
    }

    /// <summary>From before the last review, the last tenth, and from when two of three were of another mind.</summary>
    [TestCase(1, 3, 0.4)]
    [TestCase(2, 3, 0.1)]
    [TestCase(3, 2, 0.8)]
    [TestCase(4, 3, 0.0)]
    public void Many_reviewers_are_calibrated_alike_afresh_and_from_where_the_last_search_ended(int seed, int each, double lenient)
    {
        var scores = Drawn(240, 120, lenient, _ => each, seed);
        var afresh = Calibration.Of(scores, 1, 5);
        foreach (var before in new[] { [.. scores.SkipLast(1)], [.. scores.SkipLast(scores.Count / 10)], scores.Select((s, i) => i % 3 > 0 ? s with { Score = 6 - s.Score } : s).ToList() })
        {
            var again = Calibration.Of(scores, 1, 5, Calibration.Of(before, 1, 5).Search);

            Assert.That(again.Ratios.Reviewers, Is.EqualTo(afresh.Ratios.Reviewers).Within(1e-9));
            Assert.That(afresh.Submissions.Max(s => Furthest(s.Value, again.Submissions[s.Key])), Is.LessThan(1e-9));
            Assert.That(afresh.Submissions.Select(s => s.Value.Disagreement), Is.EqualTo(afresh.Submissions.Select(s => again.Submissions[s.Key].Disagreement)));
        }
    }

    [Test]
    public void A_search_that_is_taken_up_begins_where_the_last_one_ended()
    {
        var scores = Drawn(240, 120, 0.4, _ => 3);
        var search = Calibration.Of(scores, 1, 5).Search!;
        // Its own end, told wrongly by less than a step that would be looked at: it is believed, else the test above compares a search with itself.
        var wrong = search with { LogReviewers = search.LogReviewers + 1e-9 };

        Assert.That(Calibration.Of(scores, 1, 5, wrong).Search, Is.Not.EqualTo(search));
        Assert.That(Calibration.Of(scores, 1, 5, wrong).Search!.LogReviewers, Is.EqualTo(search.LogReviewers).Within(1e-8));
    }

    private static double Furthest(Calibrated a, Calibrated b) => Math.Max(Math.Abs(a.Score - b.Score), Math.Max(Math.Abs(a.Low - b.Low), Math.Abs(a.High - b.High)));

    private static List<Scored> Drawn(int submissions, int reviewers, double lenient, Func<int, int> each, int seed = 1)
    {
        var random = new Random(seed);
        double Some() => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
        var leniency = Enumerable.Range(0, reviewers).Select(_ => lenient * Some()).ToList();
        return [.. Enumerable.Range(0, submissions).SelectMany(i =>
        {
            var quality = 3 + (0.6 * Some());
            return Enumerable.Range(0, reviewers).OrderBy(_ => random.Next()).Take(each(i)).ToList()
                .Select(r => new Scored(i, r, Math.Round(Math.Clamp(quality + leniency[r] + (0.5 * Some()), 1, 5) * 5) / 5));
        })];
    }
}
