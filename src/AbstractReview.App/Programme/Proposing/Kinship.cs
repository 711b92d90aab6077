using AbstractReview.Domain.Programmes;
using AbstractReview.Matching.Text;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>How near the texts of two talks of one area are, 0 to 1, by the words they share (see <see cref="TextAffinity"/>).</summary>
internal sealed class Kinship
{
    /// <summary>Below this two texts have little more in common than the area.</summary>
    private const float Notable = 0.12f;

    private readonly Dictionary<int, (AffinityRow Row, int Column)> _talks = [];

    private sealed record AffinityRow(TextAffinity Texts, int Row);

    private Kinship() { }

    /// <summary>Nobody is near anybody.</summary>
    public static Kinship None { get; } = new();

    public static Kinship Of(AcceptedSet accepted, CancellationToken ct)
    {
        var kinship = new Kinship();
        foreach (var area in accepted.Texts.Values.Where(t => t.AsTalk().SlotKind == SlotKind.Oral).GroupBy(t => t.AreaCode))
        {
            var talks = area.OrderBy(t => t.Number).ToList();
            if (talks.Count < 3) continue;
            var texts = TextAffinity.Of(talks.Select(t => new SubmissionText(t.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), t.Title, t.Abstract)).ToList(),
                talks.Select(t => new ReviewerText("", [new PublicationText("", t.Title, t.Abstract)])).ToList(), ct);
            foreach (var (i, talk) in talks.Index()) kinship._talks[talk.Number] = (new AffinityRow(texts, i), i);
        }

        return kinship;
    }

    public float Between(int a, int b)
        => _talks.TryGetValue(a, out var x) && _talks.TryGetValue(b, out var y) && x.Row.Texts == y.Row.Texts ? x.Row.Texts.Matrix.Row(x.Row.Row)[y.Column] : 0;

    /// <summary>Each talk with its nearest two of the same area, where they are notably near; each pair once, the lower number first.</summary>
    public IReadOnlyList<(int A, int B, float Nearness)> Pairs() => _talks.Keys.Order()
        .SelectMany(a => _talks.Keys.Where(b => b != a && Between(a, b) >= Notable).OrderByDescending(b => Between(a, b)).ThenBy(b => b).Take(2).Select(b => (Math.Min(a, b), Math.Max(a, b), Between(a, b))))
        .DistinctBy(p => (p.Item1, p.Item2)).ToList();
}
