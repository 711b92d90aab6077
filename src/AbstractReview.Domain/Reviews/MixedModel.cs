namespace AbstractReview.Domain.Reviews;

/// <summary>
/// The equations behind <see cref="Calibration"/>. Variances are written as ratios to the noise. With D the diagonal
/// n_i + 1/ratio of the submissions, what is left after their elimination is S over the mean and the reviewers; S is positive definite.
/// </summary>
internal sealed class MixedModel
{
    /// <summary>Reviews that the prior on the noise is worth.</summary>
    public const double NoisePriorWeight = 2;

    // Weak priors on the logarithms of the two ratios: submissions differ about as much as the noise, reviewers half as much,
    // give or take a factor of exp(1.5) ≈ 4.5 each way.
    private const double PriorWidth = 1.5;
    private static readonly double SubmissionPrior = Math.Log(1.0), ReviewerPrior = Math.Log(0.5);

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

    /// <summary>The ratios of the variances of submissions and of reviewers to the noise that maximise the restricted likelihood with its priors.</summary>
    public (double Submissions, double Reviewers) MostLikely()
    {
        var best = Simplex.Lowest(x => Misfit(x.A, x.B), (SubmissionPrior, ReviewerPrior), step: 1, tolerance: 1e-3);
        return (Math.Exp(best.A), Math.Exp(best.B));
    }

    public Fit Solve(double submissionRatio, double reviewerRatio)
    {
        var (s, right, _) = Eliminate(submissionRatio, reviewerRatio);
        var factor = Cholesky.Factor(s);
        var u = factor.Solve(right);
        var inverse = factor.Inverse();
        var effects = new double[_bySubmission.Count];
        var errors = new double[_bySubmission.Count];
        for (var i = 0; i < effects.Length; i++)
        {
            var scores = _bySubmission[i];
            var d = scores.Count + 1 / submissionRatio;
            effects[i] = scores.Sum(x => x.Score - u[0] - u[x.Reviewer + 1]) / d;
            errors[i] = 1 / d + Quadratic(inverse, scores, d);
        }

        return new Fit(u[0] + _centre, effects, u[1..], errors, Noise(submissionRatio, right, u));
    }

    // a' S⁻¹ a for a = (1 − n/d, −1/d at each reviewer): what the mean and the leniencies add to the uncertainty of mean + submission.
    private static double Quadratic(double[][] inverse, List<(int Reviewer, double Score)> scores, double d)
    {
        var own = 1 - scores.Count / d;
        var sum = own * own * inverse[0][0];
        foreach (var (r, _) in scores)
        {
            sum -= 2 * own / d * inverse[r + 1][0];
            foreach (var (q, _) in scores) sum += inverse[Math.Max(r, q) + 1][Math.Min(r, q) + 1] / (d * d);
        }

        return sum;
    }

    // Minus the logarithm of the restricted likelihood times the priors, the noise at its best value for these ratios.
    private double Misfit(double logSubmission, double logReviewer)
    {
        double submission = Math.Exp(logSubmission), reviewer = Math.Exp(logReviewer);
        var (s, right, logD) = Eliminate(submission, reviewer);
        var factor = Cholesky.Factor(s);
        var noise = Noise(submission, right, factor.Solve(right));
        return 0.5 * ((_count - 1 + NoisePriorWeight) * Math.Log(noise) + logD + factor.LogDeterminant
                      + _bySubmission.Count * logSubmission + ReviewerIds.Count * logReviewer
                      + Square((logSubmission - SubmissionPrior) / PriorWidth) + Square((logReviewer - ReviewerPrior) / PriorWidth));
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
        var size = ReviewerIds.Count + 1;
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
