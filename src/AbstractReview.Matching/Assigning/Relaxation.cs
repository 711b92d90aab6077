using System.Numerics;
using System.Runtime.InteropServices;

namespace AbstractReview.Matching;

/// <summary>
/// The assignment without whole numbers: a linear programme that says how good a floor, or a total at a floor, could be at best, which pairs a best
/// solution is made of, and what a review of each reviewer and affinity for each submission are worth.
/// </summary>
/// <remarks>
/// Solved by the primal-dual hybrid gradient with reflected Halpern steps and restarts (Chambolle and Pock 2011 with the step sizes of Pock and
/// Chambolle 2011; Lu and Yang, "Restarted Halpern PDHG for linear programming", 2024). The demands are kept by projection on the capped
/// simplex; the quotas have prices (pi), and the floor has weights (lambda) that in search of the best floor add up to the number of submissions.
/// Any prices and weights prove a bound, so the bound holds however far the iteration has come. Work is counted, never timed.
/// </remarks>
internal sealed class Relaxation
{
    private const int Chunks = 8;

    private readonly Reduced _problem;
    private readonly Candidates _candidates;
    private readonly int[] _wanted;
    private readonly bool[] _floored;
    private readonly long? _floor;
    private readonly double _unit;
    private readonly double _weights;

    private readonly float[] _value, _x, _anchor, _hat;
    private readonly float[] _step;
    private readonly double[] _row, _lambda, _lambdaAnchor, _lambdaHat, _lambdaStep;
    private readonly double[] _load, _pi, _piAnchor, _piHat, _piStep;
    private readonly float[] _price, _theta;
    private readonly double[][] _chunkLoad;
    private readonly double[] _chunkMove;
    private double _omega = 1;

    /// <param name="wanted">Reviews of each submission, those that are pinned not counted.</param>
    /// <param name="floored">The submissions that count for the floor.</param>
    /// <param name="floor">In units: the total is sought at this floor; null seeks the best floor.</param>
    /// <param name="near">An earlier solution with other candidates to begin from.</param>
    public Relaxation(Reduced problem, Candidates candidates, int[] wanted, bool[] floored, long? floor, Relaxation? near = null)
    {
        (_problem, _candidates, _wanted, _floored, _floor) = (problem, candidates, wanted, floored, floor);
        _unit = problem.Scale * problem.Largest;
        _weights = Math.Max(1, floored.Count(counts => counts));
        (_value, _x) = (new float[candidates.Value.Length], new float[candidates.Value.Length]);
        (_anchor, _hat) = (new float[_x.Length], new float[_x.Length]);
        for (var c = 0; c < _value.Length; c++) _value[c] = (float)(candidates.Value[c] / _unit);
        var (submissions, reviewers) = (problem.Submissions, problem.Reviewers);
        (_step, _theta) = (new float[submissions], new float[submissions]);
        (_row, _lambda, _lambdaAnchor, _lambdaHat, _lambdaStep) = (new double[submissions], new double[submissions], new double[submissions], new double[submissions], new double[submissions]);
        (_load, _pi, _piAnchor, _piHat, _piStep, _price) = (new double[reviewers], new double[reviewers], new double[reviewers], new double[reviewers], new double[reviewers], new float[reviewers]);
        (_chunkLoad, _chunkMove) = ([.. Enumerable.Range(0, Chunks).Select(_ => new double[reviewers])], new double[Chunks]);
        Steps();
        Begin(near);
    }

    /// <summary>In units: no floor, or no total at the floor, over the candidates is above this.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    /// <summary>How much of each candidate a best solution takes, 0 to 1.</summary>
    public ReadOnlySpan<float> Shares => _hat;

    /// <summary>What a unit of each submission's affinity is worth; in search of the best floor they add up to the number of submissions that count.</summary>
    public double[] Weights { get; private set; } = [];

    /// <summary>What a review of each reviewer is worth, in parts of the largest affinity.</summary>
    public double[] Prices { get; private set; } = [];

