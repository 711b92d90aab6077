using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Accounts;

/// <summary>The Person table. An address belongs to one account.</summary>
public sealed class PersonStore(Db db, TimeProvider clock)
{
    /// <summary>Gives the person an id and stores them.</summary>
    /// <exception cref="RuleBrokenException">The address has an account.</exception>
    public Task CreateAsync(Person person, CancellationToken ct)
        => db.Transaction(async () =>
        {
            if (await db.One<int>(CountEmail, person, ct) > 0) throw new RuleBrokenException("email", "This address has an account already.");
            person.Id = await db.Next("Person", ct);
            person.CreatedAt = clock.GetUtcNow();
            person.Version = 1;
            await db.Run(Insert, person, ct);
        }, ct);

    /// <exception cref="StaleException">Somebody else changed the person since they were read.</exception>
    public async Task UpdateAsync(Person person, CancellationToken ct)
    {
        if (await db.Run(Update, person, ct) == 0) throw new StaleException("This account was changed in the meantime. Reload and try again.", person.Version);
        person.Version++;
    }

    public Task<Person?> FindById(int id, CancellationToken ct) => db.One<Person>(Select + " where Id = @id", new { id }, ct);

    /// <param name="normalisedEmail">As <see cref="MailAddress.Normalise"/> writes it.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Person?> FindByEmailAsync(string normalisedEmail, CancellationToken ct)
        => db.One<Person>(Select + " where NormalisedEmail = @normalisedEmail", new { normalisedEmail }, ct);

    /// <summary>The account of who asks.</summary>
    /// <exception cref="NotAllowedException">They have none.</exception>
    internal async Task<Person> Own(Actor by, CancellationToken ct)
        => await FindById(by.PersonId, ct) ?? throw new NotAllowedException("Sign in to see your account.");

    private const string CountEmail = "select count(*) from Person where NormalisedEmail = @NormalisedEmail";

    private const string Select = """
        select Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, Orcid, PasswordHash, SecurityStamp,
               AccessFailedCount, LockoutEnd, TwoFactorEnabled, AuthenticatorKey, RecoveryCodes, TotpStep, CreatedAt, Version
        from Person
        """;

    private const string Insert = """
        insert into Person (Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, Orcid, PasswordHash, SecurityStamp,
                            AccessFailedCount, LockoutEnd, TwoFactorEnabled, AuthenticatorKey, RecoveryCodes, TotpStep, CreatedAt, Version)
        values (@Id, @Email, @NormalisedEmail, @EmailConfirmed, @GivenName, @FamilyName, @Affiliation, @Country, @Orcid, @PasswordHash, @SecurityStamp,
                @AccessFailedCount, @LockoutEnd, @TwoFactorEnabled, @AuthenticatorKey, @RecoveryCodes, @TotpStep, @CreatedAt, @Version)
        """;

    private const string Update = """
        update Person
        set Email = @Email, NormalisedEmail = @NormalisedEmail, EmailConfirmed = @EmailConfirmed, GivenName = @GivenName, FamilyName = @FamilyName,
            Affiliation = @Affiliation, Country = @Country, Orcid = @Orcid, PasswordHash = @PasswordHash, SecurityStamp = @SecurityStamp,
            AccessFailedCount = @AccessFailedCount, LockoutEnd = @LockoutEnd, TwoFactorEnabled = @TwoFactorEnabled, AuthenticatorKey = @AuthenticatorKey,
            RecoveryCodes = @RecoveryCodes, TotpStep = @TotpStep, Version = Version + 1
        where Id = @Id and Version = @Version
        """;
}
