using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Accounts;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace AbstractReview.App.Accounts;

/// <summary>Forgotten password: a mail goes to the address whether or not it has an account; only its owner learns which.</summary>
public sealed record AskForPassword(string Email, Actor By) : ICommand<Unit>;

internal sealed class AskForPasswordHandler(PersonStore store, AccountLinks links) : IRequestHandler<AskForPassword, Unit>
{
    public async Task<Unit> Handle(AskForPassword command, CancellationToken ct)
    {
        var email = command.Email.Trim();
        if (!MailAddress.IsValid(email)) throw new RuleBrokenException("email", "Enter an e-mail address, such as name@example.org.");
        var known = await store.FindByEmailAsync(MailAddress.Normalise(email), ct);
        var (purpose, path) = known is null ? (LinkPurpose.SignUp, "/account/sign-up/finish") : (LinkPurpose.Password, "/account/set-password");
        var link = await links.Create(purpose, path, known?.Id, known?.Email ?? email, TimeSpan.FromHours(2), ct);
        await links.Mail(known?.Email ?? email, known?.FullName ?? "", "Your password", known is null
            ? $"Somebody, perhaps you, asked for a new password for this address. It has no account here; you may have used another address. With this link you make an account, for two hours, once:\n\n{link}\n\nIf it was not you, do nothing."
            : $"With this link you set a new password. It works for two hours, once:\n\n{link}\n\nIf it was not you who asked, do nothing: your password stays as it is.", ct);
        return Unit.Value;
    }
}

/// <summary>Whoever got the mail sets a password; every session ends and the address is confirmed.</summary>
public sealed record SetPassword(string Token, string Password) : IRequest<Unit>;

// Not commands, these two: hashing takes its time and must not hold the one writer.
internal sealed class SetPasswordHandler(Db db, PersonStore store, AccountLinks links, SignInTries tries, IPasswordHasher<Person> hasher, AuditLog audit) : IRequestHandler<SetPassword, Unit>
{
    public async Task<Unit> Handle(SetPassword request, CancellationToken ct)
    {
        var link = await links.Read(request.Token, LinkPurpose.Password, ct);
        var person = (await store.FindById(link.PersonId ?? 0, ct))!;
        PasswordRules.Check("password", request.Password, person.Email, person.GivenName, person.FamilyName);
        var hash = hasher.HashPassword(person, request.Password);
        await db.Transaction(async () =>
        {
            await links.Use(request.Token, LinkPurpose.Password, ct);
            await links.EndOthers(person.Id, LinkPurpose.Password, ct);
            (person.PasswordHash, person.SecurityStamp, person.EmailConfirmed) = (hash, Stamps.New(), true);
            await store.UpdateAsync(person, ct);
            await tries.Forget(person.Email, ct);
            await audit.Write(Actor.Person(person.Id, person.Email, []), "person.passwordSet", "person", person.Id, null, null, ct);
            await links.Mail(person.Email, person.FullName, "Your password was changed", "The password of your account was just set by a link sent to this address. If that was not you, answer this mail at once.", ct);
        }, ct);
        return Unit.Value;
    }
}

/// <summary>A person changes their password, knowing the old one; every session ends. Answers the person, to begin this session anew.</summary>
public sealed record ChangePassword(string Current, string Password, Actor By) : IRequest<Person>;

internal sealed class ChangePasswordHandler(Db db, IMediator mediator, PersonStore store, AccountLinks links, IPasswordHasher<Person> hasher, AuditLog audit) : IRequestHandler<ChangePassword, Person>
{
    public async Task<Person> Handle(ChangePassword request, CancellationToken ct)
    {
        var own = await store.Own(request.By, ct);
        var person = await mediator.Send(new CheckPassword(own.Email, request.Current), ct) ?? throw new RuleBrokenException("current", "This is not your password.");
        PasswordRules.Check("password", request.Password, person.Email, person.GivenName, person.FamilyName);
        (person.PasswordHash, person.SecurityStamp) = (hasher.HashPassword(person, request.Password), Stamps.New());
        await db.Transaction(async () =>
        {
            await store.UpdateAsync(person, ct);
            await links.EndOthers(person.Id, LinkPurpose.Password, ct);
            await audit.Write(request.By, "person.passwordSet", "person", person.Id, null, null, ct);
            await links.Mail(person.Email, person.FullName, "Your password was changed", "The password of your account was just changed. If that was not you, answer this mail at once.", ct);
        }, ct);
        return person;
    }
}

/// <summary>Every session of the person ends. Answers the person, to begin this one anew.</summary>
public sealed record SignOutEverywhere(Actor By) : ICommand<Person>;

internal sealed class SignOutEverywhereHandler(PersonStore store, AuditLog audit) : IRequestHandler<SignOutEverywhere, Person>
{
    public async Task<Person> Handle(SignOutEverywhere command, CancellationToken ct)
    {
        var person = await store.Own(command.By, ct);
        person.SecurityStamp = Stamps.New();
        await store.UpdateAsync(person, ct);
        await audit.Write(command.By, "person.signedOutEverywhere", "person", person.Id, null, null, ct);
        return person;
    }
}
