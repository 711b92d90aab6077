using AbstractReview.Domain.Reviews;

namespace AbstractReview.Domain.Tests.Reviews;

/// <summary>
/// The calibrated scores told anew from their definition and by none of the product's code: y = mean + submission + reviewer + noise with the
/// variance V = I + p A + q B of all reviews at once, where A and B are 1 for two reviews of one submission and of one reviewer. Every step is
/// textbook (Searle, Casella, McCulloch 1992, chapters 6 and 7) and costs the cube of the reviews.
/// </summary>
internal sealed class PlainCalibration
{
    private const double PriorReviews = 2, PriorWidth = 1.5, ByChance = 2.7055434540954146, Least = -7, Most = 5;

    private readonly IReadOnlyList<Scored> _scores;
    private readonly double _guess;

    public PlainCalibration(IReadOnlyList<Scored> scores, double min, double max)
    {
        (_scores, _guess) = (scores, Math.Pow((max - min) / 5, 2));
        var alone = Likeliest(false);
        var both = scores.Select(s => s.Reviewer).Distinct().Count() < 2 ? alone : Likeliest(true);
        var evidence = 2 * (alone.Misfit - both.Misfit);
        var kept = evidence > ByChance ? 1 - ByChance / evidence : 0;
        Ratios = (Math.Exp(kept * both.P + (1 - kept) * alone.P), kept > 0 ? kept * Math.Exp(both.Q) : 0);
        var (at, n) = (new Terms(this, Ratios.P, Ratios.Q), scores.Count);
        (Mean, Noise) = (at.Mean, at.Noise);
        Leniency = scores.Select(s => s.Reviewer).Distinct().ToDictionary(r => r, r => Ratios.Q * Sum(k => scores[k].Reviewer == r ? at.Rest[k] : 0));
        var freedom = n - 1 + PriorReviews;
        const double z = 1.6448536269514722;
        var t = z + (Math.Pow(z, 3) + z) / (4 * freedom) + (5 * Math.Pow(z, 5) + 16 * Math.Pow(z, 3) + 3 * z) / (96 * freedom * freedom);
        Submissions = scores.Select(s => s.Submission).Distinct().ToDictionary(i => i, i =>
        {
            var own = scores.Select(s => s.Submission == i ? Ratios.P : 0).ToArray();
            var told = at.Inverse.Select(row => Sum(k => row[k] * own[k])).ToArray();
            var error = Ratios.P - Sum(k => own[k] * told[k]) + Math.Pow(1 - told.Sum(), 2) / at.Weight;
            var (score, half) = (Mean + Sum(k => own[k] * at.Rest[k]), t * Math.Sqrt(Noise * error));
            return (score, score - half, score + half);
        });
    }

    public double Mean { get; }
    public double Noise { get; }
    public (double P, double Q) Ratios { get; }
    public IReadOnlyDictionary<int, (double Score, double Low, double High)> Submissions { get; }
    public IReadOnlyDictionary<int, double> Leniency { get; }

    private double Sum(Func<int, double> of) => Enumerable.Range(0, _scores.Count).Sum(of);

    // A coarse net, then Newton's method on the slope, whose own slopes are differences.
    private (double P, double Q, double Misfit) Likeliest(bool reviewers)
    {
        var net = Enumerable.Range(-3, 6).Select(i => 2.0 * i).ToList();
        var (p, q) = net.SelectMany(a => (reviewers ? net : [double.NegativeInfinity]).Select(b => (a, b))).MinBy(x => At(x.a, x.b).Misfit);
        for (var i = 0; i < 60; i++)
        {
            const double h = 1e-4;
            var g = At(p, q).Slope;
            var (east, west) = (At(p + h, q).Slope, At(p - h, q).Slope);
            var (north, south) = reviewers ? (At(p, q + h).Slope, At(p, q - h).Slope) : ((0.0, 2 * h), (0.0, 0.0));
            var (aa, ab, bb) = ((east.P - west.P) / (2 * h), (east.Q - west.Q) / (2 * h), (north.Item2 - south.Item2) / (2 * h));
            var det = aa * bb - ab * ab;
            // Uphill, where only the slope tells the way.
            var step = det > 0 && aa > 0 ? (P: -(bb * g.P - ab * g.Q) / det, Q: -(aa * g.Q - ab * g.P) / det) : (P: -Math.Sign(g.P) * 0.5, Q: -Math.Sign(g.Q) * 0.5);
            (p, q) = (Math.Clamp(p + Math.Clamp(step.P, -1, 1), Least, Most), reviewers ? Math.Clamp(q + Math.Clamp(step.Q, -1, 1), Least, Most) : q);
            if (Math.Abs(step.P) + Math.Abs(step.Q) < 1e-11) break;
        }

        return (p, q, At(p, q).Misfit);
    }

