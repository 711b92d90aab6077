namespace AbstractReview.Matching;

/// <summary>
/// The best whole set of reviewers for a submission when every reviewer has a price: of all sets of the wanted size whose affinities add up to the
/// floor, the one of greatest worth. A reviewer of whom as many others as are wanted are both nearer and cheaper is never in it, which leaves a
/// dozen or two; of those the sets are tried by falling worth, and what cannot be better or cannot reach the floor is passed over.
/// </summary>
internal sealed class BestSets
{
    /// <summary>Sets begun before a search ends; what is then not known to be worth less counts for the bound.</summary>
    private const int MostBegun = 50_000;

    private readonly int[] _wanted;
    private readonly bool[] _floored;
    private readonly double _unit;

    /// <param name="wanted">Reviewers of each submission, those that are pinned not counted.</param>
    /// <param name="floored">The submissions that count for the floor.</param>
    public BestSets(Reduced problem, Candidates candidates, int[] wanted, bool[] floored)
    {
        (Problem, Candidates, _wanted, _floored) = (problem, candidates, wanted, floored);
        _unit = problem.Scale * problem.Largest;
    }

    public Reduced Problem { get; }
    public Candidates Candidates { get; }
    public int Wanted(int submission) => _wanted[submission];

    /// <summary>Units in 1 of worth: the largest affinity.</summary>
    public double Unit => _unit;

    /// <summary>What a submission's reviewers must add up to at a floor, pinned ones not counted; in units.</summary>
    public long Needed(int submission, long floor) => _floored[submission] ? floor - Problem.PinnedSum[submission] : long.MinValue / 4;

    /// <summary>One search at a time; each thread has its own.</summary>
    public Finder Open() => new(this);

    public sealed class Finder(BestSets sets)
    {
        private readonly int[] _stack = new int[Math.Max(1, sets.Problem.MostDemanded)];
        private double[] _worth = new double[64], _ahead = new double[65];
        private long[] _value = new long[64], _most = new long[65];
        private int[] _reviewer = new int[64], _set = [];
        private int _kept, _wanted, _begun;
        private double _best;
        private long _needed;

        /// <summary>Worth of the set found, in parts of the largest affinity; less than any number when there is no set.</summary>
        public double Worth => _best;

        /// <summary>No set is worth more than this.</summary>
        public double Bound { get; private set; }

        /// <param name="prices">By reviewer, in parts of the largest affinity.</param>
        /// <param name="gain">What affinity is worth: 1, or 0 when only the prices count.</param>
        /// <param name="set">Filled with the set found.</param>
        public bool Find(int submission, double[] prices, double gain, long floor, Span<int> set)
        {
            (_wanted, _needed, _begun, _best) = (sets._wanted[submission], sets.Needed(submission, floor), 0, double.MinValue);
            if (_wanted == 0)
            {
                Bound = _best = 0;
                return true;
            }
            if (_set.Length != _wanted) _set = new int[_wanted];
            Keep(submission, prices, gain / sets._unit);
            if (_kept < _wanted)
            {
                Bound = double.MinValue;
                return false;
            }
            var (first, firstValue) = (0.0, 0L);
            for (var at = 0; at < _wanted; at++)
            {
                first += _worth[at];
                firstValue += _value[at];
            }
            if (firstValue >= _needed)
            {
                (_best, Bound) = (first, first);
                _reviewer.AsSpan(0, _wanted).CopyTo(set);
                return true;
            }
            Look();
            Bound = _begun > MostBegun ? first : _best;
            if (_best == double.MinValue) return false;
            for (var at = 0; at < _wanted; at++) set[at] = _reviewer[_set[at]];
            return true;
        }

        /// <summary>Every set at the floor that is worth a given amount or more.</summary>
        /// <param name="prices">By reviewer, in parts of the largest affinity.</param>
        /// <param name="least">In parts of the largest affinity.</param>
        /// <param name="most">Sets at which the search gives up.</param>
        /// <returns>Null when there are more.</returns>
        public List<int[]>? All(int submission, double[] prices, long floor, double least, int most)
        {
            (_wanted, _needed, _begun) = (sets._wanted[submission], sets.Needed(submission, floor), 0);
            KeepAll(submission, prices);
            Sum();
            var found = new List<int[]>();
            return _kept >= _wanted && !Tell(0, 0, 0, 0, least, most, found) ? null : found;
        }

