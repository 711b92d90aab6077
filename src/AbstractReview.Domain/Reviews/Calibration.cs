namespace AbstractReview.Domain.Reviews;

/// <summary>One overall score, in the call's scale.</summary>
public readonly record struct Scored(int Submission, int Reviewer, double Score);

/// <summary>A submission's quality as the model sees it: <see cref="Score"/> with its 90 % interval, all in the call's scale.</summary>
/// <param name="Score">The score expected of a reviewer of average leniency.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end of the 90 % interval.</param>
/// <param name="Disagreement">The reviews lie further apart than they would in 99 of 100 submissions.</param>
public sealed record Calibrated(double Score, double Low, double High, bool Disagreement);

/// <summary>Variances between submissions and between reviewers, as multiples of the noise's. Reviewers' is 0 where the reviews do not show that they differ.</summary>
public readonly record struct VarianceRatios(double Submissions, double Reviewers);

/// <summary>Where the search for the likeliest ratios ended, before they were shrunk; a later one of the same conference begins there.</summary>
/// <param name="LogSubmissions">Natural logarithm of the submissions' ratio.</param>
/// <param name="LogReviewers">The same of the reviewers'.</param>
/// <param name="Inverse">The inverse of the likelihood's curvature along the two, as the search learned it.</param>
public sealed record RatioSearch(double LogSubmissions, double LogReviewers, (double AA, double AB, double BB) Inverse);

/// <summary>
/// Tells the quality of submissions from the leniency of reviewers, who each see only a few of them: the additive model
/// score = mean + submission + reviewer + noise, with normal random effects. For given variances the effects are Henderson's best linear
/// unbiased predictions, found by his mixed-model equations; the variances maximise the restricted likelihood (REML), with weak
/// priors that keep a handful of reviews from giving zero or endless variance (Searle, Casella, McCulloch: Variance Components,
/// Wiley 1992, chapters 6 and 7; boundary-avoiding priors after Chung, Rabe-Hesketh, Dorie, Gelman, Liu, Psychometrika 78, 2013). Where the
/// reviews do not show that reviewers differ, their variance is 0 and equally many reviews rank as their means do.
/// Submissions are eliminated first, so the work is a Cholesky factor of the size of the reviewers and its inverse: n³/3 for each of some eight
/// likelihoods, or four where it is known what was likeliest a few reviews ago. The search ends where rounding does, so that whoever maximises
/// the same likelihood finds the same scores.
/// </summary>
public sealed class Calibration
{
    /// <summary>The general level.</summary>
    public required double Mean { get; init; }
    /// <summary>Variance between submissions, between reviewers, and of what neither explains; in squared points.</summary>
    public required (double Submissions, double Reviewers, double Noise) Variances { get; init; }
    /// <summary>The first two as multiples of the noise, from which all else follows by linear equations.</summary>
    public required VarianceRatios Ratios { get; init; }
    /// <summary>Where the ratios were found; null where a later search would better begin afresh.</summary>
    public RatioSearch? Search { get; private init; }
    public required IReadOnlyDictionary<int, Calibrated> Submissions { get; init; }
    /// <summary>How much higher than the average reviewer each one scores, in points.</summary>
    public required IReadOnlyDictionary<int, double> Leniency { get; init; }

    // 0.95 and 0.99 of the standard normal distribution.
    private const double Z95 = 1.6448536269514722;
    private const double Z99 = 2.3263478740408408;

    /// <param name="scores">At most one for a pair of submission and reviewer; any number, also none.</param>
    /// <param name="min">Lowest score that can be given.</param>
    /// <param name="max">Highest score that can be given.</param>
    /// <param name="before">Of a calibration of nearly the same scores: the answer is the same to 1e-9, and found sooner.</param>
    /// <exception cref="ArgumentException">A score is not finite, or the scale is empty.</exception>
    public static Calibration Of(IReadOnlyCollection<Scored> scores, double min, double max, RatioSearch? before = null)
    {
        if (!(max > min)) throw new ArgumentException("The scale is empty.", nameof(max));
        if (scores.Any(s => !double.IsFinite(s.Score))) throw new ArgumentException("A score is not finite.", nameof(scores));
        if (scores.Count == 0)
            return new Calibration { Mean = (min + max) / 2, Variances = default, Ratios = default, Submissions = new Dictionary<int, Calibrated>(), Leniency = new Dictionary<int, double>() };
        var model = new MixedModel(scores, (max - min) / 5);
        var (ratios, search) = model.MostLikely(before);
        var fit = model.Solve(ratios.Submissions, ratios.Reviewers);
        // Few reviews tell the noise badly: Student's t instead of the normal, by its Cornish-Fisher expansion.
        var t = Student(Z95, scores.Count - 1 + MixedModel.NoisePriorWeight);
        var submissions = new Dictionary<int, Calibrated>();
        for (var i = 0; i < model.SubmissionIds.Count; i++)
        {
            var half = t * Math.Sqrt(fit.Noise * fit.Error[i]);
            var at = fit.Mean + fit.Submission[i];
            submissions[model.SubmissionIds[i]] = new Calibrated(at, at - half, at + half, Disagree(model.ScoresOf(i), fit));
        }

        return new Calibration
        {
            Mean = fit.Mean,
            Variances = (ratios.Submissions * fit.Noise, ratios.Reviewers * fit.Noise, fit.Noise),
            Ratios = ratios,
            Search = search,
            Submissions = submissions,
            Leniency = model.ReviewerIds.Index().ToDictionary(r => r.Item, r => fit.Reviewer[r.Index]),
        };
    }

    /// <summary>How much higher than the average reviewer each one of these scores, in points, for ratios that were found before: quick beside finding them.</summary>
    /// <param name="scores">As in <see cref="Of"/>; all of a conference or some.</param>
    /// <param name="ratios">Of a calibration of the same conference.</param>
    public static IReadOnlyDictionary<int, double> LeniencyOf(IReadOnlyCollection<Scored> scores, VarianceRatios ratios)
    {
        if (scores.Count == 0) return new Dictionary<int, double>();
        var model = new MixedModel(scores, 0);
        var effects = ratios.Submissions > 0 ? model.Leniencies(ratios.Submissions, ratios.Reviewers) : new double[model.ReviewerIds.Count];
        return model.ReviewerIds.Index().ToDictionary(r => r.Item, r => effects[r.Index]);
    }

    // Chi-squared on the scores with leniency taken off, by the cube root of Wilson and Hilferty (1931).
    private static bool Disagree(IReadOnlyList<(int Reviewer, double Score)> scores, MixedModel.Fit fit)
    {
        if (scores.Count < 2) return false;
        var fair = scores.Select(s => s.Score - fit.Reviewer[s.Reviewer]).ToList();
        var mean = fair.Average();
        var freedom = fair.Count - 1;
        var spread = fair.Sum(f => (f - mean) * (f - mean)) / fit.Noise;
        var step = 2.0 / (9 * freedom);
        return (Math.Cbrt(spread / freedom) - (1 - step)) / Math.Sqrt(step) > Z99;
    }

    private static double Student(double z, double freedom)
        => z + (z * z * z + z) / (4 * freedom) + (5 * Math.Pow(z, 5) + 16 * Math.Pow(z, 3) + 3 * z) / (96 * freedom * freedom);
}
