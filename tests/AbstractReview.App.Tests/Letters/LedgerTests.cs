using AbstractReview.App.Letters;
using AbstractReview.App.Mailing;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Letters;

namespace AbstractReview.App.Tests.Letters;

public sealed class LedgerTests
{
    [Test]
    public async Task The_ledger_counts_who_has_not_received_and_says_what_may_be_done_about_each()
    {
        await using var conf = await Sent(4);
        await conf.Run("update Outbox set State = 'Failed', SentAt = null, LastError = '550: no such user' where Id = 1");
        await conf.Run("update Outbox set BouncedAt = SentAt, BounceReason = '5.1.1' where Id = 2");
        await conf.Run("update Outbox set State = 'Waiting', SentAt = null where Id = 3");

        var counts = await conf.Send(new CountLetters(Actor.Timetable));
        var missing = await conf.Send(new ListLetters("missing", null, 10, Actor.Timetable));

        Assert.That((counts.All, counts.Waiting, counts.Trouble, counts.Sent, counts.Missing), Is.EqualTo((4, 1, 2, 1, 3)));
        Assert.That(missing.Items.Select(l => (l.Id, l.Outcome, l.MayRetry, l.MayCorrect, l.MayResend)), Is.EqualTo(new[]
        {
            (1, "Failed", true, true, false), (2, "Bounced", false, true, false), (3, "Waiting", false, true, false),
        }));
        Assert.That((await conf.Send(new ListLetters("sent", null, 10, Actor.Timetable))).Items.Select(l => (l.Id, l.MayResend)), Is.EqualTo(new[] { (4, true) }));
    }

    [Test]
    public async Task A_letter_is_found_by_name_address_or_number()
    {
        await using var conf = await Sent(3);
        var email = await conf.One<string>("select ToEmail from Outbox where Id = 2");

        async Task<IEnumerable<int>> Found(string find) => (await conf.Send(new ListLetters(null, null, 10, Actor.Timetable) { Find = find })).Items.Select(l => l.Id);

        Assert.That(await Found(email!.ToUpperInvariant()), Is.EqualTo(new[] { 2 }));
        Assert.That(await Found("AR-3"), Is.EqualTo(new[] { 3 }));
        Assert.That(await Found("%"), Is.Empty);
    }

    [Test]
    public async Task A_sent_letter_goes_out_once_more_as_a_new_message_and_its_story_tells_so()
    {
        await using var conf = await Sent(1);
        var first = await conf.One<string>("select MessageId from Outbox");

        await conf.Send(new ResendLetter(1, null, Actor.Timetable));
        await conf.Send(new SendWaitingMail());

        var story = await conf.Send(new ReadLetter(1, Actor.Timetable));
        Assert.That(story.Entry.MessageId, Is.Not.EqualTo(first));
        Assert.That(story.Events.Select(e => e.Kind), Is.EqualTo(new[] { MailEventKind.Sent, MailEventKind.Resent, MailEventKind.Sent }));
        Assert.That(story.Templates, Is.EqualTo("Oral.en 0"));
    }

    [Test]
    public async Task A_letter_that_waits_only_takes_the_corrected_address()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(1);
        await conf.Send(new TypesetLetters());

        await conf.Send(new ResendLetter(1, "right@somewhere.example", Actor.Timetable));
        await conf.Send(new SendWaitingMail());

