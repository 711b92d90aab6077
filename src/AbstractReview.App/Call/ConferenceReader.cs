using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Call;

/// <summary>The conference as it stands. Parsed once per version; asked for once per scope, so that a request sees one and the same.</summary>
public sealed class ConferenceReader(Db db, ConferenceCache cache)
{
    private Conference? _current;

    /// <exception cref="RuleBrokenException">No conference was imported yet.</exception>
    public async Task<Conference> Current(CancellationToken ct)
        => await TryCurrent(ct) ?? throw new RuleBrokenException("This installation has no conference yet. Import a conference file first.");

    public async Task<Conference?> TryCurrent(CancellationToken ct)
    {
        if (_current is not null) return _current;
        if (await db.One<int?>(ReadVersion, null, ct) is not { } version) return null;
        if (cache.Get(version) is { } known) return _current = known;
        var row = await db.One<Row>(Read, null, ct);
        return _current = cache.Keep(row!.Version, ConferenceFile.Read(row.Document));
    }

    /// <summary>This scope has changed it.</summary>
    internal void Forget() => _current = null;

    /// <summary>Every extension of the deadline.</summary>
    public async Task<IReadOnlyList<Extension>> Extensions(CancellationToken ct)
        => (await db.All<ExtensionRow>(ReadExtensions, null, ct)).Select(e => new Extension(e.SubmissionNumber, e.AreaCode, e.Until)).ToList();

    private sealed record Row
    {
        public required string Document { get; init; }
        public required int Version { get; init; }
    }

    private sealed record ExtensionRow
    {
        public required int? SubmissionNumber { get; init; }
        public required string? AreaCode { get; init; }
        public required DateTimeOffset Until { get; init; }
    }

    private const string ReadVersion = "select Version from Conference where Id = 1";
    private const string Read = "select Document, Version from Conference where Id = 1";
    private const string ReadExtensions = "select SubmissionNumber, AreaCode, Until from Extension";
}

/// <summary>The last conference parsed, for the whole process.</summary>
public sealed class ConferenceCache
{
    private volatile Entry? _entry;

    public Conference? Get(int version) => _entry is { } e && e.Version == version ? e.Conference : null;

    public Conference Keep(int version, Conference conference)
    {
        _entry = new Entry(version, conference);
        return conference;
    }

    private sealed record Entry(int Version, Conference Conference);
}
