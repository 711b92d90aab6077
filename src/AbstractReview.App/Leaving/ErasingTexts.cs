using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;

namespace AbstractReview.App.Leaving;

/// <summary>
/// What others wrote of a person, and the copies of mails. The full name becomes the alias wherever it stands in words that are not in print;
/// texts themselves stay, since decisions rest on them. Where somebody else has the same name, nobody can tell whom a text means, and it stays.
/// </summary>
public sealed partial class Erasing
{
    private static readonly IReadOnlyList<(string Table, string Column)> Written =
    [
        ("Review", "CommentsToAuthors"), ("Review", "CommentsToCommittee"), ("ReviewRevision", "Content"), ("DiscussionPost", "Text"), ("AuthorAnswer", "Text"), ("Decision", "Reason"),
        ("Conflict", "Evidence"), ("Assignment", "DeclineNote"), ("OfficialForm", "Note"), ("OfficialForm", "FileName"), ("Attachment", "FileName"), ("Objection", "Name"), ("Objection", "Words"),
        ("Objection", "Settlement"), ("Extension", "Reason"), ("Submission", "WithdrawReason"), ("Invitation", "Reason"), ("Outbox", "ToName"), ("Outbox", "Subject"), ("Outbox", "BodyText"), ("Outbox", "BodyHtml"),
        ("MailEvent", "Words"), ("Job", "Message"), ("Job", "Result"), ("RoutingProposal", "Document"), ("Standing", "Document"), ("Preparation", "Biography"), ("IdempotencyKey", "Body"),
    ];

    /// <summary>The name in what others wrote, and what they told of themselves outside print. False where somebody else has the name, and texts were left.</summary>
    internal async Task<bool> FreeTexts(PersonTrace t, CancellationToken ct)
    {
        var args = new { t.Person.Id, t.Person.NormalisedEmail, t.Alias, t.AliasEmail, t.Person.GivenName, t.Person.FamilyName };
        await db.Run(ClearInvitation, args, ct);
        await db.Run(ClearBiographies, args, ct);
        if (await db.One<int>(CountNamesakes, args, ct) > 0) return false;
        foreach (var name in t.Names)
            foreach (var (table, column) in Written)
                await db.Run($"update {table} set {column} = replace({column}, @name, @Alias) where {column} like @pattern escape '!'", new { name, t.Alias, pattern = LikePattern.Containing(name) }, ct);
        return true;
    }

    /// <summary>The mails that were to them, bring a letter that is theirs, or name them: their files in the folder <c>mail</c> go once the rows are cleared.</summary>
    internal async Task<IReadOnlyCollection<int>> Mails(PersonTrace t, CancellationToken ct)
    {
        var mails = new HashSet<int>(await db.All<int>(MailsTo, new { t.Person.NormalisedEmail }, ct));
        foreach (var text in t.Names.Concat(t.Spellings))
            mails.UnionWith(await db.All<int>(MailsOf, new { pattern = LikePattern.Containing(text) }, ct));
        return mails;
    }

    internal void ForgetCopies(IEnumerable<int> mails) => FolderTransport.Forget(data, mails);

    private const string ClearInvitation = """
        update Invitation
        set Email = @AliasEmail, NormalisedEmail = @AliasEmail, GivenName = '', FamilyName = @Alias, Affiliation = '', Country = '', Areas = '[]'
        where NormalisedEmail = @NormalisedEmail
        """;

    // Before the addresses go, which tell whose they are; the name stays in print, a life does not have to.
    private const string ClearBiographies = """
        update Preparation
        set Biography = '', Version = Version + 1
        where Biography <> ''
          and exists (select 1 from Author a where a.SubmissionNumber = Preparation.SubmissionNumber and a.Presenting = 1 and a.NormalisedEmail in (@NormalisedEmail, @AliasEmail))
        """;

    private const string CountNamesakes = """
        select (select count(*) from Person p where p.Id <> @Id and p.GivenName = @GivenName and p.FamilyName = @FamilyName)
             + (select count(*) from Author a where a.NormalisedEmail not in (@NormalisedEmail, @AliasEmail) and a.GivenName = @GivenName and a.FamilyName = @FamilyName)
        """;

    private const string MailsTo = "select Id from Outbox where lower(ToEmail) = @NormalisedEmail or LetterId in (select l.Id from Letter l where lower(l.ToEmail) = @NormalisedEmail)";
    private const string MailsOf = "select Id from Outbox where BodyText like @pattern escape '!' or Subject like @pattern escape '!' or ToName like @pattern escape '!'";
}