        Assert.That(await File.ReadAllTextAsync(Path.Combine(conf.Folder.Mail, "000001.eml")), Does.Contain("right@somewhere.example"));
        Assert.That((await conf.Send(new ReadLetter(1, Actor.Timetable))).Events.Select(e => e.Kind), Is.EqualTo(new[] { MailEventKind.Corrected, MailEventKind.Sent }));
    }

    [Test]
    public async Task A_superseded_letter_is_neither_tried_nor_sent_again()
    {
        await using var conf = await Sent(1);
        await conf.Run("update Letter set State = 'Superseded'");

        Assert.That(() => conf.Send(new ResendLetter(1, null, Actor.Timetable)), Throws.TypeOf<RuleBrokenException>());
        Assert.That(() => conf.Send(new RetryLetter(1, Actor.Timetable)), Throws.TypeOf<RuleBrokenException>());
    }

    [Test]
    public async Task Only_who_runs_the_conference_reads_the_ledger()
    {
        await using var conf = await Sent(1);
        var author = await conf.Person(Role.AreaChair, Role.Reviewer);

        Assert.That(() => conf.Send(new ListLetters(null, null, 10, author)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ReadLetter(1, author)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ReadLetterPlan(author)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new PreviewLetter(LetterKind.Oral, 1, author)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new RetryLetter(1, author)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ResendLetter(1, "mine@evil.example", author)), Throws.TypeOf<NotAllowedException>());
    }

    [Test]
    public async Task The_plan_counts_what_would_be_sent_and_names_what_is_unusual()
    {
        await using var conf = await Sent(3);
        await conf.Run("update Submission set State = 'Decided', DecisionVersion = 2 where Number = 1");
        await conf.Run("insert into Decision (SubmissionNumber, DecisionVersion, Kind, Reason, DecidedById, DecidedAt) values (1, 2, 'Reject', '', 1, @now)", new { now = conf.Clock.GetUtcNow() });
        await conf.Run("update Submission set State = 'Decided' where Number in (2, 3)");
        await conf.Run("update Decision set PublishedAt = null where SubmissionNumber in (2, 3)");
        await conf.Run("update Author set Email = '' where SubmissionNumber = 2");
        await conf.Run("update Outbox set BouncedAt = SentAt where Id = 3");

        var plan = await conf.Send(new ReadLetterPlan(await conf.Person(Role.Chair)));

        Assert.That(plan.Letters.Select(l => (l.Number, l.Kind)), Is.EqualTo(new[] { (1, LetterKind.Reject), (2, LetterKind.Poster), (3, LetterKind.Panel) }));
        Assert.That(plan.Letters.Select(l => l.Unusual[0]), Is.EqualTo(new[]
        {
            "A changed decision: it supersedes the letter of decision 1.", "There is no address to send it to.", "Mail to this address bounced before.",
        }));
    }

    [Test]
    public async Task A_chair_does_not_read_the_plan_of_their_own_submission()
    {
        await using var conf = await Sent(2);
        await conf.Run("update Submission set State = 'Decided'");
        await conf.Run("update Decision set PublishedAt = null");
        var chair = await conf.Person(Role.Chair);
        await conf.Run("update Author set NormalisedEmail = @Words where SubmissionNumber = 2 and Position = 1", new { chair.Words });

        var plan = await conf.Send(new ReadLetterPlan(chair));

        Assert.That((plan.Letters.Select(l => l.Number).Single(), plan.Hidden, plan.Total), Is.EqualTo((1, 1, 2)));
        Assert.That(() => conf.Send(new PreviewLetter(LetterKind.Poster, 2, chair)), Throws.TypeOf<NotFoundException>());
    }

    [Test]
    public async Task A_preview_shows_the_real_letter_and_keeps_nothing()
    {
        await using var conf = await TestConference.Open();
        await conf.Accept(AcceptedSamples.Sample[0], DecisionKind.Oral, "Please shorten the introduction.");
        var chair = await conf.Person(Role.Chair);

        var preview = await conf.Send(new PreviewLetter(LetterKind.Oral, 1, chair));

        Assert.That(preview.Subject, Is.EqualTo("Your contribution AR-1 was accepted as an oral presentation"));
        Assert.That(preview.Text, Does.Contain("Please shorten the introduction.").And.Contain(AcceptedSamples.Sample[0].Title));
        Assert.That(await conf.One<int>("select count(*) from Letter"), Is.EqualTo(1));
        Assert.That(await conf.One<string>("select State from Letter"), Is.EqualTo("Queued"));
    }

    private static async Task<TestConference> Sent(int letters)
    {
        var conf = await TestConference.Open();
        await conf.AcceptSample(letters);
        await conf.Send(new TypesetLetters());
        Assert.That(await conf.Send(new SendWaitingMail()), Is.EqualTo(letters));
        return conf;
    }
}
