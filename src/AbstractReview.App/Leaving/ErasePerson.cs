using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Leaving;

/// <summary>
/// Takes a person out (GDPR, Article 17). The account ends; their address goes from every row, their name from all that was not
/// published and from what others wrote of them: reviews, discussions, reasons, notes, mails. What was printed keeps its author's name, the ledgers keep their rows and numbers, reviews stay without a name, and the
/// audit's chain stays whole: an entry that lost words keeps its hash, which the entry of the erasure repeats.
/// </summary>
public sealed record ErasePerson(int Id, Actor By) : ILongCommand<ErasedPerson>;

/// <param name="Name">What they are called now.</param>
/// <param name="Printed">The submissions that keep their name, as the book has it.</param>
/// <param name="TextsLeft">Somebody else has the same name, so what others wrote was left as it is.</param>
public sealed record ErasedPerson(string Name, IReadOnlyList<int> Printed, bool TextsLeft);

internal sealed class ErasePersonHandler(Db db, PersonStore people, Erasing erasing, NamelessFiles files, AuditLog audit) : IRequestHandler<ErasePerson, ErasedPerson>
{
    public async Task<ErasedPerson> Handle(ErasePerson command, CancellationToken ct)
    {
        Access.Require(Access.MayManagePeople(command.By), "erase a person");
        var person = await people.FindById(command.Id, ct) ?? throw new NotFoundException("There is no such account.");
        if (command.Id == command.By.PersonId) throw new RuleBrokenException("Somebody else of the secretariat has to erase your account.");
        if (await db.One<int>(IsSecretariat, new { command.Id }, ct) > 0 && await db.One<int>(CountSecretariat, null, ct) == 1)
            throw new RuleBrokenException("This is the last account of the secretariat. Give the role to somebody else first.");
        var spellings = (await db.All<string>(Spellings, new { person.NormalisedEmail }, ct)).Append(person.Email).Append(person.NormalisedEmail).Distinct().ToList();
        var trace = new PersonTrace(person, spellings, await db.All<int>(Printed, new { person.NormalisedEmail }, ct), await db.All<int>(Unprinted, new { person.Id, person.NormalisedEmail }, ct));
        var named = await db.All<string>(SchemaTables.NamedFiles, null, ct);
        await erasing.Account(trace, ct);
        await erasing.Authorships(trace, ct);
        var copies = await erasing.Mails(trace, ct);
        await erasing.Correspondence(trace, ct);
        var cleared = await erasing.FreeTexts(trace, ct);
        await erasing.Everywhere(trace, ct);
        await files.LetGo(named, ct);
        db.AfterCommit(() => erasing.ForgetCopies(copies));
        var redacted = await erasing.Audit(trace, ct);
        await audit.Write(command.By, Redactions.Action, "person", command.Id, null, new Redactions(redacted), ct);
        return new ErasedPerson(trace.Alias, trace.Printed, TextsLeft: !cleared);
    }

    private const string IsSecretariat = "select count(*) from PersonRole where PersonId = @Id and Role = 'Secretariat'";
    private const string CountSecretariat = "select count(*) from PersonRole where Role = 'Secretariat'";
    private const string Spellings = "select distinct Email from Author where NormalisedEmail = @NormalisedEmail";

    private const string Printed = """
        select s.Number
        from Submission s
          join Decision d on d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion
        where d.PublishedAt is not null and d.Kind in ('Oral', 'Poster', 'Panel') and s.State in ('Notified', 'Confirmed')
          and exists (select 1 from Author a where a.SubmissionNumber = s.Number and a.NormalisedEmail = @NormalisedEmail)
        order by s.Number
        """;

    private const string Unprinted = """
        select s.Number
        from Submission s
        where (s.OwnerId = @Id or exists (select 1 from Author a where a.SubmissionNumber = s.Number and a.NormalisedEmail = @NormalisedEmail))
          and not exists (select 1 from Decision d
                          where d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion and d.PublishedAt is not null
                            and d.Kind in ('Oral', 'Poster', 'Panel') and s.State in ('Notified', 'Confirmed'))
        order by s.Number
        """;
}

/// <summary>A person on their way out: who they were, and where their name may stay.</summary>
internal sealed record PersonTrace(Person Person, IReadOnlyList<string> Spellings, IReadOnlyList<int> Printed, IReadOnlyList<int> Unprinted)
{
    // Reserved for what nobody can be reached at (RFC 6761).
    private const string AliasDomain = "@erased.invalid";

    /// <summary>Whether an address is what is left of an erased person's.</summary>
    public static bool IsAlias(string email) => email.EndsWith(AliasDomain, StringComparison.Ordinal);

    public string Alias => FormattableString.Invariant($"Erased person {Person.Id}");
    public string AliasEmail => FormattableString.Invariant($"erased-{Person.Id}{AliasDomain}");
    public string FullName => PersonName.Full(Person.GivenName, Person.FamilyName);

    /// <summary>Their full name as texts have it; none where it is too short to be told from other words, which in Chinese characters three seldom are.</summary>
    public IReadOnlyList<string> Names => IsShort ? []
        : [.. new[] { FullName, $"{Person.GivenName} {Person.FamilyName}", $"{Person.FamilyName}, {Person.GivenName}", $"{Person.FamilyName} {Person.GivenName}" }.Distinct()];

    private bool IsShort => PersonName.IsFamilyFirst(Person.GivenName, Person.FamilyName) ? FullName.Length < 3 : Person.GivenName.Length < 2 || Person.FamilyName.Length < 2;
}

/// <summary>What an erasure's own audit entry says: the entries that lost words, each with the hash it keeps.</summary>
internal sealed record Redactions(IReadOnlyList<RedactedEntry> Redacted)
{
    public const string Action = "person.erased";
}

internal sealed record RedactedEntry(int Id, string Hash);
