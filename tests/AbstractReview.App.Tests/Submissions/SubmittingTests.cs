using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Submissions;

public class SubmittingTests
{
    [Test]
    public async Task Numbers_count_from_one_without_gaps_though_some_are_refused()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();

        var first = await conf.Drafted(author);
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Drafted(author, Writing.Content() with { AreaCode = "TA99" }));
        var second = await conf.Drafted(author);

        Assert.That(new[] { first, second }, Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task A_draft_may_be_incomplete()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();

        var number = await conf.Drafted(author, new SubmissionContent { Title = "Only a title" });

        Assert.That((await conf.Send(new ReadSubmission(number, author))).State, Is.EqualTo(SubmissionState.Draft));
    }

    [Test]
    public async Task An_incomplete_draft_is_not_submitted_and_every_gap_is_named()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Drafted(author, new SubmissionContent { Abstract = Writing.Words(149) });

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SubmitSubmission(number, author)));

        Assert.That(refusal.Errors.Select(e => e.Field), Is.EqualTo(new[] { "title", "abstract", "areaCode", "topics", "authors" }));
    }

    [TestCase(149, false)]
    [TestCase(150, true)]
    [TestCase(500, true)]
    [TestCase(501, false)]
    public async Task The_word_limits_hold_at_both_ends(int words, bool taken)
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var create = new CreateSubmission(Writing.Content(words: words), author);

        if (taken) Assert.That((await conf.Send(create)).State, Is.EqualTo(SubmissionState.Submitted));
        else Assert.That(Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(create)).Errors.Single().Field, Is.EqualTo("abstract"));
    }

    [Test]
    public async Task Submitting_keeps_the_content_and_its_hash_as_a_revision()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Submitted(author);

        var stored = await conf.One<string>("select Content from Revision where SubmissionNumber = @number", new { number });
        var view = await conf.Send(new ReadSubmission(number, author));

        Assert.That((view.Revision, view.ContentHash), Is.EqualTo((1, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored!))))));
    }

    [Test]
    public async Task The_owner_and_the_corresponding_author_get_a_receipt_and_the_others_a_notice()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();

        await conf.Submitted(author);
        await conf.Send(new TypesetReceipts());

        Assert.That(await conf.All<string>("select concat(Kind, ' ', ToEmail) from Outbox order by Id"),
            Is.EqualTo(new[] { $"Receipt {author.Words}", "Receipt s.benali@regulator.example", "CoAuthorNotice m.alaoui@regulator.example" }));
    }

    [Test]
    public async Task The_forms_the_call_asks_for_are_missing_from_the_first_submit_on()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();

        var number = await conf.Submitted(author);

        Assert.That((await conf.Send(new ReadSubmission(number, author))).Forms.Select(f => (f.Kind, f.State)), Is.EqualTo(new[] { ("A", "Missing"), ("B", "Missing") }));
    }

    [Test]
    public async Task It_is_submitted_once()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Submitted(author);

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SubmitSubmission(number, author)));

        Assert.That(await conf.One<int>("select count(*) from Revision"), Is.EqualTo(1));
    }

    // 3 May 2019 23:59 in Casablanca, then at UTC+1, and ten minutes of grace.
    [TestCase("2019-05-03T23:09:00Z", true)]
    [TestCase("2019-05-03T23:09:01Z", false)]
    public async Task The_deadline_and_its_grace_are_the_conferences_and_the_servers(string now, bool taken)
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Drafted(author);
        conf.Clock.SetUtcNow(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        if (taken) Assert.That((await conf.Send(new SubmitSubmission(number, author))).Revision, Is.EqualTo(1));
        else Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SubmitSubmission(number, author)));
    }

    [Test]
    public async Task An_extension_opens_one_submission_and_no_other()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        var (first, second) = (await conf.Drafted(author), await conf.Drafted(author));
        conf.Clock.SetUtcNow(new DateTimeOffset(2019, 5, 5, 0, 0, 0, TimeSpan.Zero));
        await conf.Send(new GiveExtension(first, null, new DateTimeOffset(2019, 5, 6, 0, 0, 0, TimeSpan.Zero), "Ill", secretary));

        await conf.Send(new SubmitSubmission(first, author));

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SubmitSubmission(second, author)));
    }

    [Test]
    public async Task A_change_after_the_submit_makes_a_revision_whose_history_shows_the_words()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Submitted(author);

        await conf.Send(new SaveDraft(number, Writing.Content("On regulating very well"), null, author));

        var history = await conf.Send(new ReadHistory(number, author));
        Assert.That(history.Select(r => r.Revision), Is.EqualTo(new[] { 2, 1 }));
        var change = history[0].Changes.Single();
        Assert.That(change.Field, Is.EqualTo("title"));
        Assert.That(change.Pieces, Is.EqualTo(new[] { new DiffPiece(PieceKind.Same, "On regulating "), new DiffPiece(PieceKind.New, "very "), new DiffPiece(PieceKind.Same, "well") }));
    }

    [Test]
    public async Task A_second_tab_is_told_that_it_is_stale_and_changes_nothing()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Drafted(author);
        await conf.Send(new SaveDraft(number, Writing.Content("From the first tab"), 1, author));

        var stale = Assert.ThrowsAsync<StaleException>(() => conf.Send(new SaveDraft(number, Writing.Content("From the second tab"), 1, author)));

        Assert.That((stale.Current, (await conf.Send(new ReadSubmission(number, author))).Title), Is.EqualTo((2, "From the first tab")));
    }

    [Test]
    public async Task Withdrawing_releases_the_reviewers()
    {
        await using var conf = await TestConference.Open();
        var (author, reviewer) = (await conf.Person(), await conf.Person(Role.Reviewer));
        var number = await conf.Submitted(author);
        await conf.Assigned(number, reviewer);

        await conf.Send(new WithdrawSubmission(number, "Nobody can travel", author));

        Assert.That(await conf.One<string>("select concat(s.State, ' ', a.State) from Submission s join Assignment a on a.SubmissionNumber = s.Number"), Is.EqualTo("Withdrawn Released"));
    }

    [TestCase("Oral", true, true)]
    [TestCase("Reject", true, false)]
    [TestCase("Oral", false, false)]
    public async Task Only_a_published_acceptance_is_confirmed(string kind, bool published, bool confirmed)
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Submitted(author);
        await conf.Decided(number, kind, published);

        if (confirmed) Assert.That(await conf.Send(new ConfirmParticipation(number, author)), Is.EqualTo(SubmissionState.Confirmed));
        else Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ConfirmParticipation(number, author)));
    }
}
