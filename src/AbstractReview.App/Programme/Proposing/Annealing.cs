using System.Diagnostics;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>
/// Betters a placement by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): a talk goes to another of its sessions, whoever is in
/// its way finds another place or takes the one it left, and what is worse is kept the less often the colder it is. Every placement on
/// the way keeps every hard rule.
/// </summary>
internal sealed class Annealing
{
    private const double Hot = 40, Cold = 0.6;

    /// <summary>Tries a second that count as one of repeatable time; a slow machine does so many.</summary>
    private const int TriesPerSecond = 200_000;

    private readonly Seating _seating;
    private readonly Random _random = new(1);
    private readonly List<int> _lifted = [];
    private readonly List<(int Talk, Seating.Spot From)> _journal = [];
    private readonly Seating.Spot[] _best;
    private readonly long _start;
    private long _value, _bestValue;
    private double _heat;

    public Annealing(ProposalProblem problem, Worth worth, Placement first)
    {
        _seating = new Seating(problem, worth);
        _best = new Seating.Spot[_seating.Talks];
        _start = _value = _bestValue = _seating.Take(first);
        _seating.CopySpots(_best);
    }

    /// <param name="seconds">How long; of repeatable time when <paramref name="repeatable"/>.</param>
    /// <param name="repeatable">As many tries on every machine.</param>
    /// <param name="better">Told what the best so far is worth, now and then.</param>
    /// <param name="ct">Ends it with the best so far.</param>
    public (Placement Placement, long Value) Run(double seconds, bool repeatable, Action<long>? better, CancellationToken ct)
    {
        var movable = Enumerable.Range(0, _seating.Talks).Where(i => _seating.OptionsOf(i).Length > 0).ToArray();
        var (since, told) = (Stopwatch.StartNew(), _start);
        var tries = (long)(seconds * TriesPerSecond);
        for (long i = 0; movable.Length > 0; i++)
        {
            if (i % 512 == 0)
            {
                var gone = repeatable ? (double)i / tries : since.Elapsed.TotalSeconds / seconds;
                if (gone >= 1 || ct.IsCancellationRequested) break;
                _heat = Hot * Math.Pow(Cold / Hot, gone);
                if (_bestValue > told && i % 65_536 == 0) better?.Invoke(told = _bestValue);
                // Whoever has no place is thought of more often.
                foreach (var talk in movable) if (!_seating.Placed(talk)) Try(talk);
            }

            Try(movable[_random.Next(movable.Length)]);
        }

        return (_seating.Read(_best), _bestValue);
    }

    private void Try(int talk)
    {
        var options = _seating.OptionsOf(talk);
        if (options.Length == 0) return;
        var choice = _random.Next(options.Length);
        var home = _seating.SpotOf(talk);
        if (home.Choice == choice && !_seating.Timed(talk)) return;
        _journal.Clear();
        _lifted.Clear();
        var gain = home.Choice >= 0 ? Lift(talk) : 0;
        var spot = new Seating.Spot(choice, _seating.Timed(talk) ? _random.Next(options[choice].Seats.Length) : 0);
        gain += MakeWay(talk, spot) + Put(talk, spot);
        foreach (var other in _lifted) gain += Settle(other);
        if (gain >= 0 || _random.NextDouble() < Math.Exp(gain / _heat)) Keep(gain);
        else Undo();
    }

    // Whoever clashes, whoever sits there, and one more where the session is full.
    private long MakeWay(int talk, Seating.Spot spot)
    {
        if (_seating.Bound(talk)) _seating.Clashing(talk, spot, _lifted);
        if (_seating.Holder(talk, spot) is >= 0 and var holder && !_lifted.Contains(holder)) _lifted.Add(holder);
        long gain = 0;
        foreach (var other in _lifted) gain += Lift(other);
        if (_seating.HasRoom(talk, spot.Choice)) return gain;
        var there = _seating.There(talk, spot.Choice);
        var one = there[_random.Next(there.Count)];
        _lifted.Add(one);
        return gain + Lift(one);
    }

    // Any place that is free, from a random one of its sessions on; left out where there is none.
    private long Settle(int talk)
    {
        var options = _seating.OptionsOf(talk).Length;
        var (from, tries) = (_random.Next(options), Math.Min(options, 12));
        // The place that was just left is tried first: a change of places.
        var left = _journal[0].From;
        if (left.Choice >= 0 && _journal[0].Talk is var mover && Same(talk, mover, left) is { } choice && _seating.Free(talk, choice) is { } there) return Put(talk, there);
        for (var i = 0; i < tries; i++)
            if (_seating.Free(talk, (from + i) % options) is { } spot) return Put(talk, spot);
        return 0;
    }

    private int? Same(int talk, int mover, Seating.Spot left)
    {
        var session = _seating.OptionsOf(mover)[left.Choice].Session;
        var choice = Array.FindIndex(_seating.OptionsOf(talk), o => o.Session == session);
        return choice < 0 ? null : choice;
    }

    private long Lift(int talk)
    {
        _journal.Add((talk, _seating.SpotOf(talk)));
        return _seating.Lift(talk);
    }

    private long Put(int talk, Seating.Spot spot)
    {
        _journal.Add((talk, Seating.Spot.None));
        return _seating.Put(talk, spot);
    }

    private void Keep(long gain)
    {
        _value += gain;
        if (_value <= _bestValue) return;
        _bestValue = _value;
        _seating.CopySpots(_best);
    }

    private void Undo()
    {
        for (var i = _journal.Count - 1; i >= 0; i--)
            if (_journal[i].From.Choice < 0) _seating.Lift(_journal[i].Talk);
            else _seating.Put(_journal[i].Talk, _journal[i].From);
    }
}
