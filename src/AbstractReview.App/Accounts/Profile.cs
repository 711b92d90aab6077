using AbstractReview.App.Audit;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>What a person says of themselves. Country is an ISO 3166-1 alpha-2 code.</summary>
public sealed record Profile(string GivenName, string FamilyName, string Affiliation, string Country, string? Orcid)
{
    /// <summary>Trimmed, the ORCID iD in its usual form.</summary>
    /// <exception cref="RuleBrokenException">A name is missing or too long, the country is none, or the ORCID iD's check digit is wrong.</exception>
    internal Profile Checked()
    {
        var clean = new Profile(GivenName.Trim(), FamilyName.Trim(), Affiliation.Trim(), Country.Trim(), string.IsNullOrWhiteSpace(Orcid) ? null : Domain.Submissions.Orcid.Normalise(Orcid));
        var errors = new List<FieldError>();
        if (clean.FamilyName == "") errors.Add(new("familyName", "Enter your family name, or your only name."));
        foreach (var (field, text) in new[] { ("givenName", clean.GivenName), ("familyName", clean.FamilyName), ("affiliation", clean.Affiliation) })
            if (text.Length > 200 || text.Any(char.IsControl)) errors.Add(new(field, "Use at most 200 characters on one line."));
        if (clean.Country != "" && Countries.All.All(c => c.Key != clean.Country)) errors.Add(new("country", "Choose a country of the list."));
        if (clean.Orcid is { } orcid && !Domain.Submissions.Orcid.IsValid(orcid)) errors.Add(new("orcid", "This is no ORCID iD; it looks like 0000-0002-1825-0097."));
        return errors.Count == 0 ? clean : throw new RuleBrokenException(errors);
    }

    internal void Into(Person person)
        => (person.GivenName, person.FamilyName, person.Affiliation, person.Country, person.Orcid) = (GivenName, FamilyName, Affiliation, Country, Orcid);
}

/// <summary>One's own account.</summary>
public sealed record ReadAccount(Actor By) : IQuery<OwnAccount>;

public sealed record OwnAccount(string Email, Profile Profile, bool TwoFactorEnabled, int RecoveryCodesLeft, bool HasPassword, int Version);

internal sealed class ReadAccountHandler(PersonStore store) : IRequestHandler<ReadAccount, OwnAccount>
{
    public async Task<OwnAccount> Handle(ReadAccount query, CancellationToken ct)
    {
        var p = await store.Own(query.By, ct);
        var codes = (p.RecoveryCodes ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Length;
        return new OwnAccount(p.Email, new Profile(p.GivenName, p.FamilyName, p.Affiliation, p.Country, p.Orcid), p.TwoFactorEnabled, codes, p.PasswordHash is not null, p.Version);
    }
}

/// <summary>A person changes what they say of themselves. Submissions keep the authors they were handed in with.</summary>
public sealed record SaveProfile(Profile Profile, Actor By) : ICommand<Unit>;

internal sealed class SaveProfileHandler(PersonStore store, AuditLog audit) : IRequestHandler<SaveProfile, Unit>
{
    public async Task<Unit> Handle(SaveProfile command, CancellationToken ct)
    {
        var person = await store.Own(command.By, ct);
        var before = new { person.GivenName, person.FamilyName, person.Affiliation, person.Country, person.Orcid };
        var profile = command.Profile.Checked();
        profile.Into(person);
        await store.UpdateAsync(person, ct);
        await audit.Write(command.By, "person.changed", "person", person.Id, before, profile, ct);
        return Unit.Value;
    }
}
