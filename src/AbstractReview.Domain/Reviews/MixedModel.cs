namespace AbstractReview.Domain.Reviews;

/// <summary>
/// The equations behind <see cref="Calibration"/>. Variances are written as ratios to the noise. With D the diagonal
/// n_i + 1/ratio of the submissions, what is left after their elimination is S over the mean and the reviewers; S is positive definite.
/// </summary>
internal sealed class MixedModel
{
    /// <summary>Reviews that the prior on the noise is worth.</summary>
    public const double NoisePriorWeight = 2;

    // A weak prior on the logarithm of the submissions' ratio: they differ about as much as the noise, give or take a factor of exp(1.5) ≈ 4.5
    // each way. Reviewers' ratio has none: it is left to the likelihood, and then shrunk.
    private const double PriorWidth = 1.5;

    // Twice the gain in log likelihood that chance alone exceeds 1 time in 20 where reviewers do not differ at all: half the time the
    // likeliest variance is 0, else it is chi-squared with one degree of freedom (Self and Liang, J. Am. Stat. Assoc. 82, 1987).
    private const double ByChance = 2.7055434540954146;

    // Logarithms of ratios beyond which nothing changes any more.
    private const double Least = -7, Most = 5;

    private readonly List<List<(int Reviewer, double Score)>> _bySubmission = [];
    private readonly double _noisePrior;
    private readonly int _count;
    private readonly double _centre;

    public MixedModel(IReadOnlyCollection<Scored> scores, double noiseGuess)
    {
        _noisePrior = noiseGuess * noiseGuess;
        _count = scores.Count;
        // Sums in a fixed order: the same reviews give the same digits, however they were read.
        var ordered = scores.OrderBy(s => s.Submission).ThenBy(s => s.Reviewer).ToList();
        _centre = ordered.Average(s => s.Score);
        var submissions = new Dictionary<int, int>();
        var reviewers = new Dictionary<int, int>();
        foreach (var s in ordered)
        {
            if (submissions.TryAdd(s.Submission, submissions.Count)) _bySubmission.Add([]);
            reviewers.TryAdd(s.Reviewer, reviewers.Count);
            _bySubmission[submissions[s.Submission]].Add((reviewers[s.Reviewer], s.Score - _centre));
        }

        SubmissionIds = submissions.Keys.ToList();
        ReviewerIds = reviewers.Keys.ToList();
    }

    /// <param name="Mean">The general level.</param>
    /// <param name="Submission">Effects of the submissions.</param>
    /// <param name="Reviewer">Effects of the reviewers.</param>
    /// <param name="Error">Prediction error variance of mean + submission, as a multiple of the noise.</param>
    /// <param name="Noise">Variance of the noise.</param>
    public sealed record Fit(double Mean, double[] Submission, double[] Reviewer, double[] Error, double Noise);

    public IReadOnlyList<int> SubmissionIds { get; }
    public IReadOnlyList<int> ReviewerIds { get; }
    public IReadOnlyList<(int Reviewer, double Score)> ScoresOf(int submission) => _bySubmission[submission];

    /// <summary>
    /// The ratios of the variances of submissions and of reviewers to the noise that maximise the restricted likelihood with its priors,
    /// the reviewers' shrunk by the non-negative garrote (Breiman, Technometrics 37, 1995): to 0 where the reviews give no evidence that
    /// reviewers differ, hardly at all where they give plenty, without a jump in between.
    /// </summary>
    public (double Submissions, double Reviewers) MostLikely()
    {
        var start = Moments.Ratios(_bySubmission, ReviewerIds.Count);
        var alone = Simplex.Lowest(a => Misfit(a, null), Math.Log(start.Submissions));
        if (ReviewerIds.Count < 2) return (Math.Exp(alone.X), 0);
        var both = Simplex.Lowest(x => Misfit(x.A, x.B), (Math.Log(start.Submissions), Math.Log(start.Reviewers)), step: 0.4, tolerance: 0.02);
        var evidence = 2 * (alone.F - both.F);
        var kept = evidence > ByChance ? 1 - ByChance / evidence : 0;
        return (Math.Exp(kept * both.X.A + (1 - kept) * alone.X), kept * Math.Exp(both.X.B));
    }

