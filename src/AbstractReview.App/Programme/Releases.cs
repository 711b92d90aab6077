using System.Collections.Concurrent;
using AbstractReview.App.Storage;

namespace AbstractReview.App.Programme;

/// <summary>Reads releases, addresses included: callers show <see cref="ProgrammeView.ForEverybody"/>.</summary>
public sealed class Releases(Db db, ReleaseCache cache)
{
    public async Task<ProgrammeView?> Newest(CancellationToken ct)
        => await db.One<int?>(ReadNewest, null, ct) is { } number ? await Of(number, ct) : null;

    public async Task<ProgrammeView?> Of(int number, CancellationToken ct) => (await Kept(number, ct))?.Programme;

    internal async Task<KeptRelease?> Kept(int number, CancellationToken ct)
    {
        if (cache.Find(number) is { } kept) return kept;
        return await db.One<Row>(ReadOne, new { number }, ct) is { } row
            ? cache.Keep(number, new KeptRelease(Json.Read<ProgrammeView>(row.Document), Json.Read<List<string>>(row.Summary)))
            : null;
    }

    private sealed record Row
    {
        public required string Document { get; init; }
        public required string Summary { get; init; }
    }

    private const string ReadNewest = "select max(Number) from Release";
    private const string ReadOne = "select Document, Summary from Release where Number = @number";
}

/// <summary>A release and what it changed.</summary>
internal sealed record KeptRelease(ProgrammeView Programme, IReadOnlyList<string> Summary)
{
    /// <summary>The same without addresses, for everybody.</summary>
    public ProgrammeView Public { get; } = Programme.ForEverybody();
}

/// <summary>The releases that were read last: they never change, and on the day of the conference every phone asks for the same one.</summary>
public sealed class ReleaseCache
{
    private const int Most = 4;
    private readonly ConcurrentDictionary<int, KeptRelease> _kept = new();

    internal KeptRelease? Find(int number) => _kept.GetValueOrDefault(number);

    internal KeptRelease Keep(int number, KeptRelease release)
    {
        // A crowd reads the newest; the oldest go.
        while (_kept.Count >= Most) _kept.TryRemove(_kept.Keys.Min(), out _);
        return _kept[number] = release;
    }
}
