using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Leaving;

/// <summary>The statements of <see cref="ErasePerson"/>, by what they clear.</summary>
public sealed partial class Erasing(Db db, LetterFolder folder, DataFolder data, TimeProvider clock)
{
    /// <summary>The account with all that only it needs, and what a reviewer told of themselves.</summary>
    internal async Task Account(PersonTrace t, CancellationToken ct)
    {
        var args = new { t.Person.Id, t.Alias, t.AliasEmail, stamp = Guid.NewGuid().ToString("n") };
        foreach (var sql in new[] { ClearPerson, DeleteRoles, DeleteTokens, DeleteLinks, DeleteLogins, DeleteKeys, DeletePublications, DeleteBids, ClearReviewer, ClearConflicts })
            await db.Run(sql, args, ct);
    }

    /// <summary>Author rows and the revisions behind them. In print the name stays; the address goes everywhere.</summary>
    internal async Task Authorships(PersonTrace t, CancellationToken ct)
    {
        var args = new { t.Person.NormalisedEmail, t.Alias, t.AliasEmail, t.Printed, t.Unprinted, now = clock.GetUtcNow() };
        if (t.Unprinted.Count > 0) await db.Run(ClearAuthors, args, ct);
        await db.Run(ClearAuthorAddresses, args, ct);
        foreach (var row in await db.All<RevisionRow>(ReadRevisions, new { numbers = t.Printed.Concat(t.Unprinted) }, ct))
        {
            var content = Json.Read<SubmissionContent>(row.Content);
            if (!content.Authors.Any(a => Is(t, a))) continue;
            var named = t.Printed.Contains(row.SubmissionNumber);
            var cleared = content with { Authors = [.. content.Authors.Select(a => Is(t, a) ? Cleared(a, t, named) : a)] };
            await db.Run(ClearRevision, new { row.SubmissionNumber, row.Revision, Content = Json.Write(cleared), args.now }, ct);
        }
    }

    /// <summary>Mails and letters to them; of what was not printed also their name in the receipts of others, and the receipts' files.</summary>
    internal async Task Correspondence(PersonTrace t, CancellationToken ct)
    {
        var args = new { t.Person.NormalisedEmail, t.Alias, t.AliasEmail, t.Printed };
        var going = await db.All<LetterName>(GoingLetters, args, ct);
        db.AfterCommit(() => folder.Remove(going.Select(l => LetterFolder.NameOf(l.Id, l.Kind, l.SubmissionNumber))));
        await db.Run(ClearMails, args, ct);
        await db.Run(ClearLetters, args, ct);
        foreach (var number in t.Unprinted)
        {
            await db.Run(ClearReceiptFiles, new { number }, ct);
            if (t.FullName.Length > 0) await db.Run(ClearReceiptMails, new { number, t.FullName, t.Alias }, ct);
        }
    }

    /// <summary>Their address in any other text of any table, whichever features came since.</summary>
    internal async Task Everywhere(PersonTrace t, CancellationToken ct)
    {
        foreach (var table in SchemaTables.Exported.Where(x => x.Name != "AuditEntry"))
            foreach (var column in table.Texts)
                foreach (var email in t.Spellings)
                    await db.Run($"update {table.Name} set {column} = replace({column}, @email, @AliasEmail) where {column} like @pattern escape '!'",
                        new { email, t.AliasEmail, pattern = LikePattern.Containing(email) }, ct);
    }

    /// <summary>What they did stays in the audit, without their name; what names them loses its contents. Answers those entries.</summary>
    internal async Task<IReadOnlyList<RedactedEntry>> Audit(PersonTrace t, CancellationToken ct)
    {
        var found = new Dictionary<int, RedactedEntry>();
        foreach (var text in t.Spellings.Append(t.FullName).Where(s => s.Length > 2))
            foreach (var entry in await db.All<EntryRow>(FindEntries, new { t.Person.Id, pattern = LikePattern.Containing(text) }, ct))
                found.TryAdd(entry.Id, new RedactedEntry(entry.Id, entry.Hash));
        var now = clock.GetUtcNow();
        await db.Run(RedactEntry, found.Keys.Select(id => new { id, person = t.Person.Id, t.Alias, now }).ToList(), ct);
        return [.. found.Values.OrderBy(e => e.Id)];
    }

    private static bool Is(PersonTrace t, Author a) => MailAddress.Normalise(a.Email) == t.Person.NormalisedEmail;

    private static Author Cleared(Author a, PersonTrace t, bool named) => named
        ? a with { Email = t.AliasEmail, Orcid = null }
        : a with { GivenName = "", FamilyName = t.Alias, Email = t.AliasEmail, Affiliation = "", Country = "", Orcid = null };

