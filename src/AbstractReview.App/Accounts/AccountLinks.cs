using System.Security.Cryptography;
using AbstractReview.App.Call;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Accounts;

/// <summary>Where this installation is reached; links in mail start with it. Empty for the conference's own address. Never taken from a request, whose host anybody may write.</summary>
public sealed record SiteAddress(string Value)
{
    /// <summary>Without a slash at its end.</summary>
    public string Of(Conference conference) => (Value == "" ? conference.Website : Value).TrimEnd('/');
}

internal enum LinkPurpose { SignUp, Password, Email }

/// <summary>What a link stands for.</summary>
internal sealed record AccountLink
{
    public required int Id { get; init; }
    public required int? PersonId { get; init; }
    public required string Email { get; init; }
}

/// <summary>Links sent by mail: 256 random bits, of which only the hash is kept; each works once and not for ever.</summary>
public sealed class AccountLinks(Db db, ConferenceReader conference, Outbox outbox, SiteAddress site, TimeProvider clock)
{
    /// <summary>Mails of these kinds hold a link that signs in: they go to nobody but whom they were made for.</summary>
    public const string MailKind = "Account";

    internal async Task<string> Create(LinkPurpose purpose, string path, int? personId, string email, TimeSpan life, CancellationToken ct)
    {
        var (token, now) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), clock.GetUtcNow());
        var args = new { id = await db.Next("AccountLink", ct), hash = ApiTokens.Hash(token), purpose = purpose.ToString(), personId, email, now, until = now + life };
        await db.Run(Insert, args, ct);
        return $"{await Address(ct)}{path}?token={token}";
    }

    /// <exception cref="RuleBrokenException">The link is unknown, was used, or has ended.</exception>
    internal async Task<AccountLink> Read(string? token, LinkPurpose purpose, CancellationToken ct)
        => await db.One<AccountLink>(Find, new { hash = ApiTokens.Hash(token), purpose = purpose.ToString(), now = clock.GetUtcNow() }, ct)
            ?? throw new RuleBrokenException("This link was used already or has ended. Ask for a new one.");

    /// <exception cref="RuleBrokenException">The link is unknown, was used, or has ended.</exception>
    internal async Task<AccountLink> Use(string? token, LinkPurpose purpose, CancellationToken ct)
    {
        var link = await Read(token, purpose, ct);
        await db.Run(Mark, new { link.Id, now = clock.GetUtcNow() }, ct);
        return link;
    }

    /// <summary>Other links of this purpose stop working, as after a new password.</summary>
    internal Task EndOthers(int personId, LinkPurpose purpose, CancellationToken ct)
        => db.Run(EndAll, new { personId, purpose = purpose.ToString(), now = clock.GetUtcNow() }, ct);

    internal async Task Mail(string email, string name, string subject, string text, CancellationToken ct)
    {
        var c = await conference.Current(ct);
        await outbox.Queue(new Mail
        {
            Key = $"account/{Guid.NewGuid():n}", Kind = MailKind, ToEmail = email, ToName = name, Subject = $"{subject} – {c.Title}",
            Text = $"{(name == "" ? "Good day" : $"Dear {name}")},\n\n{text}\n\n{c.Mail.Name}\n{c.Title}\n{c.Mail.Address}\n",
        }, ct);
    }

    internal async Task<string> Address(CancellationToken ct) => site.Of(await conference.Current(ct));

    private const string Insert = """
        insert into AccountLink (Id, TokenHash, Purpose, PersonId, Email, CreatedAt, ExpiresAt)
        values (@id, @hash, @purpose, @personId, @email, @now, @until)
        """;

    private const string Find = """
        select Id, PersonId, Email
        from AccountLink
        where TokenHash = @hash and Purpose = @purpose and UsedAt is null and ExpiresAt > @now
        """;

    private const string Mark = "update AccountLink set UsedAt = @now where Id = @Id";
    private const string EndAll = "update AccountLink set UsedAt = @now where PersonId = @personId and Purpose = @purpose and UsedAt is null";
}
