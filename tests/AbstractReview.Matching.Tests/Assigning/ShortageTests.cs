namespace AbstractReview.Matching.Tests.Assigning;

public sealed class ShortageTests
{
    [Test]
    public void A_shortage_is_told_with_its_reasons_and_its_remedy()
    {
        // Three of area 7's nine reviewers may read its two submissions; four reviews each are wanted, and each reviewer takes one.
        var problem = new AssignmentProblem(new AffinityMatrix(2, 9), 4, 1);
        (problem.Group[0], problem.Group[1]) = ("Area 7", "Area 7");
        for (var s = 0; s < 2; s++)
            for (var r = 0; r < 6; r++) problem.Forbid(s, r, "same country");
        for (var r = 6; r < 9; r++) problem.MaxLoad[r] = 2;
        problem.MaxLoad[8] = 1;
        var shortage = Assigner.Solve(problem).Shortages.Single();
        Assert.Multiple(() =>
        {
            Assert.That(shortage.Missing, Is.EqualTo(3));
            Assert.That(shortage.Exclusions, Is.EqualTo(new[] { new Exclusion("same country", 6, 12) }));
            Assert.That(shortage.Saturated, Has.Member(8));
            Assert.That(shortage.InWords(), Does.StartWith("Area 7 needs 3 more reviews: 6 of its 9 reviewers are excluded (same country), and "));
            Assert.That(shortage.InWords(), Does.EndWith("invite three."));
        });
    }

    [Test]
    public void Nothing_is_missing_silently()
    {
        var problem = Small.Random(12, 5, 3, 4, 2);
        var assignment = Assigner.Solve(problem);
        Assert.That(assignment.Statistics.Missing, Is.GreaterThan(0));
        Assert.That(assignment.Shortages.Sum(shortage => shortage.Missing), Is.EqualTo(assignment.Statistics.Missing));
    }

    [Test]
    public void Raising_the_quota_of_one_named_reviewer_gives_one_more_review()
    {
        var problem = Small.Random(12, 5, 3, 4, 2);
        var before = Assigner.Solve(problem);
        problem.MaxLoad[before.Shortages[0].Saturated[0]]++;
        Assert.That(Assigner.Solve(problem).Statistics.Missing, Is.EqualTo(before.Statistics.Missing - 1));
    }
}
