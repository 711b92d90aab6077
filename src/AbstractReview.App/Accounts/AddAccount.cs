using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Accounts;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace AbstractReview.App.Accounts;

/// <summary>The secretariat, an import or the command line adds a person with roles; roles are added to an account that exists. Answers the person's id.</summary>
public sealed record AddAccount : ICommand<int>
{
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public string Affiliation { get; init; } = "";
    public string Country { get; init; } = "";
    /// <summary>Null leaves the account without one: its owner sets it by the forgotten-password mail. An account that has one keeps it.</summary>
    public string? Password { get; init; }
    public IReadOnlyList<Role> Roles { get; init; } = [];
    /// <summary>The areas of an area chair.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];
    public required Actor By { get; init; }
}

internal sealed class AddAccountHandler(Db db, PersonStore store, IPasswordHasher<Person> hasher, AuditLog audit) : IRequestHandler<AddAccount, int>
{
    public async Task<int> Handle(AddAccount command, CancellationToken ct)
    {
        Access.Require(Access.MayManagePeople(command.By), "add accounts");
        if (!MailAddress.IsValid(command.Email)) throw new RuleBrokenException("email", $"“{command.Email}” is not an e-mail address.");
        if (command.Password is { } password) PasswordRules.Check("password", password, command.Email, command.GivenName, command.FamilyName);
        var person = await store.FindByEmailAsync(MailAddress.Normalise(command.Email), ct) ?? await Create(command, ct);
        if (command.Password is not null && person.PasswordHash is null)
        {
            person.PasswordHash = hasher.HashPassword(person, command.Password);
            await store.UpdateAsync(person, ct);
        }

        foreach (var role in command.Roles.Where(r => r != Role.Author))
            foreach (var area in role == Role.AreaChair ? command.Areas : [""])
                if (await db.One<int>(CountRole, new { person.Id, role = role.ToString(), area }, ct) == 0)
                    await db.Run(InsertRole, new { person.Id, role = role.ToString(), area }, ct);
        await audit.Write(command.By, "person.added", "person", person.Id, null, new { command.Email, command.Roles, command.Areas }, ct);
        return person.Id;
    }

    private async Task<Person> Create(AddAccount command, CancellationToken ct)
    {
        var person = new Person
        {
            Email = command.Email.Trim(),
            NormalisedEmail = MailAddress.Normalise(command.Email),
            EmailConfirmed = true,
            GivenName = command.GivenName,
            FamilyName = command.FamilyName,
            Affiliation = command.Affiliation,
            Country = command.Country,
            SecurityStamp = Guid.NewGuid().ToString("n"),
        };
        await store.CreateAsync(person, ct);
        return person;
    }

    private const string CountRole = "select count(*) from PersonRole where PersonId = @Id and Role = @role and AreaCode = @area";
    private const string InsertRole = "insert into PersonRole (PersonId, Role, AreaCode) values (@Id, @role, @area)";
}
