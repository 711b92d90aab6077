using AbstractReview.App.Audit;
using AbstractReview.App.Leaving;
using AbstractReview.App.Letters;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.App.Tests.Book;
using AbstractReview.App.Tests.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Letters;
using AbstractReview.Domain.Submissions;
using MimeKit;

namespace AbstractReview.App.Tests.Leaving;

public sealed class ErasePersonTests
{
    [Test]
    public async Task The_address_is_nowhere_and_the_name_only_in_print()
    {
        await using var conf = await TestConference.Open();
        var secretariat = await conf.Person(Role.Secretariat);
        var author = await conf.Person(Role.Author);
        var printed = (await conf.Send(new CreateSubmission(By(author, "A printed work"), author))).Number;
        var drafted = (await conf.Send(new CreateSubmission(By(author, "A work that was refused"), author))).Number;
        await conf.Decided(printed, "Oral", published: true);
        Assert.That(await Mentions(conf, author.Words), Is.Not.Empty);

        var erased = await conf.Send(new ErasePerson(author.PersonId, secretariat));

        Assert.That(erased.Printed, Is.EqualTo(new[] { printed }));
        Assert.That(await Mentions(conf, author.Words), Is.Empty);
        Assert.That(await conf.All<string>("select FamilyName from Author where Position = 1 order by SubmissionNumber"), Is.EqualTo(new[] { "Ångström", erased.Name }));
        Assert.That(await conf.All<string>("select case when Content like '%Ångström%' then 'named' else 'not named' end from Revision order by SubmissionNumber"), Is.EqualTo(new[] { "named", "not named" }));
        Assert.That(await conf.One<int>("select count(*) from Submission where Number in (@printed, @drafted)", new { printed, drafted }), Is.EqualTo(2));
    }

