using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Accounts;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace AbstractReview.App.Accounts;

/// <summary>Whoever got the sign-up mail names themselves and chooses a password; the account exists from here on, its address confirmed.</summary>
public sealed record FinishSignUp(string Token, Profile Profile, string Password) : IRequest<Person>;

// Not a command: hashing takes its time and must not hold the one writer.
internal sealed class FinishSignUpHandler(Db db, PersonStore store, AccountLinks links, IPasswordHasher<Person> hasher, AuditLog audit) : IRequestHandler<FinishSignUp, Person>
{
    public async Task<Person> Handle(FinishSignUp request, CancellationToken ct)
    {
        var profile = request.Profile.Checked();
        var email = (await links.Read(request.Token, LinkPurpose.SignUp, ct)).Email;
        PasswordRules.Check("password", request.Password, email, profile.GivenName, profile.FamilyName);
        var person = new Person { Email = email, NormalisedEmail = MailAddress.Normalise(email), EmailConfirmed = true, SecurityStamp = Stamps.New() };
        profile.Into(person);
        person.PasswordHash = hasher.HashPassword(person, request.Password);
        await db.Transaction(async () =>
        {
            await links.Use(request.Token, LinkPurpose.SignUp, ct);
            await store.CreateAsync(person, ct);
            await audit.Write(Actor.Person(person.Id, email, [Role.Author]), "person.signedUp", "person", person.Id, null, new { email }, ct);
        }, ct);
        return person;
    }
}

internal static class Stamps
{
    public static string New() => Guid.NewGuid().ToString("n");
}