    /// <summary>Iterates until the bound is within <paramref name="gap"/> (a share of it) of what the solution comes to, or <paramref name="most"/> steps are done.</summary>
    public void Run(int most, double gap, CancellationToken cancellation)
    {
        var (sinceRestart, first, before) = (0, double.MaxValue, double.MaxValue);
        for (var step = 1; step <= most; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var move = Step();
            if (sinceRestart == 0) first = move;
            if (step % 40 == 0)
            {
                Note();
                if (Near(gap)) return;
            }
            var restart = move <= 0.2 * first || move <= 0.8 * first && move > before || sinceRestart >= 0.36 * step;
            before = move;
            if (sinceRestart > 1 && restart)
            {
                Restart();
                sinceRestart = 0;
            }
            else Reflect(sinceRestart++);
        }
        Note();
    }

    private void Steps()
    {
        var degree = new int[_pi.Length];
        for (var s = 0; s < _row.Length; s++)
        {
            var (sum, largest) = (0.0, 0f);
            for (var c = _candidates.Start[s]; c < _candidates.Start[s + 1]; c++)
            {
                sum += Math.Abs(_value[c]);
                largest = Math.Max(largest, Math.Abs(_value[c]));
                degree[_candidates.Reviewer[c]]++;
            }
            _step[s] = 1 / (1 + largest);
            _lambdaStep[s] = 1 / Math.Max(1e-3, sum);
        }
        for (var r = 0; r < degree.Length; r++) _piStep[r] = 1.0 / Math.Max(1, degree[r]);
    }

    private void Begin(Relaxation? near)
    {
        for (var s = 0; s < _lambda.Length; s++)
        {
            _lambda[s] = near is not null ? near._lambdaHat[s] : _floor is null && _floored[s] ? 1 : 0;
            // Candidates stand by falling value: the best to begin with.
            for (var q = 0; q < _wanted[s]; q++) _x[_candidates.Start[s] + q] = 1;
        }
        if (near is not null)
        {
            near._piHat.CopyTo(_pi, 0);
            _omega = near._omega;
            for (var s = 0; s < _lambda.Length; s++) CopyShares(near, s);
        }
        Anchor();
    }

    private void CopyShares(Relaxation near, int s)
    {
        var known = new Dictionary<int, float>();
        for (var c = near._candidates.Start[s]; c < near._candidates.Start[s + 1]; c++) known[near._candidates.Reviewer[c]] = near._hat[c];
        for (var c = _candidates.Start[s]; c < _candidates.Start[s + 1]; c++) _x[c] = known.GetValueOrDefault(_candidates.Reviewer[c]);
    }

    private void Anchor()
    {
        _x.CopyTo(_anchor, 0);
        _lambda.CopyTo(_lambdaAnchor, 0);
        _pi.CopyTo(_piAnchor, 0);
    }

    /// <summary>One primal-dual step from where the iteration stands to the hats.</summary>
    /// <returns>How far it went: the fixed point's residual.</returns>
    private double Step()
    {
        for (var r = 0; r < _price.Length; r++) _price[r] = (float)_pi[r];
        if (_x.Length < 20_000)
            for (var chunk = 0; chunk < Chunks; chunk++) StepChunk(chunk);
        else Parallel.For(0, Chunks, StepChunk);
        var move = 0.0;
        for (var chunk = 0; chunk < Chunks; chunk++) move += _chunkMove[chunk] * _omega;
        Array.Clear(_load);
        foreach (var load in _chunkLoad)
            for (var r = 0; r < load.Length; r++) _load[r] += load[r];
        for (var r = 0; r < _pi.Length; r++)
        {
            _piHat[r] = Math.Max(0, _pi[r] + _omega * _piStep[r] * (_load[r] - _problem.MaxLoad[r]));
            var difference = _piHat[r] - _pi[r];
            move += difference * difference / (_omega * _piStep[r]);
        }
        StepWeights();
        for (var s = 0; s < _lambda.Length; s++)
        {
            var difference = _lambdaHat[s] - _lambda[s];
            move += difference * difference / (_omega * _lambdaStep[s]);
        }
        return Math.Sqrt(move);
    }

