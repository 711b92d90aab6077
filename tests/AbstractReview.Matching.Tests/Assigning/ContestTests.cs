using Google.OrTools.Sat;

namespace AbstractReview.Matching.Tests.Assigning;

/// <summary>
/// Problems in which rivalry for a few sought-after reviewers sets the floor, too large to be proved outright by the assigner. What it finds is
/// held to an optimum found another way: the whole problem pair by pair, by constraint programming.
/// </summary>
public sealed class ContestTests
{
    [Test]
    public void Where_rivalry_sets_the_floor_it_is_exact_and_the_total_is_the_greatest_at_it([Values(1, 2, 3)] int seed)
    {
        var problem = Contested(seed);
        var found = Assigner.Solve(problem);
        Small.ObeysHardRules(problem, found);
        var floor = Optimum.Floor(problem);
        Assert.Multiple(() =>
        {
            Assert.That(found.Statistics.Missing, Is.Zero);
            Assert.That(floor, Is.LessThan(HighestAlone(problem)), "rivalry sets it, not one odd submission");
            Assert.That(Hundredths(found.Statistics.Floor), Is.EqualTo(floor));
            Assert.That(Hundredths(found.Statistics.Total), Is.EqualTo(Optimum.Total(problem, floor)));
        });
    }

    [Test]
    public void Pins_stand_and_the_rest_is_the_best_around_them()
    {
        var problem = Contested(4);
        for (var s = 0; s < problem.Submissions; s += 7)
            problem.Pin(s, Enumerable.Range(0, problem.Reviewers).First(r => r % 5 == s % 5 && !problem.IsForbidden(s, r)));
        var found = Assigner.Solve(problem);
        Small.ObeysHardRules(problem, found);
        var floor = Optimum.Floor(problem);
        Assert.That(found.Statistics.Missing, Is.Zero);
        Assert.That(Hundredths(found.Statistics.Floor), Is.EqualTo(floor));
        Assert.That(Hundredths(found.Statistics.Total), Is.EqualTo(Optimum.Total(problem, floor)));
    }

    [Test]
    public void A_minimum_load_costs_the_floor_no_more_than_it_must()
    {
        var problem = Contested(5);
        var idle = Enumerable.Range(0, problem.Reviewers).Except(Assigner.Solve(problem).Pairs.Select(pair => pair.Reviewer)).Take(12).ToArray();
        foreach (var r in idle) problem.MinLoad[r] = 1;
        var found = Assigner.Solve(problem);
        Small.ObeysHardRules(problem, found);
        var floor = Optimum.Floor(problem);
        Assert.That(idle.Select(r => found.Statistics.Loads[r]), Is.All.EqualTo(1));
        Assert.That(Hundredths(found.Statistics.Floor), Is.EqualTo(floor));
        Assert.That(Hundredths(found.Statistics.Total), Is.EqualTo(Optimum.Total(problem, floor)));
    }

    [Test]
    public void A_larger_quota_never_lowers_a_contested_floor()
    {
        var before = double.NegativeInfinity;
        for (var quota = 1; quota <= 4; quota++)
        {
            var floor = Assigner.Solve(Contested(6, quota)).Statistics.Floor;
            Assert.That(floor, Is.GreaterThanOrEqualTo(before - 1e-6));
            before = floor;
        }
    }

    [Test]
    public void A_contested_problem_is_assigned_the_same_way_twice()
    {
        var (first, second) = (Assigner.Solve(Contested(7)), Assigner.Solve(Contested(7)));
        Assert.That(second.Pairs, Is.EqualTo(first.Pairs));
    }

    [Test]
    public void After_conflicts_and_lowered_quotas_as_few_pairs_move_as_can()
    {
        var problem = Contested(8);
        var standing = Assigner.Solve(problem).Pairs;
        foreach (var pair in standing.Where((_, at) => at % 9 == 0)) problem.Forbid(pair.Submission, pair.Reviewer, "declined");
        foreach (var reviewer in standing.CountBy(pair => pair.Reviewer).Where(load => load.Value == 1).Take(4)) problem.MaxLoad[reviewer.Key] = 0;
        var amended = Assigner.Amend(problem, standing);
        Small.ObeysHardRules(problem, amended);
        var (count, kept) = Optimum.Kept(problem, standing);
        Assert.That(amended.Pairs, Has.Count.EqualTo(count));
        Assert.That(amended.Pairs.Intersect(standing).Count(), Is.EqualTo(kept));
        Assert.That(Assigner.Amend(problem, amended.Pairs).Pairs, Is.EqualTo(amended.Pairs), "amended again, nothing moves");
    }

