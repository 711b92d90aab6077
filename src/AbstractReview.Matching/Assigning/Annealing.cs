namespace AbstractReview.Matching;

/// <summary>
/// Raises the lowest sums of an assignment, or its total, by very many small exchanges, at first also such as make it worse (simulated annealing;
/// Kirkpatrick, Gelatt and Vecchi 1983): a submission takes a reviewer with room; or takes another's reviewer, who gets the one given up, or one with room, or one of a third
/// submission. Where rivalry sets the floor this finds what chains of gains cannot, as those end where no single chain gains. The random
/// numbers are seeded: every run is alike.
/// </summary>
internal sealed class Annealing
{
    private const int Reheats = 8;
    private const double Cooling = 500;

    private readonly Reduced _problem;
    private readonly Candidates _candidates;
    private readonly OpenValues _open;
    private readonly int _width;
    private readonly int[] _held, _count, _load, _active;
    private readonly float[] _sum, _weight;
    private readonly int[][] _holders;
    private readonly Short _short;
    private ulong _state;
    private float _floor;
    private bool _forTotal;

    /// <param name="seed">Not 0.</param>
    public Annealing(Reduced problem, Candidates candidates, OpenValues open, IEnumerable<Pair> pairs, ulong seed)
    {
        (_problem, _candidates, _open, _state) = (problem, candidates, open, seed * 0x9E3779B97F4A7C15);
        _width = Math.Max(1, problem.MostDemanded);
        (_held, _count, _load) = (new int[problem.Submissions * _width], new int[problem.Submissions], new int[problem.Reviewers]);
        _sum = [.. problem.PinnedSum.Select(sum => (float)(sum / open.Unit))];
        _weight = new float[problem.Submissions];
        // A chain may pass through a full reviewer: one place more is kept for that.
        _holders = [.. problem.MaxLoad.Select(load => new int[Math.Min(load, problem.Submissions) + 1])];
        _short = new Short(problem.Submissions);
        foreach (var (s, r) in pairs)
        {
            _held[s * _width + _count[s]++] = r;
            _sum[s] += _open[s, r];
            _holders[r][_load[r]++] = s;
        }
        _active = [.. Enumerable.Range(0, problem.Submissions).Where(s => _count[s] > 0)];
    }

    public IEnumerable<Pair> Pairs()
    {
        foreach (var s in _active)
            for (var q = 0; q < _count[s]; q++) yield return new Pair(s, _held[s * _width + q]);
    }

    /// <summary>
    /// Brings every sum to the floor: what counts is the sum of the squares of what the submissions lack, those that stay short from one heat to the
    /// next counting more.
    /// </summary>
    /// <param name="floor">In units.</param>
    /// <param name="steps">Exchanges tried at most; it ends as soon as the floor is reached.</param>
    /// <param name="warm">What a submission may lack for a while at the beginning, as a share of the floor.</param>
    /// <returns>Whether the floor is reached.</returns>
    public bool Reach(long floor, long steps, double warm, CancellationToken cancellation)
    {
        // A hair above, as sums are told in whole units.
        (_floor, _forTotal) = ((float)((floor + 2) / _open.Unit), false);
        Array.Fill(_weight, 1);
        foreach (var s in _active) _short.Mark(s, _sum[s] < _floor);
        var hot = Math.Pow(warm * Math.Max(0.01, Math.Abs(_floor)), 2);
        for (var heat = 0; heat < Reheats && _short.Any; heat++)
        {
            Cool(hot, hot / (Cooling * Cooling), steps / Reheats, cancellation);
            hot *= 0.7;
            foreach (var s in _short.Members) _weight[s] *= 2;
        }
        return !_short.Any;
    }

    /// <summary>Betters the total; no sum falls below the floor, or further below.</summary>
    /// <param name="floor">In units.</param>
    /// <param name="steps">Exchanges tried.</param>
    /// <param name="warm">The loss borne for a while at the beginning, in parts of the largest affinity.</param>
    public void Better(long floor, long steps, double warm, CancellationToken cancellation)
    {
        (_floor, _forTotal) = ((float)((floor + 2) / _open.Unit), true);
        foreach (var s in _active) _short.Mark(s, false);
        Cool(warm, warm / Cooling, steps, cancellation);
    }

