using AbstractReview.App.Letters;
using AbstractReview.App.Mailing;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Letters;
using MimeKit;

namespace AbstractReview.App.Tests.Letters;

/// <summary>Letters that no decision orders: who may have them, from whom, and that each exists once.</summary>
public sealed class IssuingTests
{
    [Test]
    public async Task Reviewers_are_thanked_once_with_the_number_of_their_reviews()
    {
        await using var conf = await TestConference.Open();
        await Reviewed(conf, 2);

        Assert.That(await conf.Send(new IssueLetters(LetterKind.Thanks, Actor.Timetable)), Is.EqualTo(1));
        Assert.That(await conf.Send(new IssueLetters(LetterKind.Thanks, Actor.Timetable)), Is.Zero);
        await conf.Run("update Letter set State = 'Superseded' where Kind in ('Oral', 'Poster')");
        Assert.That(await conf.Send(new TypesetLetters()), Is.EqualTo(1));

        Assert.That(await conf.One<string>("select BodyText from Outbox where Kind = 'Thanks'"), Does.Contain("You handed in 2 reviews in the areas TA1, TA2"));
        Assert.That((await conf.Send(new ReadIssuable(LetterKind.Thanks, Actor.Timetable))).Select(i => i.Ordered is not null), Is.EqualTo(new[] { true }));
    }

