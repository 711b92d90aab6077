using AbstractReview.App.Mailing;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MimeKit;

namespace AbstractReview.App.Tests.Reviews;

/// <summary>The sample's review deadline is 14 June 2019 23:59 in Casablanca, its reminders 7 and 2 days before and 1 and 4 days after, at 8 in the morning.</summary>
public class RemindersTests
{
    [Test]
    public async Task A_reviewer_gets_one_digest_a_day_whatever_the_number_of_reviews_and_runs()
    {
        await using var conf = await TestConference.Open();
        var (_, reviewer, _) = await TwoOpenReviews(conf);

        conf.Clock.SetUtcNow(Utc(6, 7, 7, 59));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero);
        conf.Clock.SetUtcNow(Utc(6, 7, 8, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(1));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero);
        conf.Clock.SetUtcNow(Utc(6, 7, 15, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero);

        var mail = (await Mails(conf)).Single();
        Assert.That((mail.MailKey, mail.ToEmail), Is.EqualTo(($"remind/{reviewer.PersonId}/2019-06-07", reviewer.Words)));
        Assert.That(mail.BodyText, Does.Contain("2 reviews of yours are not handed in").And.Contain("  1  On borders").And.Contain("  2  On borders").And.Contain("14 June 2019 23:59"));
    }

