using AbstractReview.App.Decisions;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Routing;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Routing;

public class ApplyRoutingTests
{
    [Test]
    public async Task Applying_assigns_every_review_and_sends_each_reviewer_one_mail()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(3);
        await conf.Submitted(3);

        var applied = await conf.Route(chair);

        Assert.That(applied, Is.EqualTo(new AppliedRouting(1, 6, 0, 3)));
        Assert.That(await conf.All<string>("select concat(Number, ' ', State) from Submission order by Number"), Is.EqualTo(new[] { "1 UnderReview", "2 UnderReview", "3 UnderReview" }));
        Assert.That(await conf.All<string>("select concat(SubmissionNumber, ' ', Wanted, ' ', Due) from Standing order by 1"), Is.EqualTo(new[] { "1 2 1", "2 2 1", "3 2 1" }));
        Assert.That(await conf.One<int>("select count(*) from Outbox where Kind = 'Assignment'"), Is.EqualTo(3));
    }

    [Test]
    public async Task Applying_twice_does_nothing_twice()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(3);
        await conf.Submitted(2);
        var proposal = await conf.Propose(chair);
        await conf.Send(new ApplyRouting(proposal, chair));
        var rows = await conf.All<string>("select concat(SubmissionNumber, '-', ReviewerId, ' ', State, ' ', Version) from Assignment order by 1");
        var audit = await conf.One<int>("select count(*) from AuditEntry");

        var again = await conf.Send(new ApplyRouting(proposal, chair));

        Assert.That(again.Assigned, Is.EqualTo(4));
        Assert.That(await conf.All<string>("select concat(SubmissionNumber, '-', ReviewerId, ' ', State, ' ', Version) from Assignment order by 1"), Is.EqualTo(rows));
        Assert.That(await conf.One<int>("select count(*) from AuditEntry"), Is.EqualTo(audit));
    }

    [Test]
    public async Task A_proposal_is_stale_once_something_it_rests_on_changed()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        var reviewers = await conf.Reviewers(3);
        await conf.Submitted(2);
        var proposal = await conf.Propose(chair);
        await conf.Send(new PlaceBids([new PlacedBid { Number = 1, Value = 2 }], false, reviewers[0]));

        Assert.ThrowsAsync<StaleException>(() => conf.Send(new ApplyRouting(proposal, chair)));

        Assert.That(await conf.Assigned(), Is.Empty);
        Assert.That((await conf.Send(new ReadProposal(proposal, chair))).Current, Is.False);
    }

    [Test]
    public async Task A_pair_that_came_into_conflict_since_is_refused_by_name()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        var reviewers = await conf.Reviewers(2);
        await conf.Submitted(1);
        var proposal = await conf.Propose(chair);
        await conf.Send(new DeclareConflicts([new DeclaredConflict { Number = 1, Reason = "My student" }], false, reviewers[1]));

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ApplyRouting(proposal, chair)));

        Assert.That(refusal!.Errors.Single().Message, Is.EqualTo("Given3 Family3 is now in conflict with submission 1 (declared by the reviewer). Propose again."));
        Assert.That(await conf.Assigned(), Is.Empty);
    }

    [Test]
    public async Task A_rerun_of_an_unchanged_conference_is_an_empty_difference()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(4);
        await conf.Submitted(5);
        await conf.Route(chair);

        var rerun = await conf.Send(new ReadProposal(await conf.Propose(chair), chair));

        Assert.That((rerun.Assigns, rerun.Releases), Is.EqualTo((0, 0)));
        Assert.That(rerun.Document.Pairs.Select(p => p.Change), Is.All.EqualTo(PairChange.Kept).And.Exactly(10).Items);
    }

    [Test]
    public async Task A_late_submission_leaves_what_stands_alone()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(4);
        await conf.Submitted(3);
        await conf.Route(chair);
        var before = await conf.Assigned();
        await conf.Submitted(1);

        var applied = await conf.Route(chair);

        Assert.That((applied.Assigned, applied.Released), Is.EqualTo((2, 0)));
        Assert.That(await conf.Assigned(), Is.SupersetOf(before));
    }

    [Test]
    public async Task Reviews_of_decided_submissions_count_against_the_quota()
    {
        await using var conf = await RoutingConference.OpenForRouting(reviewsEach: 1);
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewer(quota: 1);
        await conf.Submitted(1);
        await conf.Route(chair);
        await conf.Run("update Submission set State = 'Notified' where Number = 1");
        await conf.Submitted(1);

        var view = await conf.Send(new ReadProposal(await conf.Propose(chair), chair));

        Assert.That((view.Assigns, view.Document.After.Missing, view.Document.Shortages.Count), Is.EqualTo((0, 1, 1)));
    }

    [Test]
    public async Task An_area_has_as_many_reviews_of_each_submission_as_the_call_says_for_it()
    {
        await using var conf = await TestConference.Open(c => c with
        {
            Review = c.Review with { ReviewsPerSubmission = 1 },
            Areas = [.. c.Areas.Select(a => a.Code == "TA2" ? a with { Reviews = 3 } : a)],
            Routing = c.Routing with { SameCountryConflict = false },
        });
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(4);
        var owner = await conf.Person();
        var (one, three) = (await conf.Submitted(owner), await conf.Submitted(owner, area: "TA2"));

        await conf.Route(chair);

        Assert.That(await conf.All<int>("select SubmissionNumber from Assignment where State = 'Assigned' order by SubmissionNumber"), Is.EqualTo(new[] { one, three, three, three }));
        Assert.That(await conf.All<int>("select Wanted from Standing order by SubmissionNumber"), Is.EqualTo(new[] { 1, 3 }));
        var overview = await conf.Send(new ReadOverview(chair));
        Assert.That(overview.Areas.Where(a => a.Submitted > 0).Select(a => (a.AreaCode, a.Assigned)), Is.EqualTo(new[] { ("TA1", 1), ("TA2", 1) }));
    }

    [Test]
    public async Task A_reviewer_whose_words_changed_makes_a_proposal_stale_and_is_compared_again()
    {
        await using var conf = await RoutingConference.OpenForRouting(reviewsEach: 1);
        var chair = await conf.Person(Role.Chair);
        var (near, far) = (await conf.Reviewer(), await conf.Reviewer(words: "casks and seals"));
        await conf.Submitted(1);
        var id = await conf.Propose(chair);
        Assert.That((await conf.Send(new ReadProposal(id, chair))).Document.Standing().Single().ReviewerId, Is.EqualTo(near.PersonId));

        await conf.Send(new SaveReviewer(null, new ReviewerProfile { Areas = ["TA1"], QuotaMax = 8, Publications = [new PastAbstract("On casks", "Seals.")] }, null, near));
        await conf.Send(new SaveReviewer(null, new ReviewerProfile
        {
            Areas = ["TA1"], QuotaMax = 8, Publications = [new PastAbstract("A regulator drafts legislation", "How a treaty is ratified in practice.")],
        }, null, far));

        Assert.That((await conf.Send(new ReadProposal(id, chair))).Current, Is.False);
        var again = await conf.Send(new ReadProposal(await conf.Propose(chair), chair));
        Assert.That(again.Document.Standing().Single().ReviewerId, Is.EqualTo(far.PersonId));
    }

    [Test]
    public async Task Only_the_chair_may_route()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var areaChair = await conf.Person(["TA1"], Role.AreaChair);

        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ProposeRouting(false, null, areaChair)));
    }

    [Test]
    public async Task A_chair_never_learns_who_reviews_their_own_submission()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(3);
        await conf.Submitted(1);
        var own = await conf.Submitted(chair, authors: [new Author { GivenName = "C", FamilyName = "Hair", Email = "c.hair@elsewhere.example", Affiliation = "Elsewhere", Country = "MA" }]);
        var proposal = await conf.Propose(chair);

        var view = await conf.Send(new ReadProposal(proposal, chair));
        var another = await conf.Send(new ReadProposal(proposal, await conf.Person(Role.Chair)));

        Assert.That(another.Document.Pairs.Count(p => p.Number == own), Is.EqualTo(2));
        Assert.That(view.Document.Pairs.Count(p => p.Number == own), Is.Zero);
        Assert.That(view.Document.Reviewers.Sum(r => r.After), Is.EqualTo(2));
        Assert.That(view.Hidden, Is.EqualTo(new[] { own }));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadReasons(proposal, own, chair)));
    }

    [Test]
    public async Task No_figure_a_chair_sees_counts_the_reviewers_of_their_own_submission()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var (chair, other) = (await conf.Person(Role.Chair), await conf.Person(Role.Chair));
        await conf.Reviewers(3);
        await conf.Submitted(2);
        var own = await conf.Submitted(chair, title: "Casks and seals at the gate", authors: [new Author { GivenName = "C", FamilyName = "Hair", Email = "c.hair@elsewhere.example", Affiliation = "Elsewhere", Country = "MA" }]);
        var id = await conf.Propose(chair);
        var whole = (await conf.Send(new ReadProposal(id, other))).Document;
        var seen = (await conf.Send(new ReadProposal(id, chair))).Document;
        var shown = whole.Pairs.Where(p => p.Number != own).ToList();
        Assert.That(whole.Pairs.Count(p => p.Number == own), Is.EqualTo(2), "there is something to hide");

        Assert.That(seen.After.Total, Is.EqualTo(shown.Sum(p => p.Affinity)).Within(1e-5).And.LessThan(whole.After.Total - 0.1));
        Assert.That(seen.After.Floor, Is.EqualTo(shown.GroupBy(p => p.Number).Min(s => s.Sum(p => p.Affinity))).Within(1e-5));
        Assert.That((seen.After.Reviews, seen.After.FloorBound, seen.After.TotalBound), Is.EqualTo((4, (double?)null, (double?)null)));
        Assert.That(seen.After.Worst.Select(w => w.Number), Is.EquivalentTo(new[] { 1, 2 }));
        var reasons = await conf.Send(new ReadReasons(id, 1, chair));
        foreach (var candidate in reasons.Candidates) Assert.That(candidate.Load, Is.EqualTo(shown.Count(p => p.ReviewerId == candidate.ReviewerId)));

        var pair = shown[0];
        var effect = await conf.Send(new EditProposal(id, ProposalEdit.Remove, pair.Number, pair.ReviewerId, null, chair));
        Assert.That(effect.TotalBefore, Is.EqualTo(seen.After.Total));
        Assert.That(effect.TotalAfter, Is.EqualTo(seen.After.Total - pair.Affinity).Within(1e-5));
    }

    [Test]
    public async Task A_full_reviewer_is_full_by_what_the_chair_may_see()
    {
        await using var conf = await RoutingConference.OpenForRouting(reviewsEach: 1);
        var chair = await conf.Person(Role.Chair);
        var reviewer = await conf.Reviewer(quota: 1);
        var own = await conf.Submitted(chair, authors: [new Author { GivenName = "C", FamilyName = "Hair", Email = "c.hair@elsewhere.example", Affiliation = "Elsewhere", Country = "MA" }]);
        Assert.That((await conf.Route(chair)), Is.EqualTo(new AppliedRouting(1, 0, 0, 0)), "what is hidden is not counted");
        Assert.That(await conf.Assigned(), Is.EqualTo(new[] { $"{own}-{reviewer.PersonId}" }));
        var numbers = await conf.Submitted(2);

        // The one they review for the chair must not show in a refusal; the second that the chair sees is one too many.
        var id = await conf.Propose(chair);
        await conf.Send(new EditProposal(id, ProposalEdit.Add, numbers[0], reviewer.PersonId, null, chair));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new EditProposal(id, ProposalEdit.Add, numbers[1], reviewer.PersonId, null, chair)));
        var email = await conf.One<string>("select Email from Person where Id = @PersonId", new { reviewer.PersonId });
        Assert.DoesNotThrowAsync(() => conf.Send(new ImportAssignments($"paper,action,email\n{numbers[0]},review,{email}\n", chair)));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ImportAssignments($"paper,action,email\n{numbers[0]},review,{email}\n{numbers[1]},review,{email}\n", chair)));
    }

    [Test]
    public async Task A_pin_alone_is_something_to_apply()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        var reviewers = await conf.Reviewers(3);
        var number = (await conf.Submitted(1))[0];
        await conf.Route(chair);
        var id = await conf.Propose(chair);
        Assert.That((await conf.Send(new ReadProposal(id, chair))).Changes, Is.False);
        var assigned = await conf.Assigned();
        var reviewer = reviewers.First(r => assigned.Contains($"{number}-{r.PersonId}"));

        await conf.Send(new EditProposal(id, ProposalEdit.Pin, number, reviewer.PersonId, null, chair));

        Assert.That((await conf.Send(new ReadProposal(id, chair))).Changes, Is.True);
        await conf.Send(new ApplyRouting(id, chair));
        Assert.That(await conf.All<int>("select ReviewerId from Assignment where Pinned = 1"), Is.EqualTo(new[] { reviewer.PersonId }));
        Assert.That((await conf.Send(new ReadProposal(await conf.Propose(chair), chair))).Changes, Is.False);
    }

    [Test]
    public async Task The_assignments_file_is_read_back_after_some_are_decided()
    {
        await using var conf = await RoutingConference.OpenForRouting();
        var chair = await conf.Person(Role.Chair);
        await conf.Reviewers(3);
        var numbers = await conf.Submitted(3);
        await conf.Route(chair);
        await conf.Run("update Submission set State = 'Decided' where Number = @number", new { number = numbers[0] });
        var file = await conf.Send(new ExportAssignments(chair));
        Assert.That(file.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.GreaterThanOrEqualTo(6));

        var view = await conf.Send(new ReadProposal(await conf.Send(new ImportAssignments(file, chair)), chair));

        Assert.That((view.Assigns, view.Releases), Is.EqualTo((0, 0)));
        var reviewer = (await conf.All<string>("select p.Email from Assignment a join Person p on p.Id = a.ReviewerId where a.SubmissionNumber = @number", new { number = numbers[0] }))[0];
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ImportAssignments($"paper,action,email\n{numbers[0]},conflict,{reviewer}\n", chair)), "what is no assignment is not passed over");
        var cleared = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ImportAssignments($"paper,action,email\n{numbers[0]},clearreview,all\n", chair)));
        Assert.That(cleared!.Errors.Single().Message, Is.EqualTo($"Line 2: submission {numbers[0]} is decided already; its reviewers stay as they are."));
    }
}