    [Test]
    public async Task The_name_goes_from_what_others_wrote_and_from_the_copies_in_folders()
    {
        await using var conf = await TestConference.Open();
        var (secretariat, author, reviewer) = (await conf.Person(Role.Secretariat), await Named(conf), await conf.Person(Role.Reviewer));
        var number = (await conf.Send(new CreateSubmission(By(author, "A work"), author))).Number;
        await conf.Send(new TypesetReceipts());
        await conf.Send(new SendWaitingMail());
        var files = Directory.GetFiles(conf.Folder.Mail);
        await Speak(conf, number, reviewer, "I know that Ada Ångström wrote this, see Ångström, Ada (2012).");

        var erased = await conf.Send(new ErasePerson(author.PersonId, secretariat));

        Assert.That(erased.TextsLeft, Is.False);
        Assert.That((await Mentions(conf, "Ada Ångström")).Concat(await Mentions(conf, "Ångström, Ada")), Is.Empty);
        Assert.That(await conf.One<string>("select Text from DiscussionPost"), Is.EqualTo($"I know that {erased.Name} wrote this, see {erased.Name} (2012)."));
        Assert.That(files, Is.Not.Empty);
        Assert.That(Directory.GetFiles(conf.Folder.Mail).Where(f => File.ReadAllText(f).Contains(author.Words, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        Assert.That(await conf.Send(new CheckInvariants()), Is.Empty);
    }

    [Test]
    public async Task Where_somebody_else_has_the_same_name_what_others_wrote_is_left_and_said_so()
    {
        await using var conf = await TestConference.Open();
        var (secretariat, author, namesake, reviewer) = (await conf.Person(Role.Secretariat), await Named(conf), await Named(conf), await conf.Person(Role.Reviewer));
        var number = (await conf.Send(new CreateSubmission(By(author, "A work"), author))).Number;
        await Speak(conf, number, reviewer, "Ada Ångström wrote this.");

        var erased = await conf.Send(new ErasePerson(author.PersonId, secretariat));

        Assert.That((erased.TextsLeft, await conf.One<string>("select Text from DiscussionPost")), Is.EqualTo((true, "Ada Ångström wrote this.")));
        Assert.That(await conf.One<string>("select concat(GivenName, ' ', FamilyName) from Person where Id = @PersonId", namesake), Is.EqualTo("Ada Ångström"));
    }

    [TestCase(null)]
    [TestCase("elsewhere@example.org")]
    public async Task A_visa_letter_and_its_copies_leave_with_the_person_wherever_it_was_sent_and_the_ledger_keeps_its_row(string? corrected)
    {
        await using var conf = await TestConference.Open();
        var (secretariat, author) = (await conf.Person(Role.Secretariat), await Named(conf));
        var number = await conf.Accept(AcceptedSamples.Sample[0] with { Authors = [AcceptedSamples.Sample[0].Authors[0] with { Email = author.Words, Presenting = true, Corresponding = true }] }, DecisionKind.Oral);
        var id = await conf.Send(new AskForLetter(LetterKind.Visa, number, new Passport { Name = "ADA ANGSTROM", Number = "P1234567", Nationality = "Swedish" }, author));
        await conf.Send(new TypesetLetters());
        if (corrected is not null) await conf.Send(new ResendLetter(id, corrected, secretariat));
        await conf.Send(new SendWaitingMail());
        var sha256 = await conf.One<string>("select PdfSha256 from Letter where Id = @id", new { id });
        var stored = Path.Combine(conf.Folder.Files, sha256![..2], sha256[2..]);
        Assert.That(await Mentions(conf, "P1234567"), Is.EquivalentTo(new[] { "Outbox.BodyText", "Outbox.BodyHtml" }));
        Assert.That((Directory.GetFiles(conf.Folder.Mail).Count(f => MimeMessage.Load(f).TextBody?.Contains("P1234567", StringComparison.Ordinal) == true), File.Exists(stored)), Is.EqualTo((1, true)));

        await conf.Send(new ErasePerson(author.PersonId, secretariat));

        Assert.That((await Mentions(conf, "P1234567")).Concat(await Mentions(conf, "ANGSTROM")), Is.Empty);
        Assert.That(Directory.GetFiles(conf.Folder.Mail), Is.Empty);
        Assert.That(File.Exists(stored), Is.False);
        Assert.That((await conf.Send(new ReadLetter(id, secretariat))).Entry.Outcome, Is.EqualTo("Erased"));
        Assert.That(() => conf.Send(new ReadLetterPdf(id, secretariat)), Throws.TypeOf<NotFoundException>());
    }

    private static async Task<Actor> Named(TestConference conf)
    {
        var person = await conf.Person(Role.Author);
        await conf.Write("update Person set GivenName = 'Ada', FamilyName = 'Ångström' where Id = @PersonId", person);
        return person;
    }

    private static Task Speak(TestConference conf, int number, Actor by, string text) => conf.Write("""
        insert into DiscussionPost (SubmissionNumber, Position, PersonId, At, Text, Mentions)
        values (@number, 1, @PersonId, @now, @text, '[]')
        """, new { number, by.PersonId, now = conf.Clock.GetUtcNow(), text });

    [Test]
    public async Task The_audit_stays_whole_and_says_who_erased_whom()
    {
        await using var conf = await TestConference.Open();
        var secretariat = await conf.Person(Role.Secretariat);
        var author = await conf.Person(Role.Author);
        await conf.Send(new CreateSubmission(By(author, "A work"), author));
        var before = await conf.One<int>("select count(*) from AuditEntry");
        await conf.Send(new ErasePerson(author.PersonId, secretariat));
        Assert.That(await conf.Send(new CheckInvariants()), Is.Empty);
        Assert.That(await conf.One<int>("select count(*) from AuditEntry"), Is.EqualTo(before + 1));
        Assert.That(await conf.One<string>("select Actor from AuditEntry where Action = 'person.erased'"), Is.EqualTo(secretariat.Words));
        Assert.That(await conf.One<int>("select count(*) from AuditEntry where RedactedAt is not null"), Is.GreaterThan(0));
    }

    [Test]
    public async Task An_entry_that_loses_words_without_an_erasure_breaks_the_chain()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person(Role.Author);
        await conf.Send(new CreateSubmission(By(author, "A work"), author));
        Assert.That(await conf.Send(new CheckInvariants()), Is.Empty);
        await conf.Write("update AuditEntry set AfterJson = null, RedactedAt = '2019-03-01T00:00:00.0000000Z' where Id = 2", new { });
        Assert.That(await conf.Send(new CheckInvariants()), Is.EqualTo(new[] { "The audit chain is broken at entry 2" }));
    }

    [Test]
    public async Task Nobody_erases_themselves_nor_the_last_of_the_secretariat()
    {
        await using var conf = await TestConference.Open();
        var secretariat = await conf.Person(Role.Secretariat);
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ErasePerson(secretariat.PersonId, secretariat)));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ErasePerson(secretariat.PersonId, Actor.Timetable)));
        var chair = await conf.Person(Role.Chair);
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ErasePerson(secretariat.PersonId, chair)));
    }

    [Test]
    public async Task A_person_takes_their_own_data_along_and_nobody_elses()
    {
        await using var conf = await TestConference.Open();
        var (ann, bob) = (await conf.Person(Role.Author), await conf.Person(Role.Author));
        await conf.Send(new CreateSubmission(By(ann, "The work of Ann"), ann));
        var data = await conf.Send(new ExportPerson(ann.PersonId, ann));
        Assert.That(data, Does.Contain("The work of Ann").And.Contain(ann.Words).And.Not.Contain("PasswordHash"));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ExportPerson(ann.PersonId, bob)));
    }

    private static SubmissionContent By(Actor author, string title)
    {
        var content = Writing.Content(title);
        return content with { Authors = [content.Authors[0] with { GivenName = "Ada", FamilyName = "Ångström", Email = author.Words }, .. content.Authors.Skip(1)] };
    }

    /// <summary>Every table and column in which a text occurs.</summary>
    private static async Task<List<string>> Mentions(TestConference conf, string text)
    {
        var found = new List<string>();
        foreach (var table in SchemaTables.InOrder)
            foreach (var column in table.Texts)
                if (await conf.One<int>($"select count(*) from {table.Name} where {column} like @pattern", new { pattern = $"%{text}%" }) > 0) found.Add($"{table.Name}.{column}");
        return found;
    }
}