    /// <summary>20 submissions, 102 reviewers, two reviews each; everybody's best reviewers are much the same few. Affinities in hundredths, one pair in twelve forbidden.</summary>
    private static AssignmentProblem Contested(int seed, int quota = 1)
    {
        const int Submissions = 20, Reviewers = 102;
        var random = new Random(seed);
        int[] renown = [.. Enumerable.Range(0, Reviewers).Select(_ => random.Next(1, 70))];
        var problem = new AssignmentProblem(new AffinityMatrix(Submissions, Reviewers), 2, quota);
        for (var s = 0; s < Submissions; s++)
            for (var r = 0; r < Reviewers; r++)
            {
                problem.Affinity[s, r] = (renown[r] + random.Next(30)) / 100f;
                if (random.Next(12) == 0) problem.Forbid(s, r, "conflict");
            }
        return problem;
    }

    private static int HighestAlone(AssignmentProblem problem) =>
        Enumerable.Range(0, problem.Submissions).Min(s => Enumerable.Range(0, problem.Reviewers)
            .Where(r => !problem.IsForbidden(s, r)).Select(r => Hundredths(problem.Affinity[s, r])).OrderDescending().Take(2).Sum());

    private static int Hundredths(double affinity) => (int)Math.Round(affinity * 100);

    /// <summary>The problem as it is written down, pair by pair, proved by CP-SAT; shares no code with the assigner.</summary>
    private sealed class Optimum
    {
        private readonly CpModel _model = new();
        private readonly List<(Pair Pair, BoolVar Chosen, int Value)> _choices = [];
        private readonly IntVar _floor;

        private Optimum(AssignmentProblem problem, bool whole)
        {
            _floor = _model.NewIntVar(0, 200, "floor");
            for (var s = 0; s < problem.Submissions; s++)
                for (var r = 0; r < problem.Reviewers; r++)
                    if (!problem.IsForbidden(s, r)) _choices.Add((new Pair(s, r), _model.NewBoolVar(""), Hundredths(problem.Affinity[s, r])));
            foreach (var own in _choices.GroupBy(choice => choice.Pair.Submission))
            {
                _model.AddLinearConstraint(LinearExpr.Sum(own.Select(choice => choice.Chosen)), whole ? problem.Demand[own.Key] : 0, problem.Demand[own.Key]);
                if (whole) _model.Add(LinearExpr.WeightedSum(own.Select(choice => choice.Chosen), own.Select(choice => choice.Value)) >= _floor);
            }
            foreach (var load in _choices.GroupBy(choice => choice.Pair.Reviewer))
                _model.AddLinearConstraint(LinearExpr.Sum(load.Select(choice => choice.Chosen)), problem.MinLoad[load.Key], problem.MaxLoad[load.Key]);
            foreach (var pin in _choices.Where(choice => problem.Pinned.Contains(choice.Pair))) _model.Add(pin.Chosen == 1);
        }

        public static int Floor(AssignmentProblem problem)
        {
            var optimum = new Optimum(problem, whole: true);
            optimum._model.Maximize(optimum._floor);
            return optimum.Prove();
        }

        public static int Total(AssignmentProblem problem, int floor)
        {
            var optimum = new Optimum(problem, whole: true);
            optimum._model.Add(optimum._floor == floor);
            optimum._model.Maximize(LinearExpr.WeightedSum(optimum._choices.Select(choice => choice.Chosen), optimum._choices.Select(choice => choice.Value)));
            return optimum.Prove();
        }

        /// <summary>Most reviews that can be had, and of so many the most that stood before.</summary>
        public static (int Count, int Kept) Kept(AssignmentProblem problem, IReadOnlyCollection<Pair> standing)
        {
            var optimum = new Optimum(problem, whole: false);
            var chosen = optimum._choices.Select(choice => choice.Chosen);
            optimum._model.Maximize(LinearExpr.WeightedSum(chosen, optimum._choices.Select(choice => standing.Contains(choice.Pair) ? 1001 : 1000)));
            var best = optimum.Prove();
            return (best / 1000, best % 1000);
        }

        private int Prove()
        {
            var solver = new CpSolver { StringParameters = "num_workers:1,linearization_level:2,max_deterministic_time:20" };
            Assert.That(solver.Solve(_model), Is.EqualTo(CpSolverStatus.Optimal));
            return (int)Math.Round(solver.ObjectiveValue);
        }
    }
}
