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

    // What is left of the squared distance from the answer when steps no longer bring it nearer.
    private const double Smallest = 1e-28;

    // Reviewers from which on a search is worth taking up, and how far logarithms of ratios move when some reviews come.
    private const int Many = 100;
    private const double Near = 0.25;

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
    /// <param name="LogDeterminant">Of the mixed-model equations.</param>
    /// <param name="Traces">Sums of the prediction error variances of the submissions' effects and of the reviewers', as multiples of the noise.</param>
    public sealed record Fit(double Mean, double[] Submission, double[] Reviewer, double[] Error, double Noise, double LogDeterminant, (double Submissions, double Reviewers) Traces);

    public IReadOnlyList<int> SubmissionIds { get; }
    public IReadOnlyList<int> ReviewerIds { get; }
    public IReadOnlyList<(int Reviewer, double Score)> ScoresOf(int submission) => _bySubmission[submission];

    /// <summary>
    /// The ratios of the variances of submissions and of reviewers to the noise that maximise the restricted likelihood with its priors,
    /// the reviewers' shrunk by the non-negative garrote (Breiman, Technometrics 37, 1995): to 0 where the reviews give no evidence that
    /// reviewers differ, hardly at all where they give plenty, without a jump in between. With them, where the search ended; null where it
    /// was not needed or ran to a bound, where nothing tells the next one the way.
    /// </summary>
    /// <param name="before">Where the search ended for nearly the same reviews: it takes half the steps from there, to the same end.</param>
    public (VarianceRatios Ratios, RatioSearch? Search) MostLikely(RatioSearch? before)
    {
        var start = Moments.Ratios(_bySubmission, ReviewerIds.Count);
        var alone = Descent.Lowest((a, _) => Misfit(a, null), (Math.Log(start.Submissions), 0), Least, Most);
        if (ReviewerIds.Count < 2) return (new VarianceRatios(Math.Exp(alone.A), 0), null);
        var both = Again(before) ?? Descent.Lowest((a, b) => Misfit(a, b), (Math.Log(start.Submissions), Math.Log(start.Reviewers)), Least, Most);
        var evidence = 2 * (alone.F - both.F);
        var kept = evidence > ByChance ? 1 - ByChance / evidence : 0;
        var inside = both is { A: > Least and < Most, B: > Least and < Most, Sure: true };
        return (new VarianceRatios(Math.Exp(kept * both.A + (1 - kept) * alone.A), kept * Math.Exp(both.B)), inside ? new RatioSearch(both.A, both.B, both.Inverse) : null);
    }

    // From where the last search ended, if that was near. Few reviewers are searched afresh: that costs little, and few reviews may have two hills.
    private Descent.End? Again(RatioSearch? before)
    {
        if (before is null || ReviewerIds.Count < Many) return null;
        var end = Descent.Lowest((a, b) => Misfit(a, b), (before.LogSubmissions, before.LogReviewers), Least, Most, before.Inverse);
        return end.Sure && Math.Abs(end.A - before.LogSubmissions) + Math.Abs(end.B - before.LogReviewers) < Near ? end : null;
    }

    /// <param name="submissionRatio">Variance of the submissions, as a multiple of the noise; above 0.</param>
    /// <param name="reviewerRatio">The same of the reviewers; 0 where they are taken to be alike.</param>
    public Fit Solve(double submissionRatio, double reviewerRatio)
    {
        var (s, right, logD) = Eliminate(submissionRatio, reviewerRatio);
        var factor = Cholesky.Factor(s);
        var u = factor.Solve(right);
        var alike = reviewerRatio == 0;
        var effects = new double[_bySubmission.Count];
        var errors = new double[_bySubmission.Count];
        var trace = 0.0;
        // Of S⁻¹, what many submissions ask for.
        var mean = Enumerable.Range(0, u.Length).Select(r => factor.Inverse(r, 0)).ToArray();
        var diagonal = Enumerable.Range(0, u.Length).Select(r => factor.Inverse(r, r)).ToArray();
        for (var i = 0; i < effects.Length; i++)
        {
            var scores = _bySubmission[i];
            var n = scores.Count;
            var d = n + 1 / submissionRatio;
            effects[i] = scores.Sum(x => x.Score - u[0] - (alike ? 0 : u[x.Reviewer + 1])) / d;
            var form = new Form(factor, mean, diagonal, alike ? [] : scores);
            // What the mean and the leniencies add to the uncertainty of mean + submission, and of the submission's effect alone.
            errors[i] = 1 / d + form.At(1 - n / d, -1 / d);
            trace += 1 / d + form.At(n / d, 1 / d);
        }

        return new Fit(u[0] + _centre, effects, alike ? new double[ReviewerIds.Count] : u[1..], errors, Noise(submissionRatio, right, u), logD + factor.LogDeterminant, (trace, diagonal[1..].Sum()));
    }

    /// <summary>
    /// The reviewers' effects alone, for ratios as in <see cref="Solve"/>, by conjugate gradients (Hestenes, Stiefel, J. Res. Nat. Bur. Stand. 49,
    /// 1952) scaled by the diagonal: a step reads each score twice, and some thirty are enough, where a factor would take the cube of the reviewers.
    /// </summary>
    public double[] Leniencies(double submissionRatio, double reviewerRatio)
    {
        if (reviewerRatio == 0) return new double[ReviewerIds.Count];
        var (diagonal, rest) = Ends(submissionRatio, reviewerRatio);
        var x = new double[rest.Length];
        var scaled = rest.Zip(diagonal, (r, d) => r / d).ToArray();
        var along = (double[])scaled.Clone();
        var (first, left) = (Dot(rest, scaled), Dot(rest, scaled));
        // In exact arithmetic as many steps as there are unknowns would do.
        for (var step = 0; step < 10 * x.Length && left > first * Smallest; step++)
        {
            var image = Times(along, submissionRatio, reviewerRatio);
            var length = left / Dot(along, image);
            for (var k = 0; k < x.Length; k++)
            {
                x[k] += length * along[k];
                rest[k] -= length * image[k];
                scaled[k] = rest[k] / diagonal[k];
            }

            var before = left;
            left = Dot(rest, scaled);
            for (var k = 0; k < x.Length; k++) along[k] = scaled[k] + left / before * along[k];
        }

        return x[1..];
    }

    // S x, without S.
    private double[] Times(double[] x, double submissionRatio, double reviewerRatio)
    {
        var image = new double[x.Length];
        for (var r = 1; r < x.Length; r++) image[r] = x[r] / reviewerRatio;
        foreach (var scores in _bySubmission)
        {
            var sum = 0.0;
            foreach (var (r, _) in scores) sum += x[0] + x[r + 1];
            var share = sum / (scores.Count + 1 / submissionRatio);
            image[0] += sum - scores.Count * share;
            foreach (var (r, _) in scores) image[r + 1] += x[0] + x[r + 1] - share;
        }

        return image;
    }

    // The diagonal of S and the right side.
    private (double[] Diagonal, double[] Right) Ends(double submissionRatio, double reviewerRatio)
    {
        var (diagonal, right) = (new double[ReviewerIds.Count + 1], new double[ReviewerIds.Count + 1]);
        Array.Fill(diagonal, 1 / reviewerRatio, 1, ReviewerIds.Count);
        foreach (var scores in _bySubmission)
        {
            var (n, d) = (scores.Count, scores.Count + 1 / submissionRatio);
            var share = scores.Sum(x => x.Score) / d;
            diagonal[0] += n - n * n / d;
            right[0] += share * d - n * share;
            foreach (var (r, score) in scores)
            {
                diagonal[r + 1] += 1 - 1 / d;
                right[r + 1] += score - share;
            }
        }

        return (diagonal, right);
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    // The form a' S⁻¹ a for a that is one number at the mean and another at each reviewer of one submission.
    private readonly struct Form
    {
        private readonly double _mean, _between, _reviewers;

        public Form(Cholesky s, double[] mean, double[] diagonal, List<(int Reviewer, double Score)> scores)
        {
            _mean = mean[0];
            for (var i = 0; i < scores.Count; i++)
            {
                var r = scores[i].Reviewer + 1;
                _between += mean[r];
                _reviewers += diagonal[r];
                for (var j = 0; j < i; j++) _reviewers += 2 * s.Inverse(r, scores[j].Reviewer + 1);
            }
        }

        public double At(double mean, double reviewer) => mean * mean * _mean + 2 * mean * reviewer * _between + reviewer * reviewer * _reviewers;
    }

    // Minus the logarithm of the restricted likelihood times the priors, the noise at its best value for these ratios. Without a ratio of
    // the reviewers they are taken to be alike. Its slope is the difference between what an effect's squares are and what they are expected to be.
    private Descent.Point Misfit(double logSubmission, double? logReviewer)
    {
        var (submission, reviewer) = (Math.Exp(logSubmission), logReviewer is { } log ? Math.Exp(log) : 0);
        var fit = Solve(submission, reviewer);
        var f = (_count - 1 + NoisePriorWeight) * Math.Log(fit.Noise) + fit.LogDeterminant
                + _bySubmission.Count * logSubmission + ReviewerIds.Count * (logReviewer ?? 0) + Square(logSubmission / PriorWidth);
        var (a, bendA) = Slope(fit.Submission, fit.Traces.Submissions, submission, fit.Noise);
        var (b, bendB) = reviewer == 0 ? (0, 1) : Slope(fit.Reviewer, fit.Traces.Reviewers, reviewer, fit.Noise);
        var prior = 1 / Square(PriorWidth);
        return new Descent.Point(logSubmission, logReviewer ?? 0, f / 2, (a / 2 + prior * logSubmission, b / 2), (bendA / 2 + prior, bendB / 2));
    }

    // Along the logarithm of a ratio; the bend is Fisher's information, as if all effects were told equally well.
    private static (double Slope, double Bend) Slope(double[] effects, double trace, double ratio, double noise)
    {
        var told = effects.Length - trace / ratio;
        return (told - effects.Sum(Square) / (noise * ratio), Math.Max(told * told / effects.Length, 1e-6));
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
