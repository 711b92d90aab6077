using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>Somebody wants an account: a mail goes to the address, with the link that makes one, or saying that there is one already. The answer is the same.</summary>
public sealed record AskToSignUp(string Email, Actor By) : ICommand<Unit>;

internal sealed class AskToSignUpHandler(PersonStore store, AccountLinks links) : IRequestHandler<AskToSignUp, Unit>
{
    public async Task<Unit> Handle(AskToSignUp command, CancellationToken ct)
    {
        var email = command.Email.Trim();
        if (!MailAddress.IsValid(email)) throw new RuleBrokenException("email", "Enter an e-mail address, such as name@example.org.");
        var known = await store.FindByEmailAsync(MailAddress.Normalise(email), ct);
        var purpose = known is null ? LinkPurpose.SignUp : LinkPurpose.Password;
        var link = await links.Create(purpose, known is null ? "/account/sign-up/finish" : "/account/set-password", known?.Id, known?.Email ?? email, TimeSpan.FromHours(24), ct);
        if (known is null)
            await links.Mail(email, "", "Finish your account", $"With this link you choose your password and your account is ready. It works for 24 hours, once:\n\n{link}\n\nIf you did not ask for it, do nothing: no account is made.", ct);
        else
            await links.Mail(known.Email, known.FullName, "You have an account already", $"You, or somebody who typed your address, asked for a new account. You have one: sign in with this address. If you forgot the password, this link sets a new one, for 24 hours, once:\n\n{link}", ct);
        return Unit.Value;
    }
}

/// <summary>The address a sign-up link was sent to.</summary>
/// <exception cref="RuleBrokenException">The link was used or has ended.</exception>
public sealed record ReadSignUpLink(string Token) : IRequest<string>;

internal sealed class ReadSignUpLinkHandler(AccountLinks links) : IRequestHandler<ReadSignUpLink, string>
{
    public async Task<string> Handle(ReadSignUpLink query, CancellationToken ct) => (await links.Read(query.Token, LinkPurpose.SignUp, ct)).Email;
}