    /// <param name="submissionRatio">Variance of the submissions, as a multiple of the noise; above 0.</param>
    /// <param name="reviewerRatio">The same of the reviewers; 0 where they are taken to be alike.</param>
    public Fit Solve(double submissionRatio, double reviewerRatio)
    {
        var (s, right, _) = Eliminate(submissionRatio, reviewerRatio);
        var factor = Cholesky.Factor(s);
        var u = factor.Solve(right);
        var alike = reviewerRatio == 0;
        var effects = new double[_bySubmission.Count];
        var errors = new double[_bySubmission.Count];
        for (var i = 0; i < effects.Length; i++)
        {
            var scores = _bySubmission[i];
            var d = scores.Count + 1 / submissionRatio;
            effects[i] = scores.Sum(x => x.Score - u[0] - (alike ? 0 : u[x.Reviewer + 1])) / d;
            errors[i] = 1 / d + Quadratic(factor, alike ? [] : scores, scores.Count, d);
        }

        return new Fit(u[0] + _centre, effects, alike ? new double[ReviewerIds.Count] : u[1..], errors, Noise(submissionRatio, right, u));
    }

    // a' S⁻¹ a for a = (1 − n/d, −1/d at each reviewer): what the mean and the leniencies add to the uncertainty of mean + submission.
    private static double Quadratic(Cholesky s, List<(int Reviewer, double Score)> scores, int count, double d)
    {
        var own = 1 - count / d;
        var sum = own * own * s.Inverse(0, 0);
        for (var i = 0; i < scores.Count; i++)
        {
            var r = scores[i].Reviewer + 1;
            sum -= 2 * own / d * s.Inverse(r, 0);
            sum += s.Inverse(r, r) / (d * d);
            for (var j = 0; j < i; j++) sum += 2 * s.Inverse(r, scores[j].Reviewer + 1) / (d * d);
        }

        return sum;
    }

    // Minus the logarithm of the restricted likelihood times the priors, the noise at its best value for these ratios. Without a ratio of
    // the reviewers they are taken to be alike.
    private double Misfit(double logSubmission, double? logReviewer)
    {
        logSubmission = Math.Clamp(logSubmission, Least, Most);
        if (logReviewer is { } held) logReviewer = Math.Clamp(held, Least, Most);
        var submission = Math.Exp(logSubmission);
        var (s, right, logD) = Eliminate(submission, logReviewer is { } r ? Math.Exp(r) : 0);
        var factor = Cholesky.Factor(s);
        var noise = Noise(submission, right, factor.Solve(right));
        return 0.5 * ((_count - 1 + NoisePriorWeight) * Math.Log(noise) + logD + factor.LogDeterminant
                      + _bySubmission.Count * logSubmission + ReviewerIds.Count * (logReviewer ?? 0) + Square(logSubmission / PriorWidth));
    }

    // The residual form y'y − (fitted)'y, with the prior as if it were NoisePriorWeight more reviews.
    private double Noise(double submissionRatio, double[] right, double[] u)
    {
        double squares = 0, explained = 0;
        foreach (var scores in _bySubmission)
        {
            squares += scores.Sum(x => x.Score * x.Score);
            explained += Square(scores.Sum(x => x.Score)) / (scores.Count + 1 / submissionRatio);
        }

        for (var k = 0; k < u.Length; k++) explained += u[k] * right[k];
        return (Math.Max(0, squares - explained) + NoisePriorWeight * _noisePrior) / (_count - 1 + NoisePriorWeight);
    }

    private (double[][] S, double[] Right, double LogD) Eliminate(double submissionRatio, double reviewerRatio)
    {
        var size = reviewerRatio == 0 ? 1 : ReviewerIds.Count + 1;
        var s = new double[size][];
        for (var k = 0; k < size; k++) s[k] = new double[k + 1];
        var right = new double[size];
        var logD = 0.0;
        for (var r = 1; r < size; r++) s[r][r] = 1 / reviewerRatio;
        foreach (var scores in _bySubmission)
        {
            var n = scores.Count;
            var d = n + 1 / submissionRatio;
            logD += Math.Log(d);
            var total = scores.Sum(x => x.Score);
            s[0][0] += n - n * n / d;
            right[0] += total - n * total / d;
            if (size == 1) continue;
            foreach (var (r, score) in scores)
            {
                s[r + 1][r + 1] += 1;
                s[r + 1][0] += 1 - n / d;
                right[r + 1] += score - total / d;
                foreach (var (q, _) in scores)
                    if (q <= r) s[r + 1][q + 1] -= 1 / d;
            }
        }

        return (s, right, logD);
    }

    private static double Square(double x) => x * x;
}
