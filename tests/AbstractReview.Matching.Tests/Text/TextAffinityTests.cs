using AbstractReview.Matching.Text;

namespace AbstractReview.Matching.Tests.Text;

public sealed class TextAffinityTests
{
    [Test]
    public void Nearness_is_the_ranked_mean_of_cosines_worked_out_by_hand()
    {
        var affinity = TextAffinity.RankedMeans(
            [new SubmissionText("s", "reactor", "reactor fuel")],
            [new ReviewerText("r", [new PublicationText("p", "fuel", ""), new PublicationText("q", "law", "")])]);
        // Three texts. Terms of s: reactor (twice, in 1 text), fuel (once, in 2), reactor+fuel (once, in 1).
        var rare = 1 + Math.Log(4.0 / 2);
        var known = 1 + Math.Log(4.0 / 3);
        var reactor = (1 + Math.Log(2)) * rare;
        var cosine = known / Math.Sqrt(reactor * reactor + known * known + rare * rare);
        Assert.That(affinity.Matrix[0, 0], Is.EqualTo(cosine / (1 + 0.85)).Within(1e-6));
    }

    [Test]
    public void The_stretch_is_worked_out_by_hand()
    {
        var matrix = new AffinityMatrix(3, 2);
        (matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1], matrix[2, 0]) = (0.3f, 0.1f, 0.16f, 0.2f, 0.02f);
        Calibration.Apply(matrix, 2);
        // The means of the best are 0.2, 0.18 and 0.01; the usual one is 0.18.
        double Stretched(double value) => value / 0.18 is var share ? share / Math.Sqrt(1 + share * share) : 0;
        Assert.That(
            new[] { matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1], matrix[2, 0], matrix[2, 1] },
            Is.EqualTo(new[] { Stretched(0.3), Stretched(0.1), Stretched(0.16), Stretched(0.2), Stretched(0.02), 0 }).Within(1e-6));
    }

    [Test]
    public void The_stretch_never_changes_an_order_and_stays_within_one()
    {
        var random = new Random(3);
        var (raw, stretched) = (new AffinityMatrix(30, 12), new AffinityMatrix(30, 12));
        for (var s = 0; s < 30; s++)
            for (var r = 0; r < 12; r++) raw[s, r] = stretched[s, r] = r == 5 ? 0 : (float)(random.NextDouble() * 0.3);
        Calibration.Apply(stretched, 11);
        var cells = (from s in Enumerable.Range(0, 30) from r in Enumerable.Range(0, 12) select (s, r)).ToArray();
        Assert.That(cells.OrderBy(cell => stretched[cell.s, cell.r]), Is.EqualTo(cells.OrderBy(cell => raw[cell.s, cell.r])));
        Assert.That(cells.Select(cell => stretched[cell.s, cell.r]), Is.All.InRange(0f, 0.999f));
    }

    [Test]
    public void The_nearest_text_has_the_greatest_affinity_and_a_foreign_one_none()
    {
        var affinity = TextAffinity.Of(
            [new SubmissionText("s", "Inspection of spent fuel", "We count casks.")],
            [
                new ReviewerText("same", [new PublicationText("p", "Inspection of spent fuel", "We count casks.")]),
                new ReviewerText("foreign", [new PublicationText("q", "Parliament and treaty", "")]),
                new ReviewerText("silent", []),
                new ReviewerText("profile", [], "spent fuel inspection"),
                new ReviewerText("empty", [new PublicationText("e", " ", "")]),
            ]);
        Assert.Multiple(() =>
        {
            Assert.That(affinity.Matrix[0, 0], Is.InRange(0.85f, 0.99f));
            Assert.That(affinity.Matrix[0, 1], Is.Zero);
            Assert.That(affinity.Matrix[0, 2], Is.Zero);
            Assert.That(affinity.Matrix[0, 3], Is.InRange(0.1f, affinity.Matrix[0, 0] - 0.05f));
            Assert.That(Enumerable.Range(0, 5).Select(affinity.HasTexts), Is.EqualTo(new[] { true, true, false, true, false }));
        });
    }

    [Test]
    public void A_publication_listed_twice_counts_once()
    {
        PublicationText once = new("p", "Counting casks at the gate", "Casks are counted."), other = new("q", "Parliament and treaty law", "A treaty.");
        SubmissionText[] submissions = [new("s", "Casks at the gate", "They are counted.")];
        float Of(params PublicationText[] publications) => TextAffinity.RankedMeans(submissions, [new ReviewerText("r", publications)]).Matrix[0, 0];
        Assert.That(Of(once, other, once with { Id = "p2", Title = "Counting Casks, at the Gate", Abstract = "" }), Is.EqualTo(Of(once, other)));
        Assert.That(Of(once, once with { Id = "p2", Title = "Another title of four words" }), Is.Not.EqualTo(Of(once)));
    }

    [Test]
    public void Terms_in_most_texts_are_added_as_those_in_few()
    {
        // More than 64 texts share "cask" and go through whole rows; the rare terms go through lists.
        SubmissionText[] submissions = [new("s", "cask seal", "cask rare")];
        ReviewerText[] reviewers = [.. Enumerable.Range(0, 100).Select(r => new ReviewerText($"{r}", [new PublicationText("p", "", r % 10 == 0 ? "cask rare" : "cask seal law")]))];
        var matrix = TextAffinity.RankedMeans(submissions, reviewers).Matrix;
        var alone = TextAffinity.RankedMeans(submissions, [.. reviewers.Take(100)]).Matrix;
        Assert.That(matrix.Row(0).ToArray().Distinct().Count(), Is.EqualTo(2));
        Assert.That(matrix.Row(0).ToArray(), Is.EqualTo(alone.Row(0).ToArray()));
        Assert.That(matrix[0, 0], Is.EqualTo(Cosine(100, submissions[0], reviewers[0], reviewers)).Within(1e-5));
    }

    /// <summary>The cosine by the definition, from scratch.</summary>
    private static double Cosine(int texts, SubmissionText submission, ReviewerText reviewer, ReviewerText[] all)
    {
        Dictionary<string, double> Counts(string title, string body)
        {
            var counts = new Dictionary<string, double>();
            foreach (var words in new[] { title, body }.Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                foreach (var term in words.Concat(words.Zip(words.Skip(1), (a, b) => $"{a} {b}"))) counts[term] = counts.GetValueOrDefault(term) + 1;
            return counts;
        }
        var documents = all.Select(r => Counts("", r.Publications[0].Abstract)).Append(Counts(submission.Title, submission.Abstract)).ToArray();
        double Weight(KeyValuePair<string, double> term) => (1 + Math.Log(term.Value)) * (1 + Math.Log((2.0 + texts) / (1 + documents.Count(d => d.ContainsKey(term.Key)))));
        var (a, b) = (Counts(submission.Title, submission.Abstract), Counts("", reviewer.Publications[0].Abstract));
        var (wa, wb) = (a.ToDictionary(x => x.Key, Weight), b.ToDictionary(x => x.Key, Weight));
        return wa.Sum(x => x.Value * wb.GetValueOrDefault(x.Key)) / Math.Sqrt(wa.Values.Sum(v => v * v) * wb.Values.Sum(v => v * v));
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
