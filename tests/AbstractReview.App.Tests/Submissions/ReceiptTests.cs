using System.Text;
using System.Text.RegularExpressions;
using AbstractReview.App.Audit;
using AbstractReview.App.Leaving;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Submissions;

public sealed partial class ReceiptTests
{
    [Test]
    public async Task A_receipt_is_signed_typeset_and_goes_with_the_mail()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Submitted(author);

        var before = await conf.Send(new SendWaitingMail());
        var made = await conf.Send(new TypesetReceipts());
        var sent = await conf.Send(new SendWaitingMail());

        // The receipts to who handed in and to who corresponds, the notice to the other author.
        Assert.That((before, made, sent, await conf.Send(new TypesetReceipts())), Is.EqualTo((0, 1, 3, 0)));
        var receipts = Directory.GetFiles(conf.Folder.Mail).Select(File.ReadAllText).Where(m => m.Contains("AR-1-receipt-1.pdf", StringComparison.Ordinal)).ToList();
        Assert.That(receipts, Has.Count.EqualTo(2));
        var text = Text((await conf.Send(new ReadReceipt(number, null, author))).Bytes);
        Assert.That(text, Does.Contain("On regulating well").And.Contain("Receipt").And.Match("AR1-1-1-20190215T120000"));
    }

    [Test]
    public async Task The_secretariat_verifies_a_receipt_by_the_code_on_its_page_and_by_its_file()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        var number = await conf.Submitted(author);
        var pdf = await conf.Send(new ReadReceipt(number, null, author));
        var code = Code(Text(pdf.Bytes));

        var byCode = await conf.Send(new VerifyReceipt($"  {code[..40]}\n{code[40..]} ", null, secretary));
        var byFile = await conf.Send(new VerifyReceipt(null, pdf.Bytes, secretary));

        Assert.That((byCode.Genuine, byCode.Kept, byCode.Title, byCode.Statement!.Number), Is.EqualTo((true, true, "On regulating well", number)));
        Assert.That(byFile, Is.EqualTo(byCode));
        Assert.That(byCode.Statement.ContentHash, Is.EqualTo(await conf.One<string>("select ContentHash from Submission")));
    }

    [TestCase("-1-1-", "-2-1-")]
    [TestCase("-1-1-", "-1-2-")]
    [TestCase("20190215T", "20190214T")]
    public async Task A_changed_receipt_is_not_genuine(string from, string to)
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Submitted(author);
        await conf.Submitted(author);
        var code = Code(Text((await conf.Send(new ReadReceipt(1, null, author))).Bytes));
        Assert.That((await conf.Send(new VerifyReceipt(code, null, secretary))).Genuine, Is.True);

        var changed = new Regex(Regex.Escape(from)).Replace(code, to, 1);

        Assert.That((changed != code, (await conf.Send(new VerifyReceipt(changed, null, secretary))).Genuine), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_receipt_of_another_installation_or_of_none_is_not_genuine()
    {
        await using var conf = await TestConference.Open();
        await using var other = await TestConference.Open();
        var secretary = await conf.Person(Role.Secretariat);
        await conf.Submitted(await conf.Person());
        await conf.Send(new TypesetReceipts());
        var author = await other.Person();
        await other.Submitted(author);
        var foreign = await other.Send(new ReadReceipt(1, null, author));

        Assert.That((await conf.Send(new VerifyReceipt(Code(Text(foreign.Bytes)), null, secretary))).Genuine, Is.False);
        Assert.That((await conf.Send(new VerifyReceipt(null, foreign.Bytes, secretary))).Genuine, Is.False);
        Assert.That((await conf.Send(new VerifyReceipt("nonsense", null, secretary))).Statement, Is.Null);
    }

    [Test]
    public async Task A_text_that_was_tampered_with_in_the_database_is_told()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Submitted(author);
        var pdf = await conf.Send(new ReadReceipt(1, null, author));
        await conf.Write("update Revision set Content = replace(Content, 'regulating', 'deregulating')", new { });

        var verdict = await conf.Send(new VerifyReceipt(null, pdf.Bytes, secretary));

        Assert.That((verdict.Genuine, verdict.Kept), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Only_authors_and_the_secretariat_read_a_receipt_and_only_who_runs_the_conference_verifies_one()
    {
        await using var conf = await TestConference.Open();
        var (author, stranger, chair) = (await conf.Person(), await conf.Person(), await conf.Person(Role.Chair));
        await conf.Submitted(author);
        Assert.That((await conf.Send(new ReadReceipt(1, null, author))).Bytes, Is.Not.Empty);

        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadReceipt(1, null, stranger)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ReadReceipt(1, null, chair)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new VerifyReceipt("x", null, author)));
    }

    [Test]
    public async Task A_named_author_objects_by_the_link_in_the_mail_and_the_secretariat_settles_it()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Submitted(author);
        await conf.Send(new TypesetReceipts());
        var notice = await conf.One<string>("select BodyText from Outbox where ToEmail = 'm.alaoui@regulator.example'");
        var key = Link().Match(notice!).Groups[1].Value;

        var seen = await conf.Send(new ReadAuthorship(1, key, Actor.Visitor));
        var id = await conf.Send(new ObjectToAuthorship(1, key, "I took no part in this work.", Actor.Visitor));

        Assert.That((seen.Name, seen.Title, seen.Objected), Is.EqualTo(("محمد العلوي", "On regulating well", false)));
        Assert.That((await conf.Send(new ReadSubmission(1, secretary))).Objections, Is.EqualTo(new[] { "محمد العلوي" }));
        Assert.That((await conf.Send(new ReadSubmission(1, author))).Objections, Is.Empty);
        Assert.That(await conf.One<int>("select count(*) from Outbox where Kind = 'Objection' and BodyText like '%took no part%'"), Is.EqualTo(1));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ObjectToAuthorship(1, key, "Again.", Actor.Visitor)));
        await conf.Send(new SettleObjection(id, "Taken off the list.", secretary));
        Assert.That((await conf.Send(new ReadSubmission(1, secretary))).Objections, Is.Empty);
    }

    [Test]
    public async Task A_link_is_good_for_its_author_on_its_submission_only()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        await conf.Submitted(author);
        await conf.Submitted(author);
        await conf.Send(new TypesetReceipts());
        var key = Link().Match((await conf.One<string>("select BodyText from Outbox where ToEmail = 'm.alaoui@regulator.example' and MailKey like 'receipt/1/%'"))!).Groups[1].Value;

        Assert.That((await conf.Send(new ReadAuthorship(1, key, Actor.Visitor))).Name, Is.EqualTo("محمد العلوي"));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadAuthorship(2, key, Actor.Visitor)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadAuthorship(1, key[..^1] + (key[^1] == 'A' ? 'Q' : 'A'), Actor.Visitor)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadAuthorship(99, key, Actor.Visitor)));
    }

    [Test]
    public async Task An_author_added_by_a_revision_is_told_and_the_others_are_not_told_again()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        await conf.Submitted(author);
        await conf.Send(new TypesetReceipts());
        var content = Writing.Content();

        await conf.Send(new SaveDraft(1, content with { Authors = [.. content.Authors, new() { GivenName = "Neu", FamilyName = "Hinzu", Email = "neu@other.example", Affiliation = "Other", Country = "DE" }] }, null, author));
        await conf.Send(new TypesetReceipts());

        Assert.That(await conf.All<string>("select ToEmail from Outbox where Kind = 'CoAuthorNotice' order by Id"), Is.EqualTo(new[] { "m.alaoui@regulator.example", "neu@other.example" }));
    }

    [Test]
    public async Task A_mail_that_is_there_already_is_not_written_a_second_time()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        await conf.Submitted(author);
        await conf.Write("""
            insert into Outbox (Id, MailKey, Kind, ToEmail, ToName, Subject, BodyText, MessageId, State, Attempts, NextAttemptAt, Fence, CreatedAt)
            values (1000, 'receipt/1/1/3', 'CoAuthorNotice', 'm.alaoui@regulator.example', '', '', '', 'x@y', 'Sent', 1, @now, 0, @now)
            """, new { now = conf.Clock.GetUtcNow() });

        await conf.Send(new TypesetReceipts());

        Assert.That(await conf.All<string>("select concat(MailKey, ' ', State) from Outbox order by MailKey"),
            Is.EqualTo(new[] { "receipt/1/1/1 Waiting", "receipt/1/1/2 Waiting", "receipt/1/1/3 Sent" }));
    }

    [Test]
    public async Task Who_was_erased_before_the_receipt_is_made_is_not_written_to()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Submitted(author);

        await conf.Send(new ErasePerson(author.PersonId, secretary));
        await conf.Send(new TypesetReceipts());

        Assert.That(await conf.All<string>("select ToEmail from Outbox order by Id"), Is.EqualTo(new[] { "s.benali@regulator.example", "m.alaoui@regulator.example" }));
        Assert.That(await conf.Send(new CheckInvariants()), Is.Empty);
    }

    [Test]
    public async Task Who_is_erased_while_the_receipt_is_made_is_in_neither_page_nor_mail()
    {
        var files = new WatchedFiles();
        await using var conf = await TestConference.Open(services: parts => parts.AddSingleton<IFiles>(at => files.Over(at.GetRequiredService<DataFolder>())));
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Write("update Person set NormalisedEmail = 'm.alaoui@regulator.example', Email = 'm.alaoui@regulator.example' where Id = @PersonId", author);
        await conf.Submitted(author);
        files.AtPut = () => conf.Send(new ErasePerson(author.PersonId, secretary));

        await conf.Send(new TypesetReceipts());

        Assert.That(await conf.All<string>("select ToEmail from Outbox order by Id"), Is.EqualTo(new[] { "s.benali@regulator.example" }));
        var kept = Directory.GetFiles(conf.Folder.Files, "*", SearchOption.AllDirectories);
        Assert.That((kept.Length, files.Puts), Is.EqualTo((1, 2)), "the page made before is not kept");
        Assert.That(Text(await File.ReadAllBytesAsync(kept[0])), Does.Contain("Erased person"));
    }

    [Test]
    public async Task A_receipt_whose_mail_is_gone_is_told()
    {
        await using var conf = await TestConference.Open();
        await conf.Submitted(await conf.Person());
        await conf.Send(new TypesetReceipts());
        await conf.Write("update Outbox set MailKey = concat('other/', Id)", new { });

        Assert.That(await conf.Send(new CheckInvariants()), Is.EqualTo(new[] { "A receipt has no mail: AR-1 revision 1" }));
    }

    /// <summary>Files in the folder, and what is to happen once while the first is stored.</summary>
    private sealed class WatchedFiles : IFiles
    {
        private FolderFiles _files = null!;

        public Func<Task> AtPut { get; set; } = () => Task.CompletedTask;
        public int Puts { get; private set; }

        public WatchedFiles Over(DataFolder folder)
        {
            _files = new FolderFiles(folder);
            return this;
        }

        public async Task<string> Put(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            if (Puts++ == 0) await AtPut();
            return await _files.Put(bytes, ct);
        }

        public Task<byte[]?> Get(string sha256, CancellationToken ct) => _files.Get(sha256, ct);
        public void Forget(IReadOnlyList<string> sha256) => _files.Forget(sha256);
    }

    private static string Text(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        var text = new StringBuilder();
        foreach (var page in document.GetPages()) text.Append(string.Join(' ', page.GetWords().Select(w => w.Text)));
        return text.ToString();
    }

    // As somebody copies it from the page, blanks taken out.
    private static string Code(string text) => CodePattern().Match(string.Concat(text.Where(c => !char.IsWhiteSpace(c)))).Value;

    [GeneratedRegex("AR1-\\d+-\\d+-\\d{8}T\\d{6}\\.\\d{7}Z-[0-9a-f]{64}-[A-Za-z0-9_-]{86}")]
    private static partial Regex CodePattern();

    [GeneratedRegex("/submissions/\\d+/objection\\?key=([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
