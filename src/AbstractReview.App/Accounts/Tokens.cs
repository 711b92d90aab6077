using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>One's own tokens, newest first; those that ended too.</summary>
public sealed record ListTokens(Actor By) : IQuery<IReadOnlyList<OwnToken>>;

public sealed record OwnToken
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? ExpiresAt { get; init; }
    public required DateTimeOffset? RevokedAt { get; init; }

    public bool WorksAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}

internal sealed class ListTokensHandler(Db db) : IRequestHandler<ListTokens, IReadOnlyList<OwnToken>>
{
    public Task<IReadOnlyList<OwnToken>> Handle(ListTokens query, CancellationToken ct) => db.All<OwnToken>(Read, new { query.By.PersonId }, ct);

    private const string Read = "select Id, Name, Scopes, CreatedAt, ExpiresAt, RevokedAt from ApiToken where PersonId = @PersonId order by Id desc";
}

/// <summary>A token stops working at once.</summary>
public sealed record RevokeToken(int Id, Actor By) : ICommand<Unit>;

internal sealed class RevokeTokenHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<RevokeToken, Unit>
{
    public async Task<Unit> Handle(RevokeToken command, CancellationToken ct)
    {
        if (await db.Run(Revoke, new { command.Id, command.By.PersonId, now = clock.GetUtcNow() }, ct) == 0) throw new NotFoundException("You have no such token.");
        await audit.Write(command.By, "token.revoked", "person", command.By.PersonId, new { command.Id }, null, ct);
        return Unit.Value;
    }

    private const string Revoke = "update ApiToken set RevokedAt = @now where Id = @Id and PersonId = @PersonId and RevokedAt is null";
}
