using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>A word that changes whenever the public call does; caches are kept by it.</summary>
public sealed record ReadCallStamp : IRequest<string>;

internal sealed class ReadCallStampHandler(Db db) : IRequestHandler<ReadCallStamp, string>
{
    public async Task<string> Handle(ReadCallStamp query, CancellationToken ct)
        => await db.One<Row>(Read, null, ct) is { } row ? FormattableString.Invariant($"{row.Version}-{row.Extensions}-{row.Releases}") : "0";

    private sealed record Row
    {
        public required int Version { get; init; }
        public required int Extensions { get; init; }
        public required int Releases { get; init; }
    }

    private const string Read = """
        select c.Version, (select count(*) from Extension) as Extensions, (select count(*) from Release) as Releases
        from Conference c
        where c.Id = 1
        """;
}
