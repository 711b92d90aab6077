using System.Collections.Concurrent;

namespace AbstractReview.App.Storage;

/// <summary>
/// Answers that cost much and are asked for again and again, kept in this process for as long as the data they were made from stands as it was
/// (<see cref="DataParts"/>). The data's stamp is read from the database each time, so that what one node changes no node answers from before.
/// An answer is kept under who it is for: a key must hold all that the answer depends on beside the data.
/// </summary>
public sealed class KeptAnswers
{
    /// <summary>The most answers of one part; a committee has hardly more people at work at once.</summary>
    private const int Most = 24;

    private readonly ConcurrentDictionary<string, Kept> _parts = new();

    /// <summary>The answer as kept, or made now. Within a transaction it is made anew: that may have changed what nobody else sees yet.</summary>
    internal async Task<T> Get<T>(Db db, string part, object key, Func<Task<T>> make, CancellationToken ct)
        where T : class
    {
        // Read before the answer is made: what changes meanwhile has another stamp, and the answer is not found under it.
        if (db.InTransaction || await db.All<string>(ReadStamps, new { parts = DataParts.Of(part) }, ct) is not { Count: > 0 } stamps) return await make();
        var stamp = string.Concat(stamps);
        if (_parts.TryGetValue(part, out var kept) && kept.Stamp == stamp && kept.Answers.TryGetValue(key, out var known)) return (T)known;
        var answer = await make();
        kept = _parts.AddOrUpdate(part, _ => new Kept(stamp), (_, old) => old.Stamp == stamp ? old : new Kept(stamp));
        if (kept.Answers.Count < Most) kept.Answers[key] = answer;
        return answer;
    }

    private sealed record Kept(string Stamp)
    {
        public ConcurrentDictionary<object, object> Answers { get; } = new();
    }

    private const string ReadStamps = "select Stamp from DataStamp where Part in @parts order by Part";
}