    private void StepChunk(int chunk)
    {
        var load = _chunkLoad[chunk];
        Array.Clear(load);
        var (from, to) = ((int)((long)_row.Length * chunk / Chunks), (int)((long)_row.Length * (chunk + 1) / Chunks));
        var move = 0.0;
        for (var s = from; s < to; s++)
        {
            var (first, last) = (_candidates.Start[s], _candidates.Start[s + 1]);
            if (first == last) continue;
            var step = (float)(_step[s] / _omega);
            var weight = (float)((_floor is null ? 0 : 1) + _lambda[s]) * step;
            for (var c = first; c < last; c++) _hat[c] = _x[c] + weight * _value[c] - step * _price[_candidates.Reviewer[c]];
            var hat = _hat.AsSpan(first..last);
            var theta = _theta[s] = Threshold(hat, _wanted[s], _theta[s]);
            var (row, moved) = (0f, 0f);
            for (var c = first; c < last; c++)
            {
                var share = Math.Clamp(_hat[c] - theta, 0f, 1f);
                var difference = share - _x[c];
                _hat[c] = share;
                if (difference == 0 && share == 0) continue;
                var reflected = share + difference;
                row += reflected * _value[c];
                moved += difference * difference;
                load[_candidates.Reviewer[c]] += reflected;
            }
            _row[s] = row + _problem.PinnedSum[s] / _unit;
            move += moved / _step[s];
        }
        _chunkMove[chunk] = move;
    }

    /// <summary>The number to be taken off all values so that, held within [0,1], they add up to <paramref name="wanted"/>: Newton's method, safeguarded by bisection.</summary>
    private static float Threshold(ReadOnlySpan<float> values, int wanted, float guess)
    {
        if (wanted >= values.Length) return float.MinValue / 4;
        var (low, high) = (float.MaxValue, float.MinValue);
        foreach (var value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        low -= 1;
        var theta = Math.Clamp(guess, low, high);
        for (var round = 0; round < 60; round++)
        {
            var (sum, inside) = Fill(values, theta);
            var over = sum - wanted;
            if (Math.Abs(over) < 1e-5f) break;
            if (over > 0) low = theta;
            else high = theta;
            var next = inside > 0 ? theta + over / inside : (low + high) / 2;
            theta = next > low && next < high ? next : (low + high) / 2;
        }
        return theta;
    }

    private static (float Sum, float Inside) Fill(ReadOnlySpan<float> values, float theta)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (sums, insides) = (Vector<float>.Zero, Vector<float>.Zero);
        foreach (var vector in vectors)
        {
            var share = vector - new Vector<float>(theta);
            var held = Vector.Min(Vector.Max(share, Vector<float>.Zero), Vector<float>.One);
            sums += held;
            insides += Vector.ConditionalSelect(Vector.Equals(held, share), Vector<float>.One, Vector<float>.Zero);
        }
        var (sum, inside) = (Vector.Sum(sums), Vector.Sum(insides));
        for (var at = vectors.Length * Vector<float>.Count; at < values.Length; at++)
        {
            var share = values[at] - theta;
            var held = Math.Clamp(share, 0f, 1f);
            sum += held;
            if (held == share) inside++;
        }
        return (sum, inside);
    }

    private void StepWeights()
    {
        if (_floor is { } floor)
        {
            for (var s = 0; s < _lambda.Length; s++)
                _lambdaHat[s] = _floored[s] ? Math.Max(0, _lambda[s] + _omega * _lambdaStep[s] * (floor / _unit - _row[s])) : 0;
            return;
        }
        // The weights fall with the sums and rise together by what keeps their own sum; that level is where the floor is believed.
        var (low, high) = (double.MaxValue, double.MinValue);
        for (var s = 0; s < _lambda.Length; s++)
        {
            if (!_floored[s]) continue;
            low = Math.Min(low, _row[s] - _lambda[s] / (_omega * _lambdaStep[s]));
            high = Math.Max(high, _row[s] + (_weights - _lambda[s]) / (_omega * _lambdaStep[s]));
        }
        var level = (low + high) / 2;
        for (var round = 0; round < 60; round++)
        {
            var (sum, slope) = (0.0, 0.0);
            for (var s = 0; s < _lambda.Length; s++)
            {
                if (!_floored[s]) continue;
                var weight = _lambda[s] + _omega * _lambdaStep[s] * (level - _row[s]);
                if (weight <= 0) continue;
                sum += weight;
                slope += _omega * _lambdaStep[s];
            }
            if (Math.Abs(sum - _weights) < 1e-9 * _weights) break;
            if (sum > _weights) high = level;
            else low = level;
            var next = slope > 0 ? level - (sum - _weights) / slope : (low + high) / 2;
            level = next > low && next < high ? next : (low + high) / 2;
        }
        for (var s = 0; s < _lambda.Length; s++)
            _lambdaHat[s] = _floored[s] ? Math.Max(0, _lambda[s] + _omega * _lambdaStep[s] * (level - _row[s])) : 0;
    }

