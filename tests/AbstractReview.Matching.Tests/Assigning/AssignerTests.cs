using CsCheck;

namespace AbstractReview.Matching.Tests.Assigning;

public sealed class AssignerTests
{
    [Test]
    public void Floor_and_then_total_are_the_best_that_trying_everything_finds() =>
        Small.Problems.Sample(problem =>
        {
            var assignment = Assigner.Solve(problem);
            var best = Small.Best(problem);
            Small.ObeysHardRules(problem, assignment);
            Assert.That(assignment.Pairs, Has.Count.EqualTo(best.Count));
            if (assignment.Statistics.Missing > 0) return;
            Assert.That(assignment.Statistics.Floor, Is.EqualTo(best.Floor).Within(1e-5));
            Assert.That(assignment.Statistics.Total, Is.EqualTo(best.Total).Within(1e-5));
        }, iter: 60, threads: 1, seed: "0000KOIXaWB3");

    [Test]
    public void Bounds_are_never_below_what_trying_everything_finds() =>
        Small.Problems.Sample(problem =>
        {
            var figures = Assigner.Solve(problem).Statistics;
            if (figures.Missing > 0) return;
            var best = Small.Best(problem);
            Assert.That(figures.FloorBound, Is.GreaterThanOrEqualTo(best.Floor - 1e-6));
            Assert.That(figures.TotalBound, Is.GreaterThanOrEqualTo(best.Total - 1e-6));
        }, iter: 30, threads: 1, seed: "0000KOIXaWB3");

    [Test]
    public void The_same_problem_is_assigned_the_same_way_twice()
    {
        var first = Assigner.Solve(Small.Random(60, 40, 3, 5, 7));
        var second = Assigner.Solve(Small.Random(60, 40, 3, 5, 7));
        Assert.That(second.Pairs, Is.EqualTo(first.Pairs));
    }

    [Test]
    public void A_larger_quota_never_lowers_the_floor() =>
        Small.Problems.Sample(problem =>
        {
            var before = Assigner.Solve(problem).Statistics;
            if (before.Missing > 0) return;
            for (var r = 0; r < problem.Reviewers; r++) problem.MaxLoad[r]++;
            Assert.That(Assigner.Solve(problem).Statistics.Floor, Is.GreaterThanOrEqualTo(before.Floor - 1e-5));
        }, iter: 30, threads: 1, seed: "0000KOIXaWB3");

    [Test]
    public void The_floor_comes_before_the_total()
    {
        // Both want reviewer 0; the greater total would leave the second submission with 0.1.
        var problem = Small.Of([[0.9f, 0.5f], [0.4f, 0.1f]], 1, 1);
        Assert.That(Assigner.Solve(problem).Pairs, Is.EqualTo(new[] { new Pair(0, 1), new Pair(1, 0) }));
    }

