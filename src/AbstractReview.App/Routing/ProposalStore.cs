using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Routing;

public enum ProposalState { Proposed, Applied, Superseded }

/// <summary>A proposal as its row has it.</summary>
public sealed record StoredProposal
{
    public required int Id { get; init; }
    public required ProposalState State { get; init; }
    public required string InputsHash { get; init; }
    public required string Document { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? AppliedAt { get; init; }
    public required int Version { get; init; }

    public ProposalDocument Read() => Json.Read<ProposalDocument>(Document);
}

/// <summary>Keeps routing proposals; a new one takes the place of those that were not applied.</summary>
public sealed class ProposalStore(Db db, TimeProvider clock)
{
    /// <exception cref="NotFoundException">There is no such proposal.</exception>
    public async Task<StoredProposal> Get(int id, CancellationToken ct)
        => await db.One<StoredProposal>(Select, new { id }, ct) ?? throw new NotFoundException($"There is no routing proposal {id}.");

    public Task<int?> Latest(CancellationToken ct) => db.One<int?>(SelectLatest, null, ct);

    public async Task<int> Add(ProposalDocument document, string hash, Actor by, CancellationToken ct)
    {
        var id = await db.Next("RoutingProposal", ct);
        await db.Run(Supersede, new { id }, ct);
        await db.Run(Insert, new { id, hash, Document = Json.Write(document), now = clock.GetUtcNow(), by.PersonId }, ct);
        return id;
    }

    /// <exception cref="StaleException">Somebody edited it meanwhile.</exception>
    public async Task Change(StoredProposal standing, ProposalDocument document, CancellationToken ct)
    {
        if (await db.Run(Update, new { standing.Id, standing.Version, Document = Json.Write(document) }, ct) == 0)
            throw new StaleException("Somebody else edited this proposal meanwhile; look at it again.", standing.Version + 1);
    }

    public async Task MarkApplied(int id, CancellationToken ct)
    {
        await db.Run(Apply, new { id, now = clock.GetUtcNow() }, ct);
        await db.Run(Supersede, new { id }, ct);
    }

    private const string Select = "select Id, State, InputsHash, Document, CreatedAt, AppliedAt, Version from RoutingProposal where Id = @id";
    private const string SelectLatest = "select max(Id) from RoutingProposal";
    private const string Supersede = "update RoutingProposal set State = 'Superseded', Version = Version + 1 where State = 'Proposed' and Id <> @id";

    private const string Insert = """
        insert into RoutingProposal (Id, State, InputsHash, Document, CreatedAt, CreatedById, Version)
        values (@id, 'Proposed', @hash, @Document, @now, @PersonId, 1)
        """;

    private const string Update = "update RoutingProposal set Document = @Document, Version = Version + 1 where Id = @Id and Version = @Version and State = 'Proposed'";
    private const string Apply = "update RoutingProposal set State = 'Applied', AppliedAt = @now, Version = Version + 1 where Id = @id";
}
