using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Submissions;

public class SeeingTests
{
    [Test]
    public async Task A_reviewer_under_double_blind_sees_the_text_but_nobodys_name()
    {
        await using var conf = await TestConference.Open();
        var (author, reviewer) = (await conf.Person(), await conf.Person(Role.Reviewer));
        var number = await conf.Submitted(author);
        Assert.That((await conf.Send(new ReadSubmission(number, author))).Authors, Has.Count.EqualTo(2));
        await conf.Assigned(number, reviewer);

        var seen = await conf.Send(new ReadSubmission(number, reviewer));

        Assert.That((seen.Title, seen.Authors.Count, seen.Forms.Count, seen.May.SeeHistory), Is.EqualTo(("On regulating well", 0, 0, false)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ReadHistory(number, reviewer)));
    }

    [Test]
    public async Task A_stranger_is_told_that_there_is_no_such_submission()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submitted(await conf.Person());
        var stranger = await conf.Person();

        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadSubmission(number, stranger)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new SaveDraft(number, Writing.Content(), null, stranger)));
        Assert.That((await conf.Send(new ListSubmissions(false, null, null, null, null, 50, stranger))).Items, Is.Empty);
    }

    [Test]
    public async Task A_pending_decision_looks_to_the_author_like_a_review_going_on()
    {
        await using var conf = await TestConference.Open();
        var (author, chair) = (await conf.Person(), await conf.Person(Role.Chair));
        var number = await conf.Submitted(author);
        await conf.Decided(number, "Reject", published: false);

        var (forAuthor, forChair) = (await conf.Send(new ReadSubmission(number, author)), await conf.Send(new ReadSubmission(number, chair)));
        var listed = await conf.Send(new ListSubmissions(true, null, SubmissionState.UnderReview, null, null, 50, author));

        Assert.That((forAuthor.State, forAuthor.Decision, forChair.State, forChair.Decision?.Reason), Is.EqualTo((SubmissionState.UnderReview, (DecisionView?)null, SubmissionState.Decided, "Because")));
        Assert.That(listed.Items.Select(i => i.State), Is.EqualTo(new[] { SubmissionState.UnderReview }));
    }

    [Test]
    public async Task An_area_chair_lists_the_area_and_nobody_elses_draft()
    {
        await using var conf = await TestConference.Open();
        var (author, chair) = (await conf.Person(), await conf.Person(["TA1"], Role.AreaChair));
        var inArea = await conf.Submitted(author);
        await conf.Submitted(author, Writing.Content() with { AreaCode = "TA2", Topics = [(await AreaTopic(conf, "TA2"))] });
        await conf.Drafted(author);

        Assert.That((await conf.Send(new ListSubmissions(false, null, null, null, null, 50, chair))).Items.Select(i => i.Number), Is.EqualTo(new[] { inArea }));
    }

    [Test]
    public async Task Pages_of_a_list_join_without_a_gap()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        for (var i = 0; i < 5; i++) await conf.Drafted(author);

        var numbers = new List<int>();
        string? cursor = null;
        do
        {
            var page = await conf.Send(new ListSubmissions(false, null, null, null, cursor, 2, secretary));
            numbers.AddRange(page.Items.Select(i => i.Number));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.That(numbers, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
    }

    [TestCase("100%", 1)]
    [TestCase("_", 0)]
    [TestCase("regulating", 2)]
    public async Task A_search_takes_its_words_literally(string search, int found)
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        await conf.Drafted(author, Writing.Content("On regulating 100% well"));
        await conf.Drafted(author);

        Assert.That((await conf.Send(new ListSubmissions(true, null, null, search, null, 50, author))).Items, Has.Count.EqualTo(found));
    }

    private static async Task<string> AreaTopic(TestConference conf, string area)
    {
        var document = await conf.One<string>("select Document from Conference");
        return AbstractReview.Domain.Conferences.ConferenceFile.Read(document!).Area(area)!.Topics[0];
    }
}
