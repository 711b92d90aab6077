namespace AbstractReview.Domain.Reviews;

/// <summary>
/// Variances of the additive model by Henderson's method 1 (Biometrics 9, 1953): sums of squares set to what they are expected to be.
/// Unbiased, found in one pass, and good enough to begin the search for the likeliest ones at.
/// </summary>
internal static class Moments
{
    /// <summary>Variances of submissions and of reviewers as multiples of the noise, held within 1/20 and 20.</summary>
    /// <param name="bySubmission">The scores of each submission, their mean taken off; each with the reviewer's place, 0 and up.</param>
    /// <param name="reviewers">How many reviewers there are.</param>
    public static (double Submissions, double Reviewers) Ratios(IReadOnlyList<List<(int Reviewer, double Score)>> bySubmission, int reviewers)
    {
        double n = 0, all = 0, squares = 0, submissions = 0, k1 = 0;
        var counts = new double[reviewers];
        var sums = new double[reviewers];
        foreach (var scores in bySubmission)
        {
            var total = scores.Sum(s => s.Score);
            n += scores.Count;
            all += total;
            k1 += (double)scores.Count * scores.Count;
            submissions += total * total / scores.Count;
            foreach (var (reviewer, score) in scores)
            {
                squares += score * score;
                counts[reviewer]++;
                sums[reviewer] += score;
            }
        }

        var mean = all * all / n;
        k1 /= n;
        var k2 = counts.Sum(c => c * c) / n;
        var byReviewer = counts.Zip(sums, (c, s) => s * s / c).Sum();
        var (a, b, e) = Solve(
            (n - k1, n - k2, n - 1, squares - mean),
            (n - k1, bySubmission.Count - k2, bySubmission.Count - 1, submissions - mean),
            (reviewers - k1, n - k2, reviewers - 1, byReviewer - mean));
        return (Held(a / e), Held(b / e));
    }

    private static double Held(double ratio) => double.IsFinite(ratio) ? Math.Clamp(ratio, 0.05, 20) : 0.5;

    // Cramer's rule; what cannot be told comes out as no number, and is held.
    private static (double A, double B, double C) Solve((double A, double B, double C, double R) p, (double A, double B, double C, double R) q, (double A, double B, double C, double R) r)
    {
        var all = Determinant((p.A, p.B, p.C), (q.A, q.B, q.C), (r.A, r.B, r.C));
        return (Determinant((p.R, p.B, p.C), (q.R, q.B, q.C), (r.R, r.B, r.C)) / all,
            Determinant((p.A, p.R, p.C), (q.A, q.R, q.C), (r.A, r.R, r.C)) / all,
            Determinant((p.A, p.B, p.R), (q.A, q.B, q.R), (r.A, r.B, r.R)) / all);
    }

    private static double Determinant((double A, double B, double C) p, (double A, double B, double C) q, (double A, double B, double C) r)
        => p.A * (q.B * r.C - q.C * r.B) - p.B * (q.A * r.C - q.C * r.A) + p.C * (q.A * r.B - q.B * r.A);
}
