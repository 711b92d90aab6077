namespace AbstractReview.App.Jobs;

/// <summary>
/// The requests of this process that wait for their answer. People go before jobs: a job that has many things to do asks here before each
/// of them. It waits at most as long as it says, so that a load that never ends slows it and does not stop it.
/// </summary>
/// <param name="clock">The machine's, whatever the conference's clock shows.</param>
public sealed class RequestsInHand(TimeProvider clock)
{
    /// <summary>From this many at once on, each waits for the others already.</summary>
    public const int Many = 6;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Came() => Interlocked.Increment(ref _count);

    public void Answered() => Interlocked.Decrement(ref _count);

    /// <summary>Waits while <see cref="Many"/> or more are in hand, at most <paramref name="atMost"/> (and a look, 20 ms, longer).</summary>
    public async Task GoFirst(TimeSpan atMost, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; Count >= Many && waited < atMost; waited += Look) await Task.Delay(Look, clock, ct);
    }
}
