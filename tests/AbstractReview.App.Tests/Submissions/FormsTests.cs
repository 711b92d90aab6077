using AbstractReview.App.Submissions;
using AbstractReview.Domain;

namespace AbstractReview.App.Tests.Submissions;

public class FormsTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, 1, 2, 3];

    [Test]
    public async Task An_uploaded_form_is_received_and_read_back_by_those_who_may()
    {
        await using var conf = await TestConference.Open();
        var (author, chair, reviewer) = (await conf.Person(), await conf.Person(Role.Chair), await conf.Person(Role.Reviewer));
        var number = await conf.Submitted(author);
        await conf.Assigned(number, reviewer);

        await conf.Send(new PutForm(number, "A", "passport of me.pdf", Pdf, author));

        Assert.That((await conf.Send(new ReadSubmission(number, author))).Forms.Select(f => (f.Kind, f.State, f.HasFile)), Is.EqualTo(new[] { ("A", "Received", true), ("B", "Missing", false) }));
        Assert.That((await conf.Send(new ReadForm(number, "A", chair))).FileName, Is.EqualTo("form-A-1.pdf"));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadForm(number, "A", reviewer)));
    }

    [Test]
    public async Task Forms_are_not_for_reviewers_even_where_nobody_is_blind()
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { Blind = Domain.Conferences.Blindness.None } });
        var (author, reviewer) = (await conf.Person(), await conf.Person(Role.Reviewer));
        var number = await conf.Submitted(author);
        await conf.Send(new PutForm(number, "A", "a.pdf", Pdf, author));
        await conf.Assigned(number, reviewer);

        Assert.That((await conf.Send(new ReadSubmission(number, reviewer))).Authors, Is.Not.Empty);
        Assert.That((await conf.Send(new ReadSubmission(number, reviewer))).Forms, Is.Empty);
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadForm(number, "A", reviewer)));
    }

    [Test]
    public async Task An_endorsed_form_stays_and_a_file_is_what_its_content_says()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        var number = await conf.Submitted(author);

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new PutForm(number, "A", "a.pdf", "<html>"u8.ToArray(), author)));
        await conf.Send(new SetForm(number, "A", FormState.Endorsed, "", null, secretary));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new PutForm(number, "A", "a.pdf", Pdf, author)));
    }

    [Test]
    public async Task Complete_without_forms_counts_required_forms_only()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Submitted(author);
        var second = await conf.Submitted(author);
        await conf.Send(new PutForm(second, "A", "a.pdf", Pdf, author));

        Assert.That((await conf.Send(new ListForms(true, secretary))).Rows.Select(f => (f.Number, f.Kind)), Is.EqualTo(new[] { (1, "A") }));
        Assert.That((await conf.Send(new ListForms(false, secretary) { Skip = 1, Take = 2 })) is { Total: 4, Rows: [{ Number: 1, Kind: "B" }, { Number: 2, Kind: "A" }] }, Is.True);
        Assert.That((await conf.Send(new ListForms(false, secretary) { Search = "2" })).Rows.Select(f => f.Number), Is.EqualTo(new[] { 2, 2 }));
    }

    [Test]
    public async Task Who_lacks_a_required_form_is_reminded_once_on_each_day_named()
    {
        await using var conf = await TestConference.Open(c => c with { Forms = c.Forms with { Due = new DateTime(2019, 3, 1, 18, 0, 0), RemindDays = [-7, 1] } });
        var (author, other) = (await conf.Person(), await conf.Person());
        await conf.Submitted(author);
        await conf.Submitted(author);
        await conf.Submitted(other);
        await conf.Drafted(author);
        await conf.Send(new PutForm(2, "A", "a.pdf", Pdf, author));
        await conf.Send(new AnnounceForm(3, "A", other));

        var sent = new List<int>();
        // The conference's zone is an hour ahead: eight in the morning is seven in UTC.
        foreach (var at in new[] { "2019-02-22T06:59Z", "2019-02-22T07:00Z", "2019-02-22T07:10Z", "2019-02-23T07:00Z", "2019-03-02T09:00Z" })
        {
            conf.Clock.SetUtcNow(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
            sent.Add(await conf.Send(new RemindForms()));
        }

        Assert.That(sent, Is.EqualTo(new[] { 0, 1, 0, 0, 1 }));
        Assert.That(await conf.All<string>("select MailKey from Outbox where Kind = 'Reminder' order by Id"), Is.EqualTo(new[] { "form-reminder/1/2019-02-22", "form-reminder/1/2019-03-02" }));
    }

    [Test]
    public async Task An_extension_that_was_ended_no_longer_opens_the_call()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        var number = await conf.Drafted(author);
        conf.Clock.SetUtcNow(new DateTimeOffset(2019, 5, 10, 12, 0, 0, TimeSpan.Zero));
        var id = await conf.Send(new GiveExtension(number, null, conf.Clock.GetUtcNow().AddDays(2), "Ill.", secretary));
        Assert.That((await conf.Send(new ReadSubmission(number, author))).May.Submit, Is.True);

        await conf.Send(new EndExtension(id, "Well again.", secretary));
        conf.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SubmitSubmission(number, author)));
        Assert.That(await conf.All<string>("select Action from AuditEntry where ObjectKind = 'extension' order by Id"), Is.EqualTo(new[] { "extension.given", "extension.ended" }));
    }

    [Test]
    public async Task Who_works_in_the_secretariat_does_not_see_their_own_submissions_among_duplicates()
    {
        await using var conf = await TestConference.Open();
        var (secretary, author, colleague) = (await conf.Person(Role.Secretariat), await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Submitted(author);
        await conf.Submitted(secretary);
        await conf.Send(new FindDuplicates());

        Assert.That((await conf.Send(new ListDuplicates(false, colleague))).Count, Is.EqualTo(1));
        Assert.That(await conf.Send(new ListDuplicates(false, secretary)), Is.Empty);
    }

    [Test]
    public async Task A_settled_pair_is_listed_as_settled_and_does_not_come_back()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary, chair) = (await conf.Person(), await conf.Person(Role.Secretariat), await conf.Person(Role.Chair));
        await conf.Submitted(author);
        await conf.Submitted(author);
        await conf.Send(new FindDuplicates());
        Assert.That((await conf.Send(new ListDuplicates(false, secretary))).Select(p => (p.OtherNumber, p.Number, p.SameOwner)), Is.EqualTo(new[] { (1, 2, true) }));

        await conf.Send(new DismissDuplicate(1, 2, "Two parts of one work.", secretary));
        await conf.Send(new SaveDraft(2, Writing.Content("Another title"), null, author));
        await conf.Send(new FindDuplicates());

        Assert.That((await conf.Send(new ListDuplicates(false, secretary)), (await conf.Send(new ListDuplicates(true, secretary))).Count), Is.EqualTo((Array.Empty<DuplicatePair>(), 1)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ListDuplicates(false, chair)));
    }
}