    private void Cool(double hot, double cold, long steps, CancellationToken cancellation)
    {
        var temperature = 0f;
        for (var step = 0L; step < steps; step++)
        {
            if ((step & 1023) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!_forTotal && !_short.Any) return;
                temperature = (float)(hot * Math.Pow(cold / hot, (double)step / steps));
            }
            Try(temperature);
        }
    }

    private void Try(float temperature)
    {
        // Those below the floor try as often as all the others together.
        var s = _short.Any && (Draw() & 1) == 0 ? _short[Next(_short.Count)] : _active[Next(_active.Length)];
        var at = s * _width + Next(_count[s]);
        var given = _held[at];
        var start = _candidates.Start[s];
        var taken = _candidates.Reviewer[start + Next(_candidates.Start[s + 1] - start)];
        if (Position(s, taken) >= 0) return;
        var borne = temperature * -MathF.Log(((Draw() >> 8) + 1) / 16777217f);
        var cost = Cost(s, _sum[s] - _open[s, given] + _open[s, taken]);
        if (_load[taken] < _problem.MaxLoad[taken])
        {
            if (cost <= borne && _load[given] > _problem.MinLoad[given]) Swap(s, at, taken);
            return;
        }
        // Only what the others gain could make up for it, which is seldom more than is borne.
        if (cost < float.MaxValue) Displace(s, at, taken, cost, borne);
    }

    /// <summary>A holder of <paramref name="taken"/> gives it up for the one given, or for one with room, or for one that a third submission gives up.</summary>
    private void Displace(int s, int at, int taken, float cost, float borne)
    {
        var given = _held[at];
        var other = _holders[taken][Next(_load[taken])];
        var rest = _sum[other] - _open[other, taken];
        if ((Draw() & 1) == 0)
        {
            var back = _open[other, given];
            if (back == OpenValues.Closed || Position(other, given) >= 0 || cost + Cost(other, rest + back) > borne) return;
            Swap(s, at, taken);
            Swap(other, Position(other, taken), given);
            return;
        }
        var start = _candidates.Start[other];
        var third = _candidates.Reviewer[start + Next(_candidates.Start[other + 1] - start)];
        if (third == given || Position(other, third) >= 0) return;
        cost += Cost(other, rest + _open[other, third]);
        if (_load[third] < _problem.MaxLoad[third])
        {
            if (_load[given] <= _problem.MinLoad[given] || cost > borne) return;
            Swap(s, at, taken);
            Swap(other, Position(other, taken), third);
            return;
        }
        var last = _holders[third][Next(_load[third])];
        if (last == s || last == other || _open[last, given] is var gets && (gets == OpenValues.Closed || Position(last, given) >= 0)) return;
        if (cost + Cost(last, _sum[last] - _open[last, third] + gets) > borne) return;
        Swap(s, at, taken);
        Swap(other, Position(other, taken), third);
        Swap(last, Position(last, third), given);
    }

    /// <summary>What it costs that a submission's sum becomes another.</summary>
    private float Cost(int s, float sum)
    {
        if (_forTotal) return sum < _floor && sum < _sum[s] ? float.MaxValue : _sum[s] - sum;
        var (now, then) = (Math.Max(0, _floor - _sum[s]), Math.Max(0, _floor - sum));
        return _weight[s] * (then * then - now * now);
    }

    private void Swap(int s, int at, int taken)
    {
        var given = _held[at];
        var holders = _holders[given];
        holders[Array.IndexOf(holders, s, 0, _load[given])] = holders[--_load[given]];
        _held[at] = taken;
        _holders[taken][_load[taken]++] = s;
        _sum[s] += _open[s, taken] - _open[s, given];
        if (!_forTotal) _short.Mark(s, _sum[s] < _floor);
    }

    private int Position(int s, int r)
    {
        for (var at = s * _width; at < s * _width + _count[s]; at++)
            if (_held[at] == r) return at;
        return -1;
    }

    private int Next(int below) => (int)((Draw() * (ulong)below) >> 32);

    /// <summary>Thirty-two random bits (xorshift; Marsaglia 2003).</summary>
    private uint Draw()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (uint)(_state >> 32);
    }

    /// <summary>A set of submissions from which one can be drawn.</summary>
    private sealed class Short(int submissions)
    {
        private readonly int[] _members = new int[submissions];
        private readonly int[] _place = [.. Enumerable.Repeat(-1, submissions)];

        public int Count { get; private set; }
        public bool Any => Count > 0;
        public int this[int at] => _members[at];
        public ReadOnlySpan<int> Members => _members.AsSpan(0, Count);

        public void Mark(int s, bool isMember)
        {
            if (isMember == _place[s] >= 0) return;
            if (isMember)
            {
                _place[s] = Count;
                _members[Count++] = s;
                return;
            }
            var last = _members[--Count];
            (_members[_place[s]], _place[last]) = (last, _place[s]);
            _place[s] = -1;
        }
    }
}

/// <summary>Every pair's affinity in parts of the largest, row by row, for quick looking up.</summary>
internal sealed class OpenValues
{
    /// <summary>Stands where a pair may not be chosen.</summary>
    public const float Closed = float.MinValue;

    private readonly float[] _values;
    private readonly int _reviewers;

    public OpenValues(Reduced problem)
    {
        _reviewers = problem.Reviewers;
        Unit = problem.Scale * problem.Largest;
        _values = new float[(long)problem.Submissions * problem.Reviewers];
        Parallel.For(0, problem.Submissions, () => new long[_reviewers], (s, _, row) =>
        {
            problem.CopyRow(s, row);
            for (var r = 0; r < row.Length; r++) _values[(long)s * _reviewers + r] = row[r] == long.MinValue ? Closed : (float)(row[r] / Unit);
            return row;
        }, _ => { });
    }

    /// <summary>Units in 1.</summary>
    public double Unit { get; }

    public float this[int submission, int reviewer] => _values[(long)submission * _reviewers + reviewer];
}
