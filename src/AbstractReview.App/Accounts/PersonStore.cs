using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Microsoft.AspNetCore.Identity;

namespace AbstractReview.App.Accounts;

/// <summary>ASP.NET Core Identity's store over the Person table. The user name is the e-mail address.</summary>
public sealed class PersonStore(Db db, TimeProvider clock)
    : IUserPasswordStore<Person>, IUserEmailStore<Person>, IUserSecurityStampStore<Person>, IUserLockoutStore<Person>,
      IUserTwoFactorStore<Person>, IUserAuthenticatorKeyStore<Person>, IUserTwoFactorRecoveryCodeStore<Person>
{
    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken)
        => db.Transaction(async () =>
        {
            if (await db.One<int>(CountEmail, user, cancellationToken) > 0)
                return IdentityResult.Failed(new IdentityErrorDescriber().DuplicateEmail(user.Email));
            user.Id = await db.Next("Person", cancellationToken);
            user.CreatedAt = clock.GetUtcNow();
            user.Version = 1;
            await db.Run(Insert, user, cancellationToken);
            return IdentityResult.Success;
        }, cancellationToken);

    public async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken)
    {
        if (await db.Run(Update, user, cancellationToken) == 0) return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        user.Version++;
        return IdentityResult.Success;
    }

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken)
        => throw new NotSupportedException("People are not deleted; their data is erased by a command of its own.");

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken)
        => int.TryParse(userId, out var id) ? db.One<Person>(Select + " where Id = @id", new { id }, cancellationToken) : Task.FromResult<Person?>(null);

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<Person?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
        => db.One<Person>(Select + " where NormalisedEmail = @normalizedEmail", new { normalizedEmail }, cancellationToken);

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(FormattableString.Invariant($"{user.Id}"));
    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalisedEmail);
    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<string?> GetEmailAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task SetEmailAsync(Person user, string? email, CancellationToken cancellationToken) => Set(() => user.Email = email ?? "");
    public Task<bool> GetEmailConfirmedAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.EmailConfirmed);
    public Task SetEmailConfirmedAsync(Person user, bool confirmed, CancellationToken cancellationToken) => Set(() => user.EmailConfirmed = confirmed);
    public Task<string?> GetNormalizedEmailAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalisedEmail);
    public Task SetNormalizedEmailAsync(Person user, string? normalizedEmail, CancellationToken cancellationToken) => Set(() => user.NormalisedEmail = normalizedEmail ?? "");
    public Task<string?> GetPasswordHashAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);
    public Task SetPasswordHashAsync(Person user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);
    public Task<bool> HasPasswordAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);
    public Task<string?> GetSecurityStampAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);
    public Task SetSecurityStampAsync(Person user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);
    public Task SetLockoutEndDateAsync(Person user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockoutEnd = lockoutEnd);
    public Task<int> IncrementAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(++user.AccessFailedCount);
    public Task ResetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Set(() => user.AccessFailedCount = 0);
    public Task<int> GetAccessFailedCountAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);
    public Task<bool> GetLockoutEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(true);
    public Task SetLockoutEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task SetTwoFactorEnabledAsync(Person user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactorEnabled = enabled);
    public Task<bool> GetTwoFactorEnabledAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactorEnabled);
    public Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken) => Set(() => user.AuthenticatorKey = key);
    public Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.AuthenticatorKey);
    public Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) => Set(() => user.RecoveryCodes = string.Join(';', recoveryCodes));
    public Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(Codes(user).Count);

    public async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var codes = Codes(user);
        if (!codes.Remove(code)) return false;
        user.RecoveryCodes = string.Join(';', codes);
        return (await UpdateAsync(user, cancellationToken)).Succeeded;
    }

    // The database belongs to the scope.
    public void Dispose() { }

    private static List<string> Codes(Person user) => [.. (user.RecoveryCodes ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    private const string CountEmail = "select count(*) from Person where NormalisedEmail = @NormalisedEmail";

    private const string Select = """
        select Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, Orcid, PasswordHash, SecurityStamp,
               AccessFailedCount, LockoutEnd, TwoFactorEnabled, AuthenticatorKey, RecoveryCodes, CreatedAt, Version
        from Person
        """;

    private const string Insert = """
        insert into Person (Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, Orcid, PasswordHash, SecurityStamp,
                            AccessFailedCount, LockoutEnd, TwoFactorEnabled, AuthenticatorKey, RecoveryCodes, CreatedAt, Version)
        values (@Id, @Email, @NormalisedEmail, @EmailConfirmed, @GivenName, @FamilyName, @Affiliation, @Country, @Orcid, @PasswordHash, @SecurityStamp,
                @AccessFailedCount, @LockoutEnd, @TwoFactorEnabled, @AuthenticatorKey, @RecoveryCodes, @CreatedAt, @Version)
        """;

    private const string Update = """
        update Person
        set Email = @Email, NormalisedEmail = @NormalisedEmail, EmailConfirmed = @EmailConfirmed, GivenName = @GivenName, FamilyName = @FamilyName,
            Affiliation = @Affiliation, Country = @Country, Orcid = @Orcid, PasswordHash = @PasswordHash, SecurityStamp = @SecurityStamp,
            AccessFailedCount = @AccessFailedCount, LockoutEnd = @LockoutEnd, TwoFactorEnabled = @TwoFactorEnabled, AuthenticatorKey = @AuthenticatorKey,
            RecoveryCodes = @RecoveryCodes, Version = Version + 1
        where Id = @Id and Version = @Version
        """;
}

/// <summary>Identity's lookup form of an address is the house's own.</summary>
public sealed class EmailNormaliser : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : MailAddress.Normalise(name);
    public string? NormalizeEmail(string? email) => email is null ? null : MailAddress.Normalise(email);
}