    private (double Misfit, (double P, double Q) Slope) At(double logP, double logQ)
    {
        var terms = new Terms(this, Math.Exp(logP), Math.Exp(logQ));
        var misfit = ((_scores.Count - 1 + PriorReviews) * Math.Log(terms.Noise) + terms.LogDeterminant + Math.Log(terms.Weight) + Math.Pow(logP / PriorWidth, 2)) / 2;
        return (misfit, (terms.Slope(s => s.Submission, Math.Exp(logP)) + logP / (PriorWidth * PriorWidth), terms.Slope(s => s.Reviewer, Math.Exp(logQ))));
    }

    private sealed class Terms
    {
        private readonly IReadOnlyList<Scored> _scores;
        private readonly double[] _sums;

        public Terms(PlainCalibration of, double p, double q)
        {
            _scores = of._scores;
            var n = _scores.Count;
            var v = _scores.Select((s, k) => _scores.Select((o, l) => (k == l ? 1 : 0) + (s.Submission == o.Submission ? p : 0) + (s.Reviewer == o.Reviewer ? q : 0)).ToArray()).ToArray();
            (Inverse, LogDeterminant) = Invert(v);
            _sums = Inverse.Select(row => row.Sum()).ToArray();
            Weight = _sums.Sum();
            Mean = of.Sum(k => _sums[k] * _scores[k].Score) / Weight;
            Rest = Inverse.Select(row => of.Sum(k => row[k] * (_scores[k].Score - Mean))).ToArray();
            Noise = (of.Sum(k => Rest[k] * (_scores[k].Score - Mean)) + PriorReviews * of._guess) / (n - 1 + PriorReviews);
        }

        public double[][] Inverse { get; }
        public double LogDeterminant { get; }
        public double Weight { get; }
        public double Mean { get; }
        public double[] Rest { get; }
        public double Noise { get; }

        // Along the logarithm of the ratio: half of ratio × (trace of P A − y'P A P y / noise), P the inverse with the mean taken off.
        public double Slope(Func<Scored, int> kind, double ratio)
        {
            var (trace, form) = (0.0, 0.0);
            foreach (var group in Enumerable.Range(0, _scores.Count).GroupBy(k => kind(_scores[k])))
            {
                trace += group.Sum(k => group.Sum(l => Inverse[k][l])) - Math.Pow(group.Sum(k => _sums[k]), 2) / Weight;
                form += Math.Pow(group.Sum(k => Rest[k]), 2);
            }

            return ratio * (trace - form / Noise) / 2;
        }

        // Gauss and Jordan. The matrix is positive definite, so the pivots are where they are.
        private static (double[][] Inverse, double LogDeterminant) Invert(double[][] a)
        {
            var log = 0.0;
            for (var k = 0; k < a.Length; k++)
            {
                var (pivot, row) = (a[k][k], a[k]);
                log += Math.Log(pivot);
                row[k] = 1;
                for (var j = 0; j < a.Length; j++) row[j] /= pivot;
                for (var i = 0; i < a.Length; i++)
                {
                    if (i == k) continue;
                    var (other, times) = (a[i], a[i][k]);
                    other[k] = 0;
                    for (var j = 0; j < a.Length; j++) other[j] -= times * row[j];
                }
            }

            return (a, log);
        }
    }
}
