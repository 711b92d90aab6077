using AbstractReview.Domain.Reviews;

namespace AbstractReview.Domain.Tests.Reviews;

public class CalibrationTests
{
    [Test]
    public void No_reviews_give_no_scores()
        => Assert.That(Calibration.Of([], 1, 5).Submissions, Is.Empty);

    [TestCase(1), TestCase(3), TestCase(5)]
    public void One_review_gives_its_score_and_an_interval_wider_than_one_point(double score)
    {
        var only = Calibration.Of([new Scored(7, 1, score)], 1, 5).Submissions[7];

        Assert.That(only.Score, Is.EqualTo(score).Within(1e-9));
        Assert.That(only.High - only.Low, Is.GreaterThan(1));
        Assert.That(only.Disagreement, Is.False);
    }

    [Test]
    public void A_submission_seen_by_harsh_reviewers_is_lifted_above_an_equal_one_seen_by_mild_ones()
    {
        var scores = Judged((submission, reviewer) => reviewer < 4 ? 4 : 2.8);

        var fit = Calibration.Of(scores, 1, 5);

        // Submission 100 is liked as well by the harsh as 101 is by the mild: for their ways of scoring it is the better one.
        Assert.That(fit.Submissions[100].Score - fit.Submissions[101].Score, Is.GreaterThan(0.3));
        Assert.That(Enumerable.Range(0, 8).OrderByDescending(r => fit.Leniency[r]).Take(4), Is.EquivalentTo(new[] { 0, 1, 2, 3 }));
    }

    [Test]
    public void Where_reviewers_do_not_differ_equally_many_reviews_rank_as_their_means_do()
    {
        var scores = Judged((submission, reviewer) => 3 + (submission % 7 - 3) * 0.3 + ((submission * 5 + reviewer * 3) % 11 - 5) * 0.12);
        scores.RemoveAll(s => s.Submission >= 100);

        var fit = Calibration.Of(scores, 1, 5);

        Assert.That(fit.Variances.Reviewers, Is.Zero);
        Assert.That(fit.Leniency.Values, Is.All.Zero);
        var means = scores.GroupBy(s => s.Submission).OrderBy(g => g.Key).Select(g => g.Average(s => s.Score)).ToList();
        var slope = (fit.Submissions[0].Score - fit.Mean) / (means[0] - fit.Mean);
        Assert.That(slope, Is.GreaterThan(0));
        foreach (var (submission, mean) in means.Index())
            Assert.That(fit.Submissions[submission].Score - fit.Mean, Is.EqualTo(slope * (mean - fit.Mean)).Within(1e-9));
    }

    [Test]
    public void A_large_conference_is_solved_exactly_across_the_blocks_of_its_factor()
    {
        var random = new Random(9);
        var lenient = Enumerable.Range(0, 131).Select(_ => random.NextDouble() - 0.5).ToList();
        var scores = Enumerable.Range(0, 400).SelectMany(i => Enumerable.Range(0, 3).Select(k => (i * 7 + k * 41) % 131).Distinct()
            .Select(r => new Scored(i, r, 3 + i % 5 * 0.3 + lenient[r] + 0.4 * random.NextDouble()))).ToList();

        var fit = Calibration.Of(scores, 1, 5);

        var (_, r2, e2) = fit.Variances;
        foreach (var group in scores.GroupBy(s => s.Reviewer))
            Assert.That(group.Sum(s => s.Score - fit.Submissions[s.Submission].Score - fit.Leniency[s.Reviewer]), Is.EqualTo(e2 / r2 * fit.Leniency[group.Key]).Within(1e-9));
    }

    [Test]
    public void More_reviews_narrow_the_interval()
    {
        var scores = Judged((submission, reviewer) => 2 + (submission * 7 + reviewer * 3) % 5 * 0.5);
        scores.AddRange(Enumerable.Range(0, 8).Select(r => new Scored(200, r, 3.5)));
        scores.Add(new Scored(201, 0, 3.5));

        var fit = Calibration.Of(scores, 1, 5);

        Assert.That(Width(fit.Submissions[200]), Is.LessThan(Width(fit.Submissions[100])).And.LessThan(Width(fit.Submissions[201])));
        Assert.That(Width(fit.Submissions[100]), Is.LessThan(Width(fit.Submissions[201])));
    }

    [Test]
    public void Only_a_submission_whose_reviews_lie_improbably_far_apart_is_flagged()
    {
        var scores = Judged((submission, reviewer) => 3 + (submission % 5 - 2) * 0.4 + ((submission + reviewer) % 3 - 1) * 0.2);
        scores.AddRange([new Scored(300, 0, 1), new Scored(300, 1, 5), new Scored(300, 2, 3)]);

        var flagged = Calibration.Of(scores, 1, 5).Submissions.Where(s => s.Value.Disagreement).Select(s => s.Key);

        Assert.That(flagged, Is.EqualTo(new[] { 300 }));
    }

    [Test]
    public void The_equations_are_solved_to_the_last_digits()
    {
        // The mixed-model equations hold for the answer: what the model does not explain balances at every effect.
        var random = new Random(4);
        var scores = Judged((_, reviewer) => 1 + reviewer * 0.3 + 1.9 * random.NextDouble());
        var fit = Calibration.Of(scores, 1, 5);
        var (s2, r2, e2) = fit.Variances;

        double Rest(Scored s) => s.Score - fit.Submissions[s.Submission].Score - fit.Leniency[s.Reviewer];
        Assert.That(scores.Sum(Rest), Is.EqualTo(0).Within(1e-9));
        foreach (var group in scores.GroupBy(s => s.Submission))
            Assert.That(group.Sum(Rest), Is.EqualTo(e2 / s2 * (fit.Submissions[group.Key].Score - fit.Mean)).Within(1e-9));
        foreach (var group in scores.GroupBy(s => s.Reviewer))
            Assert.That(group.Sum(Rest), Is.EqualTo(e2 / r2 * fit.Leniency[group.Key]).Within(1e-9));
    }

    [Test]
    public void The_order_in_which_reviews_are_read_does_not_matter()
    {
        var scores = Judged((submission, reviewer) => 1 + (submission * 3 + reviewer * 5) % 9 * 0.5);

        var (one, other) = (Calibration.Of(scores, 1, 5), Calibration.Of(scores.AsEnumerable().Reverse().ToList(), 1, 5));

        Assert.That(other.Submissions, Is.EqualTo(one.Submissions));
    }

    // Forty submissions, each seen by three of eight reviewers in turn; 100 by harsh ones (4 to 6), 101 by mild ones (0 to 2), both at 3.6.
    private static List<Scored> Judged(Func<int, int, double> score)
    {
        var scores = new List<Scored>();
        for (var i = 0; i < 40; i++)
            foreach (var r in new[] { i % 8, (i + 3) % 8, (i + 5) % 8 }) scores.Add(new Scored(i, r, score(i, r)));
        foreach (var r in new[] { 4, 5, 6 }) scores.Add(new Scored(100, r, 3.6));
        foreach (var r in new[] { 0, 1, 2 }) scores.Add(new Scored(101, r, 3.6));
        return scores;
    }

    private static double Width(Calibrated c) => c.High - c.Low;
}