        private bool Tell(int from, int chosen, double worth, long value, double least, int most, List<int[]> found)
        {
            var left = _wanted - chosen;
            if (left == 0)
            {
                if (value < _needed) return true;
                found.Add([.. _stack[..chosen].Select(at => _reviewer[at])]);
                return found.Count <= most;
            }
            for (var at = from; at <= _kept - left && worth + _ahead[at + left] - _ahead[at] >= least; at++)
            {
                if (++_begun > MostBegun) return false;
                if (value + _value[at] + (left - 1) * _most[at + 1] < _needed && left > 1) continue;
                _stack[chosen] = at;
                if (!Tell(at + 1, chosen + 1, worth + _worth[at], value + _value[at], least, most, found)) return false;
            }
            return true;
        }

        private void KeepAll(int submission, double[] prices)
        {
            var candidates = sets.Candidates;
            var (first, last) = (candidates.Start[submission], candidates.Start[submission + 1]);
            if (_worth.Length < last - first) Grow(last - first);
            _kept = 0;
            for (var c = first; c < last; c++) Insert(candidates.Value[c] / sets._unit - prices[candidates.Reviewer[c]], candidates.Value[c], candidates.Reviewer[c]);
        }

        /// <summary>The reviewers who may be in the best set, most worth first.</summary>
        private void Keep(int submission, double[] prices, double gain)
        {
            var candidates = sets.Candidates;
            var (first, last) = (candidates.Start[submission], candidates.Start[submission + 1]);
            if (_worth.Length < last - first) Grow(last - first);
            Span<double> top = stackalloc double[_wanted];
            top.Fill(double.MinValue);
            _kept = 0;
            // Candidates stand by falling value: those before are nearer, and this one must be cheaper than all but a few of them.
            for (var c = first; c < last; c++)
            {
                var worth = gain * candidates.Value[c] - prices[candidates.Reviewer[c]];
                if (worth <= top[^1]) continue;
                var at = _wanted - 1;
                for (; at > 0 && top[at - 1] < worth; at--) top[at] = top[at - 1];
                top[at] = worth;
                Insert(worth, candidates.Value[c], candidates.Reviewer[c]);
            }
        }

        private void Insert(double worth, long value, int reviewer)
        {
            var at = _kept++;
            for (; at > 0 && _worth[at - 1] < worth; at--)
                (_worth[at], _value[at], _reviewer[at]) = (_worth[at - 1], _value[at - 1], _reviewer[at - 1]);
            (_worth[at], _value[at], _reviewer[at]) = (worth, value, reviewer);
        }

        private void Look()
        {
            Sum();
            Choose(0, 0, 0, 0);
        }

        /// <summary>Sums of worth from the first reviewer on, and the highest affinity from each on.</summary>
        private void Sum()
        {
            (_ahead[0], _most[_kept]) = (0, long.MinValue / 8);
            for (var at = 0; at < _kept; at++) _ahead[at + 1] = _ahead[at] + _worth[at];
            for (var at = _kept - 1; at >= 0; at--) _most[at] = Math.Max(_most[at + 1], _value[at]);
        }

        private void Choose(int from, int chosen, double worth, long value)
        {
            var left = _wanted - chosen;
            for (var at = from; at <= _kept - left; at++)
            {
                if (worth + _ahead[at + left] - _ahead[at] <= _best || ++_begun > MostBegun) return;
                if (value + _value[at] + (left - 1) * _most[at + 1] < _needed && left > 1) continue;
                _stack[chosen] = at;
                if (left > 1)
                {
                    Choose(at + 1, chosen + 1, worth + _worth[at], value + _value[at]);
                    continue;
                }
                if (value + _value[at] < _needed) continue;
                _best = worth + _worth[at];
                _stack.AsSpan(0, _wanted).CopyTo(_set);
                return;
            }
        }

        private void Grow(int size)
        {
            (_worth, _value, _reviewer) = (new double[size], new long[size], new int[size]);
            (_ahead, _most) = (new double[size + 1], new long[size + 1]);
        }
    }
}