    private sealed record RevisionRow
    {
        public required int SubmissionNumber { get; init; }
        public required int Revision { get; init; }
        public required string Content { get; init; }
    }

    private sealed record LetterName
    {
        public required int Id { get; init; }
        public required string Kind { get; init; }
        public required int? SubmissionNumber { get; init; }
    }

    private sealed record EntryRow
    {
        public required int Id { get; init; }
        public required string Hash { get; init; }
    }

    private const string ClearPerson = """
        update Person
        set Email = @AliasEmail, NormalisedEmail = @AliasEmail, EmailConfirmed = 0, GivenName = '', FamilyName = @Alias, Affiliation = '', Country = '', Orcid = null,
            PasswordHash = null, SecurityStamp = @stamp, TwoFactorEnabled = 0, AuthenticatorKey = null, RecoveryCodes = null, Version = Version + 1
        where Id = @Id
        """;

    private const string DeleteRoles = "delete from PersonRole where PersonId = @Id";
    private const string DeleteTokens = "delete from ApiToken where PersonId = @Id";
    private const string DeleteLinks = "delete from AccountLink where PersonId = @Id";
    private const string DeleteLogins = "delete from ExternalLogin where PersonId = @Id";
    private const string DeleteKeys = "delete from IdempotencyKey where PersonId = @Id";
    private const string DeletePublications = "delete from Publication where ReviewerId = @Id";
    private const string DeleteBids = "delete from Bid where ReviewerId = @Id";
    private const string ClearReviewer = "update Reviewer set Areas = '[]', Topics = '[]', Keywords = '[]', Available = 0, Version = Version + 1 where PersonId = @Id";
    private const string ClearConflicts = "update Conflict set Evidence = '' where ReviewerId = @Id";

    private const string ClearAuthors = """
        update Author
        set GivenName = '', FamilyName = @Alias, Affiliation = '', Country = ''
        where NormalisedEmail = @NormalisedEmail and SubmissionNumber in @Unprinted
        """;

    private const string ClearAuthorAddresses = """
        update Author
        set Email = @AliasEmail, NormalisedEmail = @AliasEmail, Orcid = null
        where NormalisedEmail = @NormalisedEmail
        """;

    private const string ReadRevisions = "select SubmissionNumber, Revision, Content from Revision where SubmissionNumber in @numbers";
    private const string ClearRevision = "update Revision set Content = @Content, RedactedAt = @now where SubmissionNumber = @SubmissionNumber and Revision = @Revision";

    private const string ClearMails = """
        update Outbox
        set ToEmail = @AliasEmail, ToName = @Alias, Subject = 'Erased', BodyText = 'Erased on request.', BodyHtml = null, FileSha256 = null, FileName = null,
            LastError = case when State in ('Waiting', 'Held', 'Sending') then 'The person was erased.' else LastError end,
            State = case when State in ('Waiting', 'Held', 'Sending') then 'Failed' else State end
        where lower(ToEmail) = @NormalisedEmail or LetterId in (select l.Id from Letter l where lower(l.ToEmail) = @NormalisedEmail)
        """;

    private const string GoingLetters = """
        select Id, Kind, SubmissionNumber
        from Letter
        where lower(ToEmail) = @NormalisedEmail and (Kind = 'Visa' or SubmissionNumber is null or SubmissionNumber not in @Printed)
        """;

    // The letter of a submission that is not in print goes with its reader, and any letter that shows a passport; its row says that there was one.
    private const string ClearLetters = """
        update Letter
        set ToEmail = @AliasEmail,
            ToName = case when SubmissionNumber in @Printed then ToName else @Alias end,
            State = case when SubmissionNumber in @Printed and Kind <> 'Visa' then State else 'Erased' end,
            Fields = case when SubmissionNumber in @Printed and Kind <> 'Visa' then Fields else '{}' end,
            PdfSha256 = case when SubmissionNumber in @Printed and Kind <> 'Visa' then PdfSha256 else null end
        where lower(ToEmail) = @NormalisedEmail
        """;

    private const string ClearReceiptFiles = "update Receipt set PdfSha256 = null where SubmissionNumber = @number";
    private const string ClearReceiptMails = "update Outbox set BodyText = replace(BodyText, @FullName, @Alias), FileSha256 = null, FileName = null where MailKey like concat('receipt/', @number, '/%')";

    private const string FindEntries = """
        select Id, Hash
        from AuditEntry
        where ActorId = @Id or BeforeJson like @pattern escape '!' or AfterJson like @pattern escape '!' or Actor like @pattern escape '!'
        """;

    private const string RedactEntry = """
        update AuditEntry
        set Actor = case when ActorId = @person then @Alias else Actor end, BeforeJson = null, AfterJson = null, RedactedAt = @now
        where Id = @id
        """;
}
