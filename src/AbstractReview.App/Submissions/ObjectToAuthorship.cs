using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Somebody named as an author objects, by the link in their mail. The words, 1 to 2000 characters, go to the secretariat.</summary>
public sealed record ObjectToAuthorship(int Number, string Key, string Words, Actor By) : ICommand<int>;

/// <summary>What the link of a co-author's mail shows before they object.</summary>
public sealed record ReadAuthorship(int Number, string Key, Actor By) : IQuery<Authorship>;

/// <param name="Number">The submission.</param>
/// <param name="Title">Its title, which the mail told them.</param>
/// <param name="Authors">Everybody named.</param>
/// <param name="Name">Whom the link was made for.</param>
/// <param name="Objected">They objected already and it is not settled.</param>
public sealed record Authorship(int Number, string Title, IReadOnlyList<string> Authors, string Name, bool Objected);

/// <summary>The secretariat has seen to an objection and notes how.</summary>
public sealed record SettleObjection(int Id, string Settlement, Actor By) : ICommand<int>;

/// <summary>Objections that wait first, then those that were settled, newest first.</summary>
public sealed record ListObjections(Actor By) : IQuery<IReadOnlyList<ObjectionRow>>;

public sealed record ObjectionRow
{
    public required int Id { get; init; }
    public required int SubmissionNumber { get; init; }
    public required string Title { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset? SettledAt { get; init; }
    public required string Settlement { get; init; }
}

internal sealed class ObjectToAuthorshipHandler(Db db, ConferenceReader conferences, SubmissionStore store, CoAuthorLinks links, Outbox outbox, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ObjectToAuthorship, int>
{
    public async Task<int> Handle(ObjectToAuthorship command, CancellationToken ct)
    {
        var author = await links.Find(command.Number, command.Key, await store.Authors(command.Number, ct), ct);
        var words = Reasons.Check(command.Words, "Say in a few words what is wrong.");
        if (await db.One<int>(CountOpen, new { command.Number, author.Email }, ct) > 0) throw new RuleBrokenException("You objected already; the secretariat will write to you.");
        var id = await db.Next("Objection", ct);
        await db.Run(Insert, new { id, command.Number, author.Email, Name = author.FullName, words, now = clock.GetUtcNow() }, ct);
        var conference = await conferences.Current(ct);
        await outbox.QueueNew([new Mail
        {
            Key = FormattableString.Invariant($"objection/{id}"), Kind = "Objection", ToEmail = conference.Mail.Address, ToName = conference.Mail.Name,
            Subject = $"Objection to being named on submission {command.Number}",
            Text = $"{author.FullName} <{author.Email}> is named as an author of submission {command.Number} and objects:\n\n{words}\n\nIt waits on the secretariat's page of objections.\n",
        }], ct);
        await audit.Write(command.By, "authorship.objected", "submission", command.Number, null, new { author.Email, words }, ct);
        return id;
    }

    private const string CountOpen = "select count(*) from Objection where SubmissionNumber = @Number and Email = @Email and SettledAt is null";

    private const string Insert = """
        insert into Objection (Id, SubmissionNumber, Email, Name, Words, MadeAt, Settlement)
        values (@id, @Number, @Email, @Name, @words, @now, '')
        """;
}

internal sealed class ReadAuthorshipHandler(Db db, SubmissionStore store, CoAuthorLinks links) : IRequestHandler<ReadAuthorship, Authorship>
{
    public async Task<Authorship> Handle(ReadAuthorship query, CancellationToken ct)
    {
        var authors = await store.Authors(query.Number, ct);
        var author = await links.Find(query.Number, query.Key, authors, ct);
        var title = await db.One<string>(Read, new { query.Number }, ct);
        var objected = await db.One<int>(CountOpen, new { query.Number, author.Email }, ct) > 0;
        return new Authorship(query.Number, title ?? "", [.. authors.Select(a => a.FullName)], author.FullName, objected);
    }

    private const string Read = "select Title from Submission where Number = @Number";
    private const string CountOpen = "select count(*) from Objection where SubmissionNumber = @Number and Email = @Email and SettledAt is null";
}

internal sealed class SettleObjectionHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<SettleObjection, int>
{
    public async Task<int> Handle(SettleObjection command, CancellationToken ct)
    {
        Access.Require(command.By.IsSecretariat, "settle objections");
        var settlement = Reasons.Check(command.Settlement, "Note how it was settled.");
        if (await db.Run(Settle, new { command.Id, settlement, now = clock.GetUtcNow() }, ct) == 0) throw new NotFoundException($"There is no objection {command.Id} that waits.");
        await audit.Write(command.By, "authorship.settled", "objection", command.Id, null, new { settlement }, ct);
        return command.Id;
    }

    private const string Settle = "update Objection set SettledAt = @now, Settlement = @settlement where Id = @Id and SettledAt is null";
}

internal sealed class ListObjectionsHandler(Db db) : IRequestHandler<ListObjections, IReadOnlyList<ObjectionRow>>
{
    public Task<IReadOnlyList<ObjectionRow>> Handle(ListObjections query, CancellationToken ct)
    {
        Access.Require(query.By.IsSecretariat, "see objections");
        return db.All<ObjectionRow>(Read, null, ct);
    }

    private const string Read = """
        select o.Id, o.SubmissionNumber, s.Title, o.Name, o.Email, o.Words, o.MadeAt, o.SettledAt, o.Settlement
        from Objection o
          join Submission s on s.Number = o.SubmissionNumber
        order by case when o.SettledAt is null then 0 else 1 end, o.Id desc
        """;
}
