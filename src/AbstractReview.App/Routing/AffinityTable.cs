using AbstractReview.Matching;
using AbstractReview.Matching.Text;

namespace AbstractReview.App.Routing;

/// <summary>How well each reviewer suits each submission, and why; by position in the inputs' lists.</summary>
public sealed class AffinityTable
{
    private readonly RoutingInputs _inputs;
    private readonly TextAffinity _text;
    private readonly Lazy<float[]> _usualText;
    private readonly Lazy<AffinityMatrix> _matrix;
    private readonly Blend _blend;
    private readonly Dictionary<(int Number, int Reviewer), int> _bids;
    private readonly List<(HashSet<string> Areas, HashSet<string> Topics)> _knows;

    public AffinityTable(RoutingInputs inputs, TextAffinity text)
    {
        _inputs = inputs;
        _blend = new Blend(new BlendWeights(inputs.Rules.TextWeight, inputs.Rules.AreaWeight, inputs.Rules.BidWeight));
        _bids = inputs.Bids.ToDictionary(b => (b.SubmissionNumber, b.ReviewerId), b => b.Value);
        _knows = inputs.Reviewers.Select(r => (r.Profile.Areas.ToHashSet(), r.Profile.Topics.ToHashSet())).ToList();
        _text = text;
        (_usualText, _matrix) = (new Lazy<float[]>(UsualText), new Lazy<AffinityMatrix>(Blended));
    }

    /// <summary>The blended affinities, each in [0,1].</summary>
    public AffinityMatrix Matrix => _matrix.Value;

    /// <summary>A pair's affinity and what it is made of.</summary>
    public BlendedAffinity Of(int s, int r)
    {
        var submission = _inputs.Submissions[s];
        float? bid = _bids.TryGetValue((submission.Number, _inputs.Reviewers[r].Id), out var value) ? Blend.BidPart(value) : null;
        var topics = Blend.TopicOverlap(submission.AreaCode, submission.Topics, _knows[r].Areas, _knows[r].Topics);
        return _blend.Of(new AffinityParts(_text.HasTexts(r) ? _text.Matrix[s, r] : _usualText.Value[s], topics, bid));
    }

    /// <summary>The three strongest terms that submission and reviewer share.</summary>
    public IReadOnlyList<string> Terms(int s, int r) => _text.SharedTerms(s, r);

    private AffinityMatrix Blended()
    {
        var matrix = new AffinityMatrix(_inputs.Submissions.Count, _inputs.Reviewers.Count);
        for (var s = 0; s < matrix.Submissions; s++)
            for (var r = 0; r < matrix.Reviewers; r++)
                matrix[s, r] = Of(s, r).Value;
        return matrix;
    }

    // Of whom no writing is known, neither the best nor the worst is assumed: by text they are as near to a submission as the others are on average.
    private float[] UsualText()
    {
        var known = Enumerable.Range(0, _inputs.Reviewers.Count).Where(_text.HasTexts).ToArray();
        return [.. Enumerable.Range(0, _inputs.Submissions.Count).Select(s => known.Length == 0 ? 0 : known.Average(r => _text.Matrix[s, r]))];
    }
}

/// <summary>The last comparison of texts and the last table made of it, kept for whoever looks at the same conference again.</summary>
public sealed class AffinityCache
{
    private volatile TextEntry? _text;
    private volatile Entry? _entry;

    public AffinityTable Of(RoutingInputs inputs, string hash, CancellationToken ct)
    {
        if (_entry is { } known && known.Hash == hash) return known.Table;
        var table = new AffinityTable(inputs, TextOf(inputs, ct));
        _entry = new Entry(hash, table);
        return table;
    }

    /// <summary>The comparison of texts alone, by position in the inputs' lists.</summary>
    public TextAffinity TextOf(RoutingInputs inputs, CancellationToken ct)
    {
        if (_text is { } known && known.Hash == inputs.TextsHash) return known.Text;
        var text = TextAffinity.Of(inputs.Submissions.Select(Text).ToList(), inputs.Reviewers.Select(Text).ToList(), ct);
        _text = new TextEntry(inputs.TextsHash, text);
        return text;
    }

    private static SubmissionText Text(RoutedSubmission s) =>
        new(FormattableString.Invariant($"{s.Number}"), s.Title, s.Abstract + "\n" + string.Join(", ", s.Keywords));

    private static ReviewerText Text(RoutedReviewer r) => new(
        FormattableString.Invariant($"{r.Id}"),
        r.Profile.Publications.Select((p, i) => new PublicationText(FormattableString.Invariant($"{i}"), p.Title, p.Abstract)).ToList(),
        string.Join(", ", r.Profile.Keywords));

    private sealed record Entry(string Hash, AffinityTable Table);

    private sealed record TextEntry(string Hash, TextAffinity Text);
}
