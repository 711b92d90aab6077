using System.Security.Cryptography;
using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Accounts;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>The key a person's authenticator app shall learn; made anew until the second factor is on. Null when it is on: it is never shown again.</summary>
public sealed record OfferTwoFactor(Actor By) : ICommand<string?>;

internal sealed class OfferTwoFactorHandler(PersonStore store) : IRequestHandler<OfferTwoFactor, string?>
{
    public async Task<string?> Handle(OfferTwoFactor command, CancellationToken ct)
    {
        var person = await store.Own(command.By, ct);
        if (person.TwoFactorEnabled) return null;
        if (person.AuthenticatorKey is null)
        {
            person.AuthenticatorKey = Totp.Key(RandomNumberGenerator.GetBytes(20));
            await store.UpdateAsync(person, ct);
        }

        return person.AuthenticatorKey;
    }
}

/// <summary>The app shows the right code: the second factor is on, other sessions end. Answers ten recovery codes, shown this once.</summary>
public sealed record EnableTwoFactor(string Code, Actor By) : ICommand<EnabledTwoFactor>;

public sealed record EnabledTwoFactor(Person Person, IReadOnlyList<string> RecoveryCodes);

internal sealed class EnableTwoFactorHandler(PersonStore store, AuditLog audit, TimeProvider clock) : IRequestHandler<EnableTwoFactor, EnabledTwoFactor>
{
    public async Task<EnabledTwoFactor> Handle(EnableTwoFactor command, CancellationToken ct)
    {
        var person = await store.Own(command.By, ct);
        if (person.TwoFactorEnabled) throw new RuleBrokenException("The second factor is on already.");
        var step = person.AuthenticatorKey is { } key ? Totp.StepOf(key, command.Code, clock.GetUtcNow(), 0) : null;
        if (step is null) throw new RuleBrokenException("code", "This is not the code the app shows now. Check that the phone's clock is right and try the next one.");
        var codes = Enumerable.Range(0, 10).Select(_ => RecoveryCodes.Create()).ToList();
        (person.TwoFactorEnabled, person.TotpStep, person.SecurityStamp) = (true, step.Value, Stamps.New());
        person.RecoveryCodes = string.Join(';', codes.Select(RecoveryCodes.Hash));
        await store.UpdateAsync(person, ct);
        await audit.Write(command.By, "person.secondFactorOn", "person", person.Id, null, null, ct);
        return new EnabledTwoFactor(person, codes);
    }
}

/// <summary>A person turns the second factor off, knowing their password.</summary>
public sealed record DisableTwoFactor(string Password, Actor By) : IRequest<Person>;

internal sealed class DisableTwoFactorHandler(Db db, IMediator mediator, PersonStore store, AccountLinks links, AuditLog audit) : IRequestHandler<DisableTwoFactor, Person>
{
    public async Task<Person> Handle(DisableTwoFactor request, CancellationToken ct)
    {
        var own = await store.Own(request.By, ct);
        var person = await mediator.Send(new CheckPassword(own.Email, request.Password), ct) ?? throw new RuleBrokenException("password", "This is not your password.");
        (person.TwoFactorEnabled, person.AuthenticatorKey, person.RecoveryCodes, person.SecurityStamp) = (false, null, null, Stamps.New());
        await db.Transaction(async () =>
        {
            await store.UpdateAsync(person, ct);
            await audit.Write(request.By, "person.secondFactorOff", "person", person.Id, null, null, ct);
            await links.Mail(person.Email, person.FullName, "Second factor turned off", "Your account no longer asks for a code at sign-in. If that was not you, answer this mail at once.", ct);
        }, ct);
        return person;
    }
}

/// <summary>Whether a code of the app, or a recovery code, is right; each works once. Ten wrong ones let the second step rest like the first.</summary>
public sealed record CheckSecondFactor(int PersonId, string Code) : IRequest<Person?>;

internal sealed class CheckSecondFactorHandler(Db db, PersonStore store, SignInTries tries, TimeProvider clock) : IRequestHandler<CheckSecondFactor, Person?>
{
    public Task<Person?> Handle(CheckSecondFactor request, CancellationToken ct) => db.Transaction(async () =>
    {
        if (await store.FindById(request.PersonId, ct) is not { TwoFactorEnabled: true } person) return null;
        var right = Redeem(person, request.Code);
        if (!await tries.Take(FormattableString.Invariant($"second factor of {person.Id}"), right, ct)) return null;
        await store.UpdateAsync(person, ct);
        return person;
    }, ct);

    private bool Redeem(Person person, string code)
    {
        if (Totp.StepOf(person.AuthenticatorKey!, code, clock.GetUtcNow(), person.TotpStep) is { } step)
        {
            person.TotpStep = step;
            return true;
        }

        var codes = (person.RecoveryCodes ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).ToList();
        var right = codes.Remove(RecoveryCodes.Hash(code));
        person.RecoveryCodes = string.Join(';', codes);
        return right;
    }
}

/// <summary>Eighty random bits in four groups of five, without letters that look alike; kept as hashes.</summary>
internal static class RecoveryCodes
{
    public static string Create()
        => string.Join('-', RandomNumberGenerator.GetString("23456789abcdefghjkmnpqrstuvwxyz", 20).Chunk(5).Select(c => new string(c)));

    public static string Hash(string code) => ApiTokens.Hash(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant());
}
