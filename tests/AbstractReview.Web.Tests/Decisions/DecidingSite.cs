using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Web.Tests.Reviews;

namespace AbstractReview.Web.Tests.Decisions;

/// <summary>Submissions with two reviews each, collected.</summary>
internal static class DecidingSite
{
    public static async Task<IReadOnlyList<int>> Scored(this Site site, string area, params int[] scores)
    {
        var author = await site.Person([]);
        var reviewers = new[] { await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer]) };
        var numbers = new List<int>();
        foreach (var score in scores)
        {
            numbers.Add(await site.UnderReview(author, area, reviewers));
            foreach (var reviewer in reviewers)
                await site.Send(new SubmitReview(numbers[^1], Form(score), null, reviewer));
        }

        await site.Send(new CollectScores());
        return numbers;
    }

    private static ReviewForm Form(int score) => new()
    {
        Scores = new Dictionary<string, int> { ["relevance"] = score, ["quality"] = score, ["originality"] = score, ["clarity"] = score, ["usefulness"] = score },
        Confidence = 3, Recommendation = Recommendation.Oral, CommentsToAuthors = "Well told.", CommentsToCommittee = "Take it.",
    };
}
