using AbstractReview.App.Audit;
using AbstractReview.App.Reviews;
using AbstractReview.App.Tests.Reviews;
using AbstractReview.Domain;

namespace AbstractReview.App.Tests.Audit;

public class IdentityTests
{
    [Test]
    public async Task Reading_who_reviews_is_recorded_once_for_a_person_a_submission_and_a_day()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Submission(await conf.Person());
        var (chair, secretariat, reviewer) = (await conf.Person(Role.Chair), await conf.Person(Role.Secretariat), await conf.Reviewer());
        await conf.Assign(number, reviewer);
        await conf.HandIn(number, reviewer);

        foreach (var reader in new[] { chair, chair, reviewer, secretariat }) await conf.Send(new ReadReviews(number, reader));
        conf.Clock.Advance(TimeSpan.FromDays(1));
        await conf.Send(new ReadReviews(number, chair));

        var read = (await conf.Send(new ListAudit("submission", $"{number}", null, 1, 100, secretariat) { Action = "reviewers." })).Items;
        Assert.That(read.Select(e => e.Actor), Is.EqualTo(new[] { chair.Words, secretariat.Words, chair.Words }));
    }

    [Test]
    public async Task Plots_name_reviewers_and_are_recorded_and_hold_nothing_of_what_a_chair_may_not_see()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(["TA1"], Role.AreaChair);
        var author = await conf.Person();
        var reviewer = await conf.Reviewer();
        var (here, own, elsewhere) = (await conf.Submission(author, "TA1"), await conf.Submission(chair, "TA1"), await conf.Submission(author, "TA2"));
        foreach (var (number, score) in new[] { (here, 2), (own, 5), (elsewhere, 4) })
        {
            await conf.Assign(number, reviewer);
            await conf.HandIn(number, reviewer, score);
        }

        await conf.Send(new CollectScores());
        var plots = await conf.Send(new ReadPlots(chair));

        Assert.That((plots.Overall, plots.Calibrated.Count), Is.EqualTo((new List<double> { 2 }, 1)).Using<(IReadOnlyList<double>, int)>((a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2 == b.Item2));
        Assert.That(plots.Reviewers, Is.EqualTo(new[] { new ReviewerPlot("Given3 Family3", 1, 1, 2, 0) }));
        Assert.That(plots.Areas, Is.EqualTo(new[] { new SharePlot("TA1", 1, 1, 0) }));
        Assert.That(plots.Days[^1] is { Submitted: 1, Reviews: 1, Decided: 0 }, Is.True);
        Assert.That(await conf.One<string>("select Actor from AuditEntry where Action = 'reviewers.read'"), Is.EqualTo(chair.Words));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ReadPlots(reviewer)));
    }

    [Test]
    public async Task The_audit_is_filtered_by_what_and_when_and_exported_oldest_first_with_its_hashes()
    {
        await using var conf = await TestConference.Open();
        var secretariat = await conf.Person(Role.Secretariat);
        var from = conf.Clock.GetUtcNow().AddHours(1);
        conf.Clock.Advance(TimeSpan.FromDays(1));
        await conf.Person();
        var which = new ListAudit(null, null, null, 1, 1, secretariat) { From = from };

        var lines = await conf.Send(new ExportAudit(which, secretariat));

        Assert.That(lines.Select(l => l.Action).Distinct(), Is.EqualTo(new[] { "person.added" }));
        Assert.That(lines.Select(l => l.Hash), Is.EqualTo(await conf.All<string>("select Hash from AuditEntry where At >= @from order by Id", new { from })));
        Assert.That((await conf.Send(which)).Total, Is.EqualTo(lines.Count));
        Assert.That((await conf.Send(which with { Until = from })).Items, Is.Empty);
        var csv = System.Text.Encoding.UTF8.GetString(AuditSheet.Of([lines[0] with { Actor = "=HYPERLINK(\"x\")" }]).Csv());
        Assert.That(csv, Does.Contain("\"'=HYPERLINK(\"\"x\"\")\""));
    }
}
