using AbstractReview.Matching.Text;

namespace AbstractReview.Matching.Tests.Text;

public sealed class TextAffinityTests
{
    [Test]
    public void Affinity_is_the_ranked_mean_of_cosines_worked_out_by_hand()
    {
        var affinity = TextAffinity.Of(
            [new SubmissionText("s", "reactor", "reactor fuel")],
            [new ReviewerText("r", [new PublicationText("p", "fuel", ""), new PublicationText("q", "law", "")])]);
        // Three texts. Terms of s: reactor (twice, in 1 text), fuel (once, in 2), reactor+reactor and reactor+fuel (once each, in 1).
        var rare = 1 + Math.Log(4.0 / 2);
        var known = 1 + Math.Log(4.0 / 3);
        var reactor = (1 + Math.Log(2)) * rare;
        var cosine = known / Math.Sqrt(reactor * reactor + known * known + 2 * rare * rare);
        Assert.That(affinity.Matrix[0, 0], Is.EqualTo(cosine / (1 + 0.85)).Within(1e-6));
    }

    [Test]
    public void The_same_text_has_affinity_one_and_a_foreign_one_zero()
    {
        var affinity = TextAffinity.Of(
            [new SubmissionText("s", "Inspection of spent fuel", "We count casks.")],
            [
                new ReviewerText("same", [new PublicationText("p", "Inspection of spent fuel", "We count casks.")]),
                new ReviewerText("foreign", [new PublicationText("q", "Parliament and treaty", "")]),
                new ReviewerText("silent", []),
                new ReviewerText("profile", [], "spent fuel inspection"),
            ]).Matrix;
        Assert.Multiple(() =>
        {
            Assert.That(affinity[0, 0], Is.EqualTo(1).Within(1e-6));
            Assert.That(affinity[0, 1], Is.Zero);
            Assert.That(affinity[0, 2], Is.Zero);
            Assert.That(affinity[0, 3], Is.InRange(0.1f, 0.9f));
        });
    }

    [Test]
    public void Shared_terms_are_the_submissions_own_words_and_none_is_told_twice()
    {
        var affinity = TextAffinity.Of(
            [new SubmissionText("s", "Insider threats", "Insider threats to cyber security of reactors and their operators.")],
            [
                new ReviewerText("r", [new PublicationText("p", "The insider threat", "Operators of a reactor")]),
                new ReviewerText("q", [new PublicationText("x", "Parliament", "")]),
            ]);
        Assert.That(affinity.SharedTerms(0, 0), Is.EqualTo(new[] { "Insider threats", "reactors", "operators" }));
        Assert.That(affinity.SharedTerms(0, 1), Is.Empty);
    }

    [Test]
    public void The_same_texts_give_the_same_affinities_twice()
    {
        SubmissionText[] submissions = [.. Enumerable.Range(0, 50).Select(s => new SubmissionText($"{s}", $"title {s % 7}", $"fuel {s} cask {s % 5} law {s % 3}"))];
        ReviewerText[] reviewers = [.. Enumerable.Range(0, 20).Select(r => new ReviewerText($"{r}", [new PublicationText("p", $"title {r}", $"law {r % 3} cask")]))];
        var (first, second) = (TextAffinity.Of(submissions, reviewers).Matrix, TextAffinity.Of(submissions, reviewers).Matrix);
        for (var s = 0; s < 50; s++) Assert.That(second.Row(s).ToArray(), Is.EqualTo(first.Row(s).ToArray()));
    }

    [Test]
    public void A_blend_shows_its_shares_and_leaves_out_what_does_not_apply()
    {
        var blend = new Blend(new BlendWeights(2, 1, 1));
        Assert.Multiple(() =>
        {
            Assert.That(blend.Of(new AffinityParts(0.5f, 1, 0)), Is.EqualTo(new BlendedAffinity(0.5f, 0.25f, 0.25f, 0)));
            Assert.That(blend.Of(new AffinityParts(0.6f, null, null)).Value, Is.EqualTo(0.6f));
            Assert.That(Blend.TopicOverlap("TA1", ["a", "b"], new HashSet<string> { "TA1" }, new HashSet<string> { "b" }), Is.EqualTo(0.75f));
            Assert.That(() => new Blend(new BlendWeights(0, 0, 0)), Throws.ArgumentException);
        });
    }
}
