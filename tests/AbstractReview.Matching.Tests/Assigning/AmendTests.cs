using CsCheck;

namespace AbstractReview.Matching.Tests.Assigning;

public sealed class AmendTests
{
    [Test]
    public void An_unchanged_problem_keeps_every_pair() =>
        Small.Problems.Sample(problem =>
        {
            var standing = Assigner.Solve(problem).Pairs;
            Assert.That(Assigner.Amend(problem, standing).Pairs, Is.EqualTo(standing));
        }, iter: 60, threads: 1, seed: "0000KOIXaWB3");

    [Test]
    public void Even_a_poor_standing_assignment_is_left_alone()
    {
        var problem = Small.Of([[0.1f, 0.9f], [0.9f, 0.1f]], 1, 1);
        Pair[] standing = [new(0, 0), new(1, 1)];
        Assert.That(Assigner.Amend(problem, standing).Pairs, Is.EqualTo(standing));
    }

    [Test]
    public void A_decline_is_replaced_and_nobody_else_moves()
    {
        var problem = Small.Random(60, 40, 3, 6, 11);
        var standing = Assigner.Solve(problem).Pairs;
        var declined = standing[17];
        problem.Forbid(declined.Submission, declined.Reviewer, "declined");
        var amended = Assigner.Amend(problem, standing);
        Assert.Multiple(() =>
        {
            Assert.That(standing.Except(amended.Pairs), Is.EqualTo(new[] { declined }));
            Assert.That(amended.Pairs.Except(standing).Single().Submission, Is.EqualTo(declined.Submission));
            Assert.That(amended.Statistics.Missing, Is.Zero);
        });
    }

    [Test]
    public void A_gap_is_closed_even_where_a_standing_pair_must_move()
    {
        // Reviewer 1 may not read submission 1, and reviewer 0 is full with submission 0.
        var problem = Small.Of([[0.9f, 0.1f], [0.9f, 0.9f]], 1, 1);
        problem.Forbid(1, 1, "conflict");
        Assert.That(Assigner.Amend(problem, [new Pair(0, 0)]).Pairs, Is.EqualTo(new[] { new Pair(0, 1), new Pair(1, 0) }));
    }

    [Test]
    public void A_lowered_quota_takes_off_only_what_is_too_much()
    {
        var problem = Small.Random(40, 30, 3, 6, 4);
        var standing = Assigner.Solve(problem).Pairs;
        var busiest = standing.CountBy(pair => pair.Reviewer).MaxBy(load => load.Value);
        problem.MaxLoad[busiest.Key] = busiest.Value - 2;
        var amended = Assigner.Amend(problem, standing);
        Small.ObeysHardRules(problem, amended);
        Assert.That(standing.Except(amended.Pairs).Select(pair => pair.Reviewer), Is.EqualTo(new[] { busiest.Key, busiest.Key }));
        Assert.That(amended.Statistics.Missing, Is.Zero);
    }

    [Test]
    public void A_withdrawn_submission_only_frees_its_own_reviewers()
    {
        var problem = Small.Random(30, 20, 3, 6, 5);
        var standing = Assigner.Solve(problem).Pairs;
        problem.Demand[4] = 0;
        Assert.That(Assigner.Amend(problem, standing).Pairs, Is.EqualTo(standing.Where(pair => pair.Submission != 4)));
    }
}