    // Casablanca went back to summer time at 3 on 9 June 2019: eight in the morning is 8 UTC before and 7 UTC after.
    [Test]
    public async Task The_hour_is_the_conferences_on_both_sides_of_a_change_of_summer_time()
    {
        await using var conf = await TestConference.Open();
        await TwoOpenReviews(conf);

        conf.Clock.SetUtcNow(Utc(6, 7, 8, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(1));
        conf.Clock.SetUtcNow(Utc(6, 12, 6, 59));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero);
        conf.Clock.SetUtcNow(Utc(6, 12, 7, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_is_reminded_whose_work_is_done_nor_by_a_mail_that_still_waits()
    {
        await using var conf = await TestConference.Open();
        var (numbers, reviewer, _) = await TwoOpenReviews(conf);
        var busy = await conf.Reviewer();
        await conf.Assign(numbers[0], busy);
        conf.Clock.SetUtcNow(Utc(6, 7, 8, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(2));

        foreach (var number in numbers) await conf.HandIn(number, reviewer);
        Assert.That((await Mails(conf)).Select(m => (m.ToEmail, m.State)), Is.EquivalentTo(new[] { (reviewer.Words, "Superseded"), (busy.Words, "Waiting") }));

        conf.Clock.SetUtcNow(Utc(6, 12, 7, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(1));
        await conf.Send(new DeclineAssignment(numbers[0], DeclineReason.Time, "", busy));
        conf.Clock.SetUtcNow(Utc(6, 15, 7, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero);
    }

    [Test]
    public async Task A_re_opened_or_newly_assigned_review_is_not_nagged_about_on_the_day_that_was_carried_out()
    {
        await using var conf = await TestConference.Open();
        var (numbers, reviewer, _) = await TwoOpenReviews(conf);
        foreach (var number in numbers) await conf.HandIn(number, reviewer);
        conf.Clock.SetUtcNow(Utc(6, 7, 8, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero);

        await conf.Send(new ReopenReview(numbers[0], null, reviewer));
        conf.Clock.SetUtcNow(Utc(6, 7, 9, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero);
        conf.Clock.SetUtcNow(Utc(6, 12, 7, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(1));
    }

    [Test]
    public async Task After_an_outage_a_missed_day_is_sent_late_the_same_day_and_not_at_night_and_only_the_newest()
    {
        await using var conf = await TestConference.Open();
        await TwoOpenReviews(conf);

        conf.Clock.SetUtcNow(Utc(6, 7, 20, 1));
        Assert.That(await conf.Send(new RemindReviewers()), Is.Zero, "the evening after is too late");
        conf.Clock.SetUtcNow(Utc(6, 12, 18, 30));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(1), "the same day is not");
        Assert.That(await conf.All<string>("select Slot from ReminderRun"), Is.EqualTo(new[] { "2019-06-12" }));
    }

    [Test]
    public async Task After_the_due_date_the_areas_chair_is_told_of_what_they_may_judge_and_the_chair_of_the_rest()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var (chair, areaChair, itsOwn) = (await conf.Person(Role.Chair), await conf.Person(["TA1"], Role.AreaChair), await conf.Person(["TA2"], Role.AreaChair));
        var reviewer = await conf.Reviewer();
        var (first, second, hidden) = (await conf.Submission(author, "TA1"), await conf.Submission(author, "TA3"), await conf.Submission(itsOwn, "TA2"));
        foreach (var number in new[] { first, second, hidden }) await conf.Assign(number, reviewer);

        conf.Clock.SetUtcNow(Utc(6, 12, 7, 0));
        await conf.Send(new RemindReviewers());
        Assert.That((await Mails(conf)).Select(m => m.Kind), Is.EqualTo(new[] { "Reminder" }), "nothing is overdue yet");
        conf.Clock.SetUtcNow(Utc(6, 15, 7, 0));
        Assert.That(await conf.Send(new RemindReviewers()), Is.EqualTo(3));

        var told = (await Mails(conf)).Where(m => m.Kind == "Escalation").ToDictionary(m => m.ToEmail);
        Assert.That(told.Keys, Is.EquivalentTo(new[] { chair.Words, areaChair.Words }));
        Assert.That(told[areaChair.Words].BodyText, Does.Contain($"  {first}  ").And.Not.Contain($"  {second}  ").And.Not.Contain($"  {hidden}  "));
        Assert.That(told[chair.Words].BodyText, Does.Contain($"  {second}  ").And.Contain($"  {hidden}  ").And.Not.Contain($"  {first}  "));
    }

    [Test]
    public async Task Once_reviews_are_closed_reviewers_are_left_alone_and_the_committee_is_told()
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { LateReviews = false } });
        var chair = await conf.Person(Role.Chair);
        await TwoOpenReviews(conf);

        conf.Clock.SetUtcNow(Utc(6, 15, 7, 0));
        await conf.Send(new RemindReviewers());

        var mail = (await Mails(conf)).Single();
        Assert.That((mail.Kind, mail.ToEmail), Is.EqualTo(("Escalation", chair.Words)));
        Assert.That(mail.BodyText, Does.Contain("Late reviews are not taken."));
    }

    [Test]
    public async Task A_reminder_says_that_no_person_wrote_it()
    {
        await using var conf = await TestConference.Open();
        await TwoOpenReviews(conf);
        conf.Clock.SetUtcNow(Utc(6, 7, 8, 0));
        await conf.Send(new RemindReviewers());
        await conf.Send(new SendWaitingMail());

        using var message = await MimeMessage.LoadAsync(Directory.GetFiles(conf.Folder.Mail, "*.eml").Single());
        Assert.That(message.Headers["Auto-Submitted"], Is.EqualTo("auto-generated"));
    }

    [Test]
    public void An_hour_that_summer_time_skips_comes_an_hour_later_and_one_that_comes_twice_comes_once()
    {
        // Paris: 31 March 2019 has no half past two; 27 October 2019 has two of them.
        var conference = Paris([0, 210]);

        var slots = ReminderTimes.Of(conference);

        Assert.That(slots.Select(s => s.At.UtcDateTime), Is.EqualTo(new[] { new DateTime(2019, 3, 31, 1, 30, 0), new DateTime(2019, 10, 27, 1, 30, 0) }));
        Assert.That(ReminderTimes.Due(conference, new(2019, 10, 27, 0, 30, 0, TimeSpan.Zero)), Is.Null, "the first half past two");
        Assert.That(ReminderTimes.Due(conference, new(2019, 10, 27, 1, 30, 0, TimeSpan.Zero))?.Key, Is.EqualTo("2019-10-27"));
    }

    private static Conference Paris(int[] days)
    {
        var sample = ConferenceFile.Read(File.ReadAllText(Repository.SampleConference));
        return sample with { Zone = "Europe/Paris", Dates = sample.Dates with { ReviewDeadline = new(2019, 3, 31, 23, 59, 0) }, Review = sample.Review with { RemindDays = days, RemindAt = new(2, 30) } };
    }

    private static async Task<(int[] Numbers, Actor Reviewer, Actor Author)> TwoOpenReviews(TestConference conf)
    {
        var (author, reviewer) = (await conf.Person(), await conf.Reviewer());
        var numbers = new[] { await conf.Submission(author), await conf.Submission(author) };
        foreach (var number in numbers) await conf.Assign(number, reviewer);
        return (numbers, reviewer, author);
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute) => new(2019, month, day, hour, minute, 0, TimeSpan.Zero);

    private static Task<IReadOnlyList<MailRow>> Mails(TestConference conf) => conf.All<MailRow>("select MailKey, Kind, ToEmail, BodyText, State from Outbox order by Id");

    private sealed record MailRow
    {
        public required string MailKey { get; init; }
        public required string Kind { get; init; }
        public required string ToEmail { get; init; }
        public required string BodyText { get; init; }
        public required string State { get; init; }
    }
}
