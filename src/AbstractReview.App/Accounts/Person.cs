using AbstractReview.Domain;

namespace AbstractReview.App.Accounts;

/// <summary>A person with an account, as the Person table keeps them. Identity reads and writes it through its store.</summary>
public sealed class Person
{
    public int Id { get; set; }
    public string Email { get; set; } = "";
    public string NormalisedEmail { get; set; } = "";
    public bool EmailConfirmed { get; set; }
    public string GivenName { get; set; } = "";
    public string FamilyName { get; set; } = "";
    public string Affiliation { get; set; } = "";
    public string Country { get; set; } = "";
    public string? Orcid { get; set; }
    public string? PasswordHash { get; set; }
    public string SecurityStamp { get; set; } = "";
    public int AccessFailedCount { get; set; }
    public DateTimeOffset? LockoutEnd { get; set; }
    public bool TwoFactorEnabled { get; set; }
    public string? AuthenticatorKey { get; set; }
    public string? RecoveryCodes { get; set; }
    /// <summary>The last step whose code was taken; a code works once.</summary>
    public long TotpStep { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public int Version { get; set; }

    public string FullName => PersonName.Full(GivenName, FamilyName);
}