    [Test]
    public async Task A_reviewer_asks_for_a_certificate_once_and_reads_it_and_nobody_else_does()
    {
        await using var conf = await TestConference.Open();
        var reviewer = await Reviewed(conf, 1);
        var other = await conf.Person(Role.Reviewer);

        var id = await conf.Send(new AskForLetter(LetterKind.ReviewCertificate, null, null, reviewer));
        Assert.That(await conf.Send(new AskForLetter(LetterKind.ReviewCertificate, null, null, reviewer)), Is.EqualTo(id));
        Assert.That(() => conf.Send(new AskForLetter(LetterKind.ReviewCertificate, null, null, other)), Throws.TypeOf<RuleBrokenException>());
        await conf.Send(new TypesetLetters());

        Assert.That((await conf.Send(new ReadMyLetters(reviewer))).Letters.Select(l => (l.Kind, l.IsWritten)), Is.EqualTo(new[] { (LetterKind.ReviewCertificate, true) }));
        Assert.That((await conf.Send(new ReadLetterPdf(id, reviewer))).Bytes.AsSpan()[..5].ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));
        Assert.That(() => conf.Send(new ReadLetterPdf(id, other)), Throws.TypeOf<NotFoundException>());
    }

    [Test]
    public async Task A_visa_letter_is_for_its_author_alone_and_the_passport_leaves_the_database_when_it_is_written()
    {
        await using var conf = await TestConference.Open();
        var (ada, bob) = (await conf.Person(), await conf.Person());
        var number = await Authored(conf, DecisionKind.Oral, ada, bob);
        var passport = new Passport { Name = "ADA EXAMPLE", Number = "P1234567", Nationality = "French", BirthDate = new DateOnly(1980, 2, 1) };

        var id = await conf.Send(new AskForLetter(LetterKind.Visa, number, passport, ada));
        await conf.Send(new TypesetLetters());

        Assert.That(await conf.One<string>("select BodyText from Outbox where LetterId = @id", new { id }), Does.Contain("ADA EXAMPLE\nNationality: French\nDate of birth: 1 February 1980\nPassport number: P1234567"));
        Assert.That(await conf.One<string>("select Fields from Letter where Id = @id", new { id }), Is.EqualTo("{}"));
        Assert.That((await conf.Send(new ReadLetterPdf(id, ada))).Bytes, Is.Not.Empty);
        Assert.That(() => conf.Send(new ReadLetterPdf(id, bob)), Throws.TypeOf<NotFoundException>());
        Assert.That((await conf.Send(new ListOwnLetters(number, bob))).Select(l => l.Id), Does.Not.Contain(id));
        Assert.That((await conf.Send(new ReadMyLetters(bob))).MayAskFor.Select(a => (a.Kind, a.Number)), Is.EqualTo(new[] { (LetterKind.Visa, (int?)number) }));
    }

    [Test]
    public async Task Thirty_days_after_the_conference_no_passport_is_left_and_the_ledger_is()
    {
        var last = default(DateOnly);
        await using var conf = await TestConference.Open(call =>
        {
            last = call.Dates.LastDay;
            return call;
        });
        var (ada, chair) = (await conf.Person(), await conf.Person(Role.Chair));
        var number = await Authored(conf, DecisionKind.Oral, ada);
        var id = await conf.Send(new AskForLetter(LetterKind.Visa, number, new Passport { Name = "ADA EXAMPLE", Number = "P1234567" }, ada));
        await conf.Send(new TypesetLetters());
        await conf.Send(new SendWaitingMail());
        var mail = Path.Combine(conf.Folder.Mail, $"{await conf.One<int>("select Id from Outbox where LetterId = @id", new { id }):D6}.eml");
        Assert.That((await MimeMessage.LoadAsync(mail)).TextBody, Does.Contain("P1234567"));
        // As a sender leaves it that was killed half-way.
        File.Copy(mail, mail + ".part");
        var sha256 = await conf.One<string>("select PdfSha256 from Letter where Id = @id", new { id });
        var stored = Path.Combine(conf.Folder.Files, sha256![..2], sha256[2..]);
        Assert.That(File.Exists(stored), Is.True);
        Assert.That(Directory.EnumerateFiles(conf.Folder.Root, "*visa*", SearchOption.AllDirectories), Is.Empty, "no copy lies about in the folder of letters");

        conf.Clock.SetUtcNow(new DateTimeOffset(last.AddDays(ForgetPassports.Days).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero));
        Assert.That(await conf.Send(new ForgetPassports()), Is.Zero);
        conf.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await conf.Send(new ForgetPassports()), Is.EqualTo(1));

        Assert.That((File.Exists(stored), File.Exists(mail), File.Exists(mail + ".part")), Is.EqualTo((false, false, false)));
        Assert.That(await conf.One<int>("select count(*) from Outbox where concat(BodyText, coalesce(BodyHtml, '')) like '%P1234567%'"), Is.Zero);
        Assert.That((await conf.Send(new ReadLetter(id, chair))).Entry.Outcome, Is.EqualTo("Erased"));
        Assert.That(() => conf.Send(new ResendLetter(id, null, chair)), Throws.TypeOf<RuleBrokenException>());
        Assert.That(await conf.Send(new ForgetPassports()), Is.Zero);
    }

    [TestCase(DecisionKind.Reject)]
    [TestCase(DecisionKind.Waitlist)]
    public async Task Who_was_not_accepted_has_no_visa_letter(DecisionKind decision)
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await Authored(conf, decision, author);

        Assert.That(() => conf.Send(new AskForLetter(LetterKind.Visa, number, new Passport { Name = "A" }, author)), Throws.TypeOf<RuleBrokenException>());
        Assert.That((await conf.Send(new ReadMyLetters(author))).MayAskFor, Is.Empty);
    }

    [Test]
    public async Task A_stranger_learns_nothing_of_a_submission_by_asking_for_its_letter()
    {
        await using var conf = await TestConference.Open();
        var (author, stranger) = (await conf.Person(), await conf.Person());
        var number = await Authored(conf, DecisionKind.Oral, author);

        Assert.That(() => conf.Send(new AskForLetter(LetterKind.Visa, number, new Passport { Name = "A" }, stranger)), Throws.TypeOf<NotFoundException>());
        Assert.That(() => conf.Send(new AskForLetter(LetterKind.Visa, 999, new Passport { Name = "A" }, stranger)), Throws.TypeOf<NotFoundException>());
        Assert.That(() => conf.Send(new AskForLetter(LetterKind.Oral, number, null, author)), Throws.TypeOf<RuleBrokenException>());
    }

    [Test]
    public async Task No_certificate_of_presentation_before_the_contribution_has_its_place()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await Authored(conf, DecisionKind.Oral, author);
        Assert.That(() => conf.Send(new AskForLetter(LetterKind.PresentationCertificate, number, null, author)), Throws.TypeOf<RuleBrokenException>().With.Message.EqualTo("The contribution has no place in a released programme yet."));
        Assert.That(await conf.Send(new IssueLetters(LetterKind.PresentationCertificate, Actor.Timetable)), Is.Zero);
    }

    [Test]
    public async Task An_invitation_goes_to_each_address_once_and_its_link_makes_a_reviewer()
    {
        await using var conf = await TestConference.Open();
        Invitee[] invitees = [Invitee.Parse("Ada@Example.org, Ada, Example, Institute of Examples, FR, TA1 TA3"), Invitee.Parse("ada@example.org, Ada, Again")];

        Assert.That(await conf.Send(new InviteReviewers(invitees, Actor.Timetable)), Is.EqualTo(1));
        Assert.That(await conf.Send(new InviteReviewers(invitees, Actor.Timetable)), Is.Zero);
        await conf.Send(new TypesetLetters());
        var token = await Token(conf);

        Assert.That((await conf.Send(new ReadInvitation(token))).Areas, Is.EqualTo(new[] { "TA1", "TA3" }));
        Assert.That(await conf.Send(new AnswerInvitation(token, Accept: false, "No time.")), Is.EqualTo($"/invitation?token={token}"));
        Assert.That(await conf.Send(new AnswerInvitation(token, Accept: true, "")), Does.StartWith("/account/set-password?token="));
        Assert.That(await conf.One<int>("select count(*) from PersonRole r join Person p on p.Id = r.PersonId where p.NormalisedEmail = 'ada@example.org' and r.Role = 'Reviewer'"), Is.EqualTo(1));
        Assert.That(() => conf.Send(new AnswerInvitation(token, Accept: false, "")), Throws.TypeOf<RuleBrokenException>());
        Assert.That((await conf.Send(new ListInvitations(Actor.Timetable))).Select(i => i.State), Is.EqualTo(new[] { "Accepted" }));
    }

    [Test]
    public async Task The_chair_reads_the_invitation_without_its_secret_and_another_token_opens_nothing()
    {
        await using var conf = await TestConference.Open();
        await conf.Send(new InviteReviewers([Invitee.Parse("ada@example.org, Ada, Example")], Actor.Timetable));
        await conf.Send(new TypesetLetters());
        await conf.Send(new SendWaitingMail());

        Assert.That((await conf.Send(new ReadLetter(1, await conf.Person(Role.Chair)))).Text, Does.Contain("/invitation?token=…"));
        Assert.That(() => conf.Send(new ReadInvitation(new string('0', 64))), Throws.TypeOf<NotFoundException>());
        Assert.That(() => conf.Send(new ReadInvitation(null!)), Throws.TypeOf<NotFoundException>());
    }

    [TestCase("ada, Ada, Example")]
    [TestCase("ada@example.org, Ada")]
    [TestCase("ada@example.org, , ")]
    [TestCase("ada@example.org, Ada\u202E, Example")]
    [TestCase("ada@example.org, Ada, Example, , XX")]
    [TestCase("ada@example.org, Ada, Example, , FR, TA99")]
    public async Task A_line_that_says_nonsense_is_refused_and_nobody_is_invited(string line)
    {
        await using var conf = await TestConference.Open();
        Assert.That(() => conf.Send(new InviteReviewers([Invitee.Parse("bob@example.org, Bob, Example"), Invitee.Parse(line)], Actor.Timetable)), Throws.TypeOf<RuleBrokenException>());
        Assert.That(await conf.One<int>("select count(*) from Invitation"), Is.Zero);
    }

    [Test]
    public async Task Only_who_runs_the_conference_issues_letters()
    {
        await using var conf = await TestConference.Open();
        var other = await conf.Person(Role.AreaChair, Role.Reviewer);
        Assert.That(() => conf.Send(new IssueLetters(LetterKind.Thanks, other)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ReadIssuable(LetterKind.Thanks, other)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new InviteReviewers([Invitee.Parse("bob@example.org, Bob, Example")], other)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ListInvitations(other)), Throws.TypeOf<NotAllowedException>());
    }

    private static async Task<string> Token(TestConference conf)
    {
        var text = await conf.One<string>("select BodyText from Outbox where Kind = 'Invitation'");
        return text!.Split("token=")[1][..64];
    }

    // A reviewer with so many reviews handed in, of submissions in TA1, TA2 …
    private static async Task<Actor> Reviewed(TestConference conf, int reviews)
    {
        var reviewer = await conf.Person(Role.Reviewer);
        await conf.Run("insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@PersonId, '[]', '[]', '[]', 0, 8, 1, 1)", new { reviewer.PersonId });
        for (var i = 0; i < reviews; i++)
        {
            var number = await conf.Accept(AcceptedSamples.Sample[i] with { AreaCode = $"TA{i + 1}" }, (DecisionKind)i);
            var values = new { number, reviewer.PersonId, now = conf.Clock.GetUtcNow() };
            await conf.Run("insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version) values (@number, @PersonId, 'Assigned', 0, 0, @now, 1)", values);
            await conf.Run("""
                insert into Review (SubmissionNumber, ReviewerId, State, Scores, Confidence, Recommendation, Overall, CommentsToAuthors, CommentsToCommittee, UpdatedAt, SubmittedAt, Version)
                values (@number, @PersonId, 'Submitted', '{}', 3, 'Oral', 4, '', '', @now, @now, 1)
                """, values);
        }

        return reviewer;
    }

    private static async Task<int> Authored(TestConference conf, DecisionKind decision, params Actor[] authors)
    {
        var sample = AcceptedSamples.Sample[0];
        var number = await conf.Accept(sample with { Authors = [.. authors.Select((a, i) => sample.Authors[0] with { Email = a.Words, Presenting = i == 0, Corresponding = i == 0 })] }, decision);
        return number;
    }
}
