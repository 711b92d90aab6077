using AbstractReview.App.Reviewers;
using AbstractReview.App.Tests.Routing;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;

namespace AbstractReview.App.Tests.Reviewers;

public class ReviewersTests
{
    [Test]
    public async Task The_sample_reviewers_are_imported_and_a_second_import_changes_them_only()
    {
        await using var conf = await TestConference.Open();
        var csv = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "regulators-2019", "reviewers.csv"));

        var first = await conf.Send(new ImportReviewers(csv, Actor.Timetable));
        var second = await conf.Send(new ImportReviewers(csv, Actor.Timetable));

        Assert.That(first.Added, Is.EqualTo(44));
        Assert.That(second, Is.EqualTo(new ImportedReviewers(0, 44)));
        Assert.That(await conf.One<int>("select count(*) from PersonRole where Role = 'Reviewer'"), Is.EqualTo(44));
        Assert.That(await conf.One<int>("select count(*) from Publication where ReviewerId = (select Id from Person where Email = 'katharina.moeller@isk-koeln.example')"), Is.EqualTo(2));
    }

    [Test]
    public async Task Every_bad_line_is_named_and_nothing_is_stored()
    {
        await using var conf = await TestConference.Open();
        const string Csv = "email,givenName,familyName,areas,quotaMax\nann@lab.example,Ann,A,TA1,5\nbob,Bob,B,TA1,5\ncy@lab.example,Cy,C,TA99,many\nANN@lab.example,Ann,A,TA1,5\n";

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ImportReviewers(Csv, Actor.Timetable)));

        Assert.That(refusal!.Errors.Select(e => e.Message[..7]), Is.EqualTo(new[] { "Line 3:", "Line 4:", "Line 4:", "Line 5:" }));
        Assert.That(await conf.One<int>("select count(*) from Person"), Is.Zero);
    }

    [Test]
    public async Task A_profile_is_saved_under_its_version()
    {
        await using var conf = await TestConference.Open();
        var reviewer = await conf.Person(Role.Reviewer);
        var profile = new ReviewerProfile { Areas = ["TA2"], QuotaMin = 1, QuotaMax = 4, Publications = [new PastAbstract("Title", "Text")] };

        Assert.That(await conf.Send(new SaveReviewer(null, profile, 0, reviewer)), Is.EqualTo(1));
        Assert.ThrowsAsync<StaleException>(() => conf.Send(new SaveReviewer(null, profile, 0, reviewer)));
        Assert.That(await conf.Send(new SetAvailability(false, 1, reviewer)), Is.EqualTo(2));

        var view = await conf.Send(new ReadReviewer(reviewer));
        Assert.That((view.Version, view.Available, view.QuotaMax, view.Publications.Single().Title), Is.EqualTo((2, false, 4, "Title")));
    }

    [Test]
    public async Task An_author_has_no_reviewer_profile()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();

        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ReadReviewer(author)));
    }

    [Test]
    public async Task Nobody_bids_on_what_is_theirs_or_in_conflict()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var reviewer = await conf.Reviewer();
        await conf.Submitted(2);
        var own = await conf.Submitted(reviewer);
        await conf.Send(new DeclareConflicts([new DeclaredConflict { Number = 2, Reason = "" }], true, reviewer));

        Assert.That(await conf.Send(new PlaceBids([new PlacedBid { Number = 1, Value = 2 }], true, reviewer)), Is.EqualTo(1));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new PlaceBids([new PlacedBid { Number = 2, Value = 2 }], false, reviewer)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new PlaceBids([new PlacedBid { Number = own, Value = 2 }], false, reviewer)));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new PlaceBids([new PlacedBid { Number = 1, Value = 3 }], false, reviewer)));
        Assert.That((await conf.Send(new ReadReviewer(reviewer))).Bids.Select(b => (b.Number, b.Value)), Is.EqualTo(new[] { (1, 2) }));
    }
}
