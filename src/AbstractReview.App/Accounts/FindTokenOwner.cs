using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>Whose a token is; null when it is unknown, expired or revoked.</summary>
public sealed record FindTokenOwner(string Token) : IRequest<TokenOwner?>;

public sealed record TokenOwner
{
    public required int PersonId { get; init; }
    /// <summary>Space-separated: <c>read</c>, <c>write</c>.</summary>
    public required string Scopes { get; init; }
}

internal sealed class FindTokenOwnerHandler(Db db, TimeProvider clock) : IRequestHandler<FindTokenOwner, TokenOwner?>
{
    public Task<TokenOwner?> Handle(FindTokenOwner query, CancellationToken ct)
        => db.One<TokenOwner>(Read, new { hash = ApiTokens.Hash(query.Token), now = clock.GetUtcNow() }, ct);

    private const string Read = """
        select PersonId, Scopes
        from ApiToken
        where TokenHash = @hash and RevokedAt is null and (ExpiresAt is null or ExpiresAt > @now)
        """;
}

/// <summary>Tokens are 256 random bits; only their hash is kept.</summary>
internal static class ApiTokens
{
    public static string Create() => "ar_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <param name="token">Null from a form or a link that came without; no token has its hash.</param>
    public static string Hash(string? token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token ?? "")));
}
