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

    /// <summary>So long after there were many they are taken to be many still: in a rush all are answered by one commit, and the next are on their way.</summary>
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private int _count;
    // When there last were many; long before the program began.
    private long _many = long.MinValue / 2;

    public int Count => Volatile.Read(ref _count);

    public void Came()
    {
        if (Interlocked.Increment(ref _count) >= Many) Note();
    }

    public void Answered()
    {
        if (Interlocked.Decrement(ref _count) >= Many - 1) Note();
    }

    /// <summary>Waits while <see cref="Many"/> or more are in hand or just were, at most <paramref name="atMost"/> (and a look, 20 ms, longer).</summary>
    public async Task GoFirst(TimeSpan atMost, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; IsRush && waited < atMost; waited += Look) await Task.Delay(Look, clock, ct);
    }

    private void Note() => Volatile.Write(ref _many, clock.GetTimestamp());

    private bool IsRush => Count >= Many || clock.GetElapsedTime(Volatile.Read(ref _many)) < Lull;
}
