using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace AbstractReview.App.Accounts;

/// <summary>
/// Whose password this is; null when it is wrong, when there is no such account, and while the address rests after ten wrong
/// tries. Each answer costs one hash and, when it is null, one write, so that neither words nor time tell which it was.
/// </summary>
public sealed record CheckPassword(string Email, string Password) : IRequest<Person?>;

// Not a command: hashing takes its time and must not hold the one writer.
internal sealed class CheckPasswordHandler(Db db, PersonStore store, SignInTries tries, IPasswordHasher<Person> hasher) : IRequestHandler<CheckPassword, Person?>
{
    private static readonly Person Nobody = new();
    private static string? _nobodysHash;

    public async Task<Person?> Handle(CheckPassword request, CancellationToken ct)
    {
        var person = await store.FindByEmailAsync(MailAddress.Normalise(request.Email), ct);
        _nobodysHash ??= hasher.HashPassword(Nobody, "nobody has this password");
        var verdict = hasher.VerifyHashedPassword(person ?? Nobody, person?.PasswordHash ?? _nobodysHash, request.Password);
        var right = verdict != PasswordVerificationResult.Failed && person is { PasswordHash: not null, EmailConfirmed: true };
        return await db.Transaction(async () => await tries.Take(request.Email, right, ct) ? person : null, ct);
    }
}

/// <summary>Counts wrong passwords by the address that was typed; ten within an hour let it rest for a quarter of one.</summary>
public sealed class SignInTries(Db db, TimeProvider clock)
{
    public const int Most = 10;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    /// <summary>Counts a try. Answers whether it counts as right: it was, and the address does not rest.</summary>
    public async Task<bool> Take(string email, bool right, CancellationToken ct)
    {
        var (hash, now) = (HashOf(email), clock.GetUtcNow());
        var row = await db.One<Row>(Read, new { hash }, ct);
        var rests = row?.RestsUntil > now;
        if (right && !rests)
        {
            if (row is not null) await db.Run(Delete, new { hash }, ct);
            return true;
        }

        var failures = rests ? 0 : 1 + (row is null || row.ChangedAt < now - Window ? 0 : row.Failures);
        var full = failures >= Most;
        var args = new { hash, failures = full ? 0 : failures, now, until = full ? now + Rest : rests ? row!.RestsUntil : null };
        if (await db.Run(Update, args, ct) == 0) await db.Run(Insert, args, ct);
        return false;
    }

    /// <summary>A new password was set by mail: the address starts afresh.</summary>
    public Task Forget(string email, CancellationToken ct) => db.Run(Delete, new { hash = HashOf(email) }, ct);

    private static string HashOf(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MailAddress.Normalise(email))));

    private sealed record Row
    {
        public required int Failures { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required DateTimeOffset? RestsUntil { get; init; }
    }

    private const string Read = "select Failures, ChangedAt, RestsUntil from SignInTries where AddressHash = @hash";
    private const string Delete = "delete from SignInTries where AddressHash = @hash";
    private const string Update = "update SignInTries set Failures = @failures, ChangedAt = @now, RestsUntil = @until where AddressHash = @hash";
    private const string Insert = "insert into SignInTries (AddressHash, Failures, ChangedAt, RestsUntil) values (@hash, @failures, @now, @until)";
}