    [Test]
    public void A_pin_never_moves()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var problem = Small.Random(20, 15, 3, 5, seed);
            for (var s = 0; s < 20; s += 3)
                if (!problem.IsForbidden(s, s % 15)) problem.Pin(s, s % 15);
            Assert.That(problem.Pinned, Is.Not.Empty);
            var assignment = Assigner.Solve(problem);
            Small.ObeysHardRules(problem, assignment);
            Assert.That(assignment.Statistics.Missing, Is.Zero);
        }
    }

    [Test]
    public void A_minimum_load_is_met_where_it_can_be()
    {
        var problem = Small.Random(20, 15, 3, 8, 3);
        Array.Fill(problem.MinLoad, 3);
        var assignment = Assigner.Solve(problem);
        Small.ObeysHardRules(problem, assignment);
        Assert.That(assignment.Statistics.Loads.Min(), Is.EqualTo(3));
        Assert.That(assignment.Statistics.Missing, Is.Zero);
    }

    [Test]
    public void Equal_totals_go_to_even_loads()
    {
        var problem = new AssignmentProblem(new AffinityMatrix(20, 10), 2, 20);
        for (var s = 0; s < 20; s++) problem.Affinity.Row(s).Fill(0.5f);
        Assert.That(Assigner.Solve(problem).Statistics.Loads, Is.All.EqualTo(4));
    }

    [Test]
    public void Two_institutions_are_had_where_they_cost_little()
    {
        var problem = Small.Of([[0.9f, 0.8f, 0.7f], [0.1f, 0.1f, 0.1f]], 2, 2);
        (problem.Institution[0], problem.Institution[1], problem.Institution[2]) = ("north", "north", "south");
        var assignment = Assigner.Solve(problem);
        Assert.That(assignment.UnmetWishes, Is.Empty);
        Assert.That(assignment.Pairs.Where(pair => pair.Submission == 0), Is.EqualTo(new[] { new Pair(0, 0), new Pair(0, 2) }));
    }

    [Test]
    public void A_reviewer_of_the_area_is_had_where_that_costs_little_and_told_where_not()
    {
        var problem = Small.Of([[0.9f, 0.8f, 0.7f]], 2, 2);
        problem.IsOfArea = (_, reviewer) => reviewer == 2;
        Assert.That(Assigner.Solve(problem).Pairs, Is.EqualTo(new[] { new Pair(0, 0), new Pair(0, 1) }), "the floor of the only submission is never given up");
        Assert.That(Assigner.Solve(problem).UnmetWishes, Is.EqualTo(new[] { new UnmetWish(Wish.OneOfTheArea, 0, null) }));
        var two = Small.Of([[0.9f, 0.8f, 0.7f], [0.1f, 0.1f, 0.1f]], 2, 2);
        two.IsOfArea = (submission, reviewer) => submission == 1 || reviewer == 2;
        Assert.That(Assigner.Solve(two).UnmetWishes, Is.Empty);
    }

    [Test]
    public void Pruned_candidates_are_enlarged_until_every_review_is_assigned()
    {
        // Everybody prefers the same four reviewers, who have room for few.
        var problem = Small.Random(40, 60, 2, 2, 5);
        for (var s = 0; s < 40; s++)
            for (var r = 0; r < 4; r++) problem.Affinity[s, r] = 1;
        var assignment = Assigner.Solve(problem, new AssignmentOptions { CandidatesPerSubmission = 4 });
        Small.ObeysHardRules(problem, assignment);
        Assert.That(assignment.Statistics.Missing, Is.Zero);
    }

    [Test]
    public void Contradictory_rules_are_refused_by_name()
    {
        var problem = Small.Of([[0.5f, 0.5f]], 1, 1);
        problem.Forbid(0, 1, "same country");
        problem.Pin(0, 1);
        var refusal = Assert.Throws<ContradictoryProblemException>(() => Assigner.Solve(problem))!;
        Assert.That(refusal.Message, Is.EqualTo("Reviewer 1 is both assigned by hand to and excluded from submission 0 (same country)."));
    }

    [Test]
    public void A_problem_without_submissions_or_reviewers_is_no_trouble()
    {
        Assert.That(Assigner.Solve(new AssignmentProblem(new AffinityMatrix(0, 5), 3, 2)).Pairs, Is.Empty);
        Assert.That(Assigner.Solve(new AssignmentProblem(new AffinityMatrix(2, 0), 3, 2)).Statistics.Missing, Is.EqualTo(6));
    }

    [Test]
    public void The_figures_are_those_of_the_pairs()
    {
        var problem = Small.Of([[0.5f, 0.25f], [0.75f, 0.5f]], 1, 2);
        var figures = Assigner.Measure(problem, [new Pair(0, 0), new Pair(1, 0)]);
        Assert.Multiple(() =>
        {
            Assert.That(figures.Floor, Is.EqualTo(0.5));
            Assert.That(figures.Total, Is.EqualTo(1.25));
            Assert.That(figures.Mean, Is.EqualTo(0.625));
            Assert.That(figures.Gini, Is.EqualTo(0.5));
            Assert.That(figures.Loads, Is.EqualTo(new[] { 2, 0 }));
            Assert.That(figures.Worst, Is.EqualTo(new[] { new SubmissionSum(0, 0.5), new SubmissionSum(1, 0.75) }));
        });
    }
}
