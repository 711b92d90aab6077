using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>The OpenID Connect providers through which one's account can be signed in to.</summary>
public sealed record ListLinkedSignIns(Actor By) : IQuery<IReadOnlyList<LinkedSignIn>>;

public sealed record LinkedSignIn
{
    public required string Issuer { get; init; }
    public required DateTimeOffset LinkedAt { get; init; }
}

/// <summary>A provider no longer signs in to one's account, until one comes through it again with the account's verified address. Answers how many links were cut.</summary>
public sealed record CutLinkedSignIns(string Issuer, Actor By) : ICommand<int>;

internal sealed class ListLinkedSignInsHandler(Db db) : IRequestHandler<ListLinkedSignIns, IReadOnlyList<LinkedSignIn>>
{
    public Task<IReadOnlyList<LinkedSignIn>> Handle(ListLinkedSignIns query, CancellationToken ct)
    {
        Access.Require(query.By.SignedIn, "see an account without one");
        return db.All<LinkedSignIn>(Read, new { query.By.PersonId }, ct);
    }

    private const string Read = "select Issuer, min(LinkedAt) as LinkedAt from ExternalLogin where PersonId = @PersonId group by Issuer order by Issuer";
}

internal sealed class CutLinkedSignInsHandler(Db db, AuditLog audit) : IRequestHandler<CutLinkedSignIns, int>
{
    public async Task<int> Handle(CutLinkedSignIns command, CancellationToken ct)
    {
        Access.Require(command.By.SignedIn, "change an account without one");
        var cut = await db.Run(Delete, new { command.By.PersonId, command.Issuer }, ct);
        if (cut == 0) throw new NotFoundException("This provider does not sign in to your account.");
        await audit.Write(command.By, "person.unlinked", "person", command.By.PersonId, new { command.Issuer }, null, ct);
        return cut;
    }

    private const string Delete = "delete from ExternalLogin where PersonId = @PersonId and Issuer = @Issuer";
}