    /// <summary>Halpern's step, reflected: beyond the hats, and drawn to the anchor the less the longer since it was set.</summary>
    private void Reflect(int k)
    {
        var (far, home) = ((float)((k + 1.0) / (k + 2)), (float)(1.0 / (k + 2)));
        Blend(_x, _hat, _anchor, far, home);
        for (var s = 0; s < _lambda.Length; s++) _lambda[s] = far * (2 * _lambdaHat[s] - _lambda[s]) + home * _lambdaAnchor[s];
        for (var r = 0; r < _pi.Length; r++) _pi[r] = far * (2 * _piHat[r] - _pi[r]) + home * _piAnchor[r];
    }

    private static void Blend(float[] x, float[] hat, float[] anchor, float far, float home)
    {
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x.AsSpan());
        var hats = MemoryMarshal.Cast<float, Vector<float>>(hat.AsSpan());
        var anchors = MemoryMarshal.Cast<float, Vector<float>>(anchor.AsSpan());
        for (var at = 0; at < xs.Length; at++) xs[at] = far * (2 * hats[at] - xs[at]) + home * anchors[at];
        for (var at = xs.Length * Vector<float>.Count; at < x.Length; at++) x[at] = far * (2 * hat[at] - x[at]) + home * anchor[at];
    }

    /// <summary>Begins again from the hats, with the weight between the two sides that their ways since the last time suggest.</summary>
    private void Restart()
    {
        var (primal, dual) = (0.0, 0.0);
        for (var s = 0; s < _lambda.Length; s++)
        {
            for (var c = _candidates.Start[s]; c < _candidates.Start[s + 1]; c++) primal += (_hat[c] - _anchor[c]) * (_hat[c] - _anchor[c]) / _step[s];
            dual += (_lambdaHat[s] - _lambdaAnchor[s]) * (_lambdaHat[s] - _lambdaAnchor[s]) / _lambdaStep[s];
        }
        for (var r = 0; r < _pi.Length; r++) dual += (_piHat[r] - _piAnchor[r]) * (_piHat[r] - _piAnchor[r]) / _piStep[r];
        if (primal > 1e-12 && dual > 1e-12) _omega = Math.Clamp(Math.Exp(0.5 * Math.Log(Math.Sqrt(dual / primal)) + 0.5 * Math.Log(_omega)), 1e-4, 1e4);
        _hat.CopyTo(_x, 0);
        _lambdaHat.CopyTo(_lambda, 0);
        _piHat.CopyTo(_pi, 0);
        Anchor();
    }

    /// <summary>Takes the hats' weights and prices if they prove a lower bound.</summary>
    private void Note()
    {
        var bound = new Bounding(_problem, _wanted, _floor).Over(_candidates, _value, _lambdaHat, _piHat);
        if (bound < Bound) (Bound, Weights, Prices) = (bound, [.. _lambdaHat], [.. _piHat]);
    }

    /// <summary>Whether the solution, its overloads priced, comes near the bound.</summary>
    private bool Near(double gap)
    {
        var (least, total, missed) = (double.MaxValue, 0.0, 0.0);
        Array.Clear(_load);
        for (var s = 0; s < _row.Length; s++)
        {
            var sum = _problem.PinnedSum[s] / _unit;
            for (var c = _candidates.Start[s]; c < _candidates.Start[s + 1]; c++)
            {
                sum += _hat[c] * _value[c];
                _load[_candidates.Reviewer[c]] += _hat[c];
            }
            total += sum;
            if (!_floored[s]) continue;
            least = Math.Min(least, sum);
            if (_floor is { } floor) missed += Math.Max(0, floor / _unit - sum) * (1 + _lambdaHat[s]);
        }
        var dearest = Math.Max(1e-9, _piHat.Length == 0 ? 0 : _piHat.Max());
        for (var r = 0; r < _load.Length; r++) missed += Math.Max(0, _load[r] - _problem.MaxLoad[r]) * dearest;
        var reached = _floor is null ? least - missed / _weights : total - missed;
        return Bound / _unit - reached <= gap * Math.Abs(Bound / _unit);
    }
}
