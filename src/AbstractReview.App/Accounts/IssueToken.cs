using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>A person makes a token for a program of theirs; the secretariat and the command line for anybody. The token is shown this once.</summary>
/// <param name="PersonId">Whose token.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes"><c>read</c> or <c>read write</c>.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="By">Who asks.</param>
public sealed record IssueToken(int PersonId, string Name, string Scopes, DateTimeOffset? ExpiresAt, Actor By) : ICommand<string>;

internal sealed class IssueTokenHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<IssueToken, string>
{
    public async Task<string> Handle(IssueToken command, CancellationToken ct)
    {
        Access.Require(command.By.PersonId == command.PersonId && command.By.SignedIn || command.By == Actor.Timetable, "make a token for somebody else");
        if (string.IsNullOrWhiteSpace(command.Name)) throw new RuleBrokenException("name", "Name the token after what it is for.");
        if (command.Scopes is not ("read" or "read write")) throw new RuleBrokenException("scopes", "Choose “read” or “read write”.");
        var token = ApiTokens.Create();
        var id = await db.Next("ApiToken", ct);
        await db.Run(Insert, new { id, command.PersonId, command.Name, hash = ApiTokens.Hash(token), command.Scopes, now = clock.GetUtcNow(), command.ExpiresAt }, ct);
        await audit.Write(command.By, "token.issued", "person", command.PersonId, null, new { id, command.Name, command.Scopes, command.ExpiresAt }, ct);
        return token;
    }

    private const string Insert = """
        insert into ApiToken (Id, PersonId, Name, TokenHash, Scopes, CreatedAt, ExpiresAt)
        values (@id, @PersonId, @Name, @hash, @Scopes, @now, @ExpiresAt)
        """;
}
