using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>Who an OpenID Connect provider says somebody is.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Its name for the person, which never changes hands.</param>
/// <param name="Email">May be empty.</param>
/// <param name="EmailVerified">Whether the provider vouches that the address is theirs.</param>
/// <param name="GivenName">May be empty.</param>
/// <param name="FamilyName">May be empty.</param>
public sealed record ExternalIdentity(string Issuer, string Subject, string Email, bool EmailVerified, string GivenName, string FamilyName);

/// <summary>
/// Somebody came back from the provider. Known before: their account. Else the account of their address, which is made where there is none; but only
/// of an address that the provider has verified, or anybody could come as anybody.
/// </summary>
public sealed record SignInExternally(ExternalIdentity Identity, Actor By) : ICommand<Person>;

internal sealed class SignInExternallyHandler(Db db, PersonStore store, AccountLinks links, AuditLog audit, TimeProvider clock) : IRequestHandler<SignInExternally, Person>
{
    public async Task<Person> Handle(SignInExternally command, CancellationToken ct)
    {
        var who = command.Identity;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{who.Issuer}\n{who.Subject}")));
        if (await db.One<int?>(Find, new { hash }, ct) is { } known) return (await store.FindById(known, ct))!;
        if (!who.EmailVerified || !MailAddress.IsValid(who.Email))
            throw new RuleBrokenException("The provider does not vouch for your e-mail address. Sign in with your address and password, or make an account with it.");
        var person = await store.FindByEmailAsync(MailAddress.Normalise(who.Email), ct) is { } standing ? await Proved(standing, ct) : await Create(who, ct);
        await db.Run(Link, new { hash, person.Id, who.Issuer, now = clock.GetUtcNow() }, ct);
        await audit.Write(Actor.Person(person.Id, person.Email, [Role.Author]), "person.linked", "person", person.Id, null, new { who.Issuer }, ct);
        await links.Mail(person.Email, person.FullName, "A new way to sign in", $"Your account can now be signed in to through {new Uri(who.Issuer).Host}. If that was not you, write to us at once.", ct);
        return person;
    }

    // Whoever set a password on an address they never proved must not keep it.
    private async Task<Person> Proved(Person person, CancellationToken ct)
    {
        if (person.EmailConfirmed) return person;
        (person.EmailConfirmed, person.PasswordHash, person.SecurityStamp) = (true, null, Stamps.New());
        await store.UpdateAsync(person, ct);
        return person;
    }

    private async Task<Person> Create(ExternalIdentity who, CancellationToken ct)
    {
        var person = new Person
        {
            Email = who.Email.Trim(), NormalisedEmail = MailAddress.Normalise(who.Email), EmailConfirmed = true, GivenName = Clean(who.GivenName), FamilyName = Clean(who.FamilyName), SecurityStamp = Stamps.New(),
        };
        await store.CreateAsync(person, ct);
        return person;
    }

    private static string Clean(string name)
    {
        var clean = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return clean.Length <= 200 ? clean : clean[..200];
    }

    private const string Find = "select PersonId from ExternalLogin where SubjectHash = @hash";
    private const string Link = "insert into ExternalLogin (SubjectHash, PersonId, Issuer, LinkedAt) values (@hash, @Id, @Issuer, @now)";
}
