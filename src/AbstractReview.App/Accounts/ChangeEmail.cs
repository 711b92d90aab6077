using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>A person wants another address: it changes once the link sent there is opened. An address that has an account gets a mail that says so; the answer is the same.</summary>
public sealed record AskToChangeEmail(string Email, string Password, Actor By) : IRequest<Unit>;

internal sealed class AskToChangeEmailHandler(Db db, IMediator mediator, PersonStore store, AccountLinks links) : IRequestHandler<AskToChangeEmail, Unit>
{
    public async Task<Unit> Handle(AskToChangeEmail request, CancellationToken ct)
    {
        var email = request.Email.Trim();
        if (!MailAddress.IsValid(email)) throw new RuleBrokenException("email", "Enter an e-mail address, such as name@example.org.");
        var own = await store.Own(request.By, ct);
        var person = await mediator.Send(new CheckPassword(own.Email, request.Password), ct) ?? throw new RuleBrokenException("password", "This is not your password.");
        await db.Transaction(async () =>
        {
            var taken = await store.FindByEmailAsync(MailAddress.Normalise(email), ct) is not null;
            var link = await links.Create(LinkPurpose.Email, "/account/confirm-email", person.Id, email, TimeSpan.FromHours(24), ct);
            await links.Mail(email, taken ? "" : person.FullName, "Your new address", taken
                ? "Somebody asked to move their account to this address, which has an account of its own already. Nothing was changed. If it was you, sign in with this address or answer this mail."
                : $"With this link this becomes the address of your account. It works for 24 hours, once:\n\n{link}", ct);
        }, ct);
        return Unit.Value;
    }
}

/// <summary>The link at the new address was opened: the account moves there, every session ends, and the old address is told.</summary>
public sealed record ConfirmEmail(string Token, Actor By) : ICommand<Person>;

internal sealed class ConfirmEmailHandler(PersonStore store, AccountLinks links, AuditLog audit) : IRequestHandler<ConfirmEmail, Person>
{
    public async Task<Person> Handle(ConfirmEmail command, CancellationToken ct)
    {
        var link = await links.Use(command.Token, LinkPurpose.Email, ct);
        var person = (await store.FindById(link.PersonId ?? 0, ct))!;
        if (await store.FindByEmailAsync(MailAddress.Normalise(link.Email), ct) is not null) throw new RuleBrokenException("This link was used already or has ended. Ask for a new one.");
        var old = person.Email;
        (person.Email, person.NormalisedEmail, person.EmailConfirmed, person.SecurityStamp) = (link.Email, MailAddress.Normalise(link.Email), true, Stamps.New());
        await store.UpdateAsync(person, ct);
        // A link to a new password that lies in the old mailbox must not open the account.
        await links.EndOthers(person.Id, LinkPurpose.Password, ct);
        await links.EndOthers(person.Id, LinkPurpose.Email, ct);
        await audit.Write(Actor.Person(person.Id, old, []), "person.emailChanged", "person", person.Id, new { email = old }, new { email = person.Email }, ct);
        await links.Mail(old, person.FullName, "Your address was changed", $"Your account now has the address {person.Email}. If that was not you, answer this mail at once.", ct);
        return person;
    }
}
