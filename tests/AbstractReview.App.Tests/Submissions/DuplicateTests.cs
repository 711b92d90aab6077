using AbstractReview.App.Submissions;
using AbstractReview.Domain;

namespace AbstractReview.App.Tests.Submissions;

public class DuplicateTests
{
    [Test]
    public async Task The_same_text_under_another_account_is_shown_to_the_secretariat_and_to_no_author()
    {
        await using var conf = await TestConference.Open();
        var (author, other, secretary) = (await conf.Person(), await conf.Person(), await conf.Person(Role.Secretariat));
        var first = await conf.Submitted(author);
        var second = await conf.Submitted(other, Writing.Content("Another title") with { Abstract = Writing.Words(200).Replace("word100 ", "other ", StringComparison.Ordinal) });
        await conf.Submitted(other, Writing.Content("Something else") with { Abstract = string.Join(' ', Enumerable.Range(1, 200).Select(i => $"else{i}")) });

        var compared = await conf.Send(new FindDuplicates());

        Assert.That((compared, await conf.Send(new FindDuplicates())), Is.EqualTo((3, 0)));
        Assert.That((await conf.Send(new ReadSubmission(second, secretary))).Similar.Select(s => s.Number), Is.EqualTo(new[] { first }));
        Assert.That((await conf.Send(new ReadSubmission(second, other))).Similar, Is.Empty);
    }

    [Test]
    public async Task A_text_handed_in_many_times_is_noted_with_the_likest_and_the_earliest_only()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        var last = 0;
        for (var i = 0; i < FindDuplicates.MostPairs + 3; i++) last = await conf.Submitted(author, Writing.Content($"Copy {i}"));
        await conf.Send(new FindDuplicates());
        await conf.Send(new DismissDuplicate(last, 1, "The same by agreement.", secretary));

        // A little less like the others than they are to one another; what was dismissed neither counts nor comes back.
        await conf.Send(new SaveDraft(last, Writing.Content($"Copy {last}") with { Abstract = Writing.Words(200).Replace("word100 ", "other ", StringComparison.Ordinal) }, null, author));
        await conf.Send(new FindDuplicates());

        var pairs = await conf.Send(new ListDuplicates(Dismissed: false, secretary));
        Assert.That(pairs.Where(p => p.Number == last).Select(p => p.OtherNumber).Order(), Is.EqualTo(Enumerable.Range(2, FindDuplicates.MostPairs)));
        Assert.That(pairs.Where(p => p.Number == last - 1).Select(p => p.OtherNumber).Order(), Is.EqualTo(Enumerable.Range(1, FindDuplicates.MostPairs)));
    }

    [Test]
    public void Likeness_is_one_for_the_same_text_and_survives_storage()
    {
        var signature = Likeness.Signature(Writing.Words(200));

        Assert.That(Likeness.Similarity(signature, Likeness.Read(Likeness.Write(signature))), Is.EqualTo(1.0));
    }
}
