namespace AbstractReview.Matching.Text;

/// <summary>A submission as text.</summary>
public sealed record SubmissionText(string Id, string Title, string Abstract);

/// <summary>A past publication or abstract of a reviewer.</summary>
public sealed record PublicationText(string Id, string Title, string Abstract);

/// <summary>A reviewer as text: past publications and, where there is one, a profile in the reviewer's own words.</summary>
public sealed record ReviewerText(string Id, IReadOnlyList<PublicationText> Publications, string Profile = "");

/// <summary>
/// How near each reviewer's writing is to each submission. Each text (a submission's title and abstract, a publication's, a profile) is a
/// vector of its stems and pairs of neighbouring stems, weighted by logarithmic frequency and smoothed inverse document frequency over
/// all texts (Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988) and compared by cosine. A reviewer's
/// similarities, best first, are averaged with the weights 1, 0.85, 0.85² …, so that one close paper counts more than many far ones.
/// </summary>
public sealed class TextAffinity
{
    private const double NextCounts = 0.85;

    private readonly IReadOnlyList<SubmissionText> _submissions;
    private readonly Vocabulary _vocabulary = new();
    private readonly Weight[][] _queries;
    private readonly int[] _firstText;
    private readonly int[] _postingStart;
    private readonly Weight[] _postings;

    private TextAffinity(IReadOnlyList<SubmissionText> submissions, IReadOnlyList<ReviewerText> reviewers, CancellationToken cancellation)
    {
        _submissions = submissions;
        _queries = new Weight[submissions.Count][];
        _firstText = new int[reviewers.Count + 1];
        var texts = new List<string>();
        for (var r = 0; r < reviewers.Count; r++)
        {
            texts.AddRange(reviewers[r].Publications.Select(own => Join(own.Title, own.Abstract)));
            if (!string.IsNullOrWhiteSpace(reviewers[r].Profile)) texts.Add(reviewers[r].Profile);
            _firstText[r + 1] = texts.Count;
        }
        Count(submissions.Count, s => Join(submissions[s].Title, submissions[s].Abstract), _queries, cancellation);
        var documents = new Weight[texts.Count][];
        Count(texts.Count, d => texts[d], documents, cancellation);
        Parallel.ForEach(_queries.Concat(documents), query => _vocabulary.Weigh(query));
        (_postingStart, _postings) = Invert(documents);
        Matrix = new AffinityMatrix(submissions.Count, reviewers.Count);
        Parallel.For(0, submissions.Count, new ParallelOptions { CancellationToken = cancellation }, () => new float[texts.Count], (s, _, similarities) =>
        {
            Compare(_queries[s], similarities);
            var row = Matrix.Row(s);
            for (var r = 0; r < row.Length; r++) row[r] = Average(similarities.AsSpan(_firstText[r].._firstText[r + 1]));
            return similarities;
        }, _ => { });
    }

    /// <summary>Reads all texts and compares each submission with each reviewer. A reviewer without texts has affinity 0.</summary>
    /// <param name="submissions">Kept for <see cref="SharedTerms"/>.</param>
    public static TextAffinity Of(IReadOnlyList<SubmissionText> submissions, IReadOnlyList<ReviewerText> reviewers, CancellationToken cancellation = default) =>
        new(submissions, reviewers, cancellation);

    /// <summary>The affinities, each in [0,1]; rows and columns in the order given.</summary>
    public AffinityMatrix Matrix { get; }

    /// <summary>
    /// The words or pairs of words that speak most for a pair, strongest first, as they stand in the submission. A word already told as part of
    /// a pair of words is not told again.
    /// </summary>
    public IReadOnlyList<string> SharedTerms(int submission, int reviewer, int most = 3)
    {
        var (from, to) = (_firstText[reviewer], _firstText[reviewer + 1]);
        var similarities = new float[to - from];
        foreach (var (term, value) in _queries[submission])
            foreach (var (text, weight) in Postings(term, from, to)) similarities[text - from] += value * weight;
        // A text counts for the reasons as it counts for the affinity: by its rank.
        var counts = new double[similarities.Length];
        var rank = 0;
        foreach (var text in Enumerable.Range(0, counts.Length).OrderByDescending(text => similarities[text])) counts[text] = Math.Pow(NextCounts, rank++);
        var strengths = new Dictionary<int, double>();
        foreach (var (term, value) in _queries[submission])
            foreach (var (text, weight) in Postings(term, from, to))
                strengths[term] = strengths.GetValueOrDefault(term) + value * weight * counts[text - from];
        return SurfaceOf(submission, strengths, most);
    }

    private List<string> SurfaceOf(int submission, Dictionary<int, double> strengths, int most)
    {
        var words = Words.Of(Join(_submissions[submission].Title, _submissions[submission].Abstract));
        var stems = words.Select(word => _vocabulary.Of(word.Stem)).ToArray();
        var spans = new Dictionary<int, (string Surface, int First, int Second)>();
        for (var at = 0; at < stems.Length; at++)
        {
            spans.TryAdd(stems[at], (words[at].Surface, stems[at], -1));
            if (at > 0) spans.TryAdd(_vocabulary.Of(stems[at - 1], stems[at]), ($"{words[at - 1].Surface} {words[at].Surface}", stems[at - 1], stems[at]));
        }
        var told = new HashSet<int>();
        var terms = new List<string>();
        foreach (var (term, _) in strengths
            .OrderByDescending(strength => Math.Round(strength.Value, 6)).ThenByDescending(strength => spans[strength.Key].Second >= 0).ThenBy(strength => strength.Key))
        {
            if (terms.Count == most) break;
            var (surface, first, second) = spans[term];
            if (told.Contains(first) || second >= 0 && told.Contains(second)) continue;
            told.Add(first);
            if (second >= 0) told.Add(second);
            terms.Add(surface);
        }
        return terms;
    }

    /// <summary>Words are cut in parallel; terms are numbered in order, so that every run is the same.</summary>
    private void Count(int count, Func<int, string> text, Weight[][] counts, CancellationToken cancellation)
    {
        const int batch = 2048;
        for (var from = 0; from < count; from += batch)
        {
            var words = new List<Word>[Math.Min(batch, count - from)];
            Parallel.For(0, words.Length, new ParallelOptions { CancellationToken = cancellation }, at => words[at] = Words.Of(text(from + at)));
            for (var at = 0; at < words.Length; at++) counts[from + at] = _vocabulary.Add(words[at]);
        }
    }

    /// <summary>For each term the texts that have it, by number; terms of one text only are left out, no submission can share them.</summary>
    private (int[] Start, Weight[] Postings) Invert(Weight[][] documents)
    {
        var start = new int[_vocabulary.Terms + 1];
        foreach (var document in documents)
            foreach (var (term, _) in document)
                if (_vocabulary.Texts(term) > 1) start[term + 1]++;
        for (var term = 0; term < _vocabulary.Terms; term++) start[term + 1] += start[term];
        var postings = new Weight[start[^1]];
        var next = start[..^1];
        for (var text = 0; text < documents.Length; text++)
        {
            foreach (var (term, value) in documents[text])
                if (_vocabulary.Texts(term) > 1) postings[next[term]++] = new Weight(text, value);
            documents[text] = [];
        }
        return (start, postings);
    }

    private void Compare(Weight[] query, float[] similarities)
    {
        Array.Clear(similarities);
        foreach (var (term, value) in query)
            foreach (var (text, weight) in _postings.AsSpan(_postingStart[term].._postingStart[term + 1]))
                similarities[text] += value * weight;
    }

    private static float Average(Span<float> similarities)
    {
        similarities.Sort();
        var (sum, weights, weight) = (0.0, 0.0, 1.0);
        for (var rank = similarities.Length - 1; rank >= 0; rank--, weight *= NextCounts)
        {
            sum += weight * similarities[rank];
            weights += weight;
        }
        return weights == 0 ? 0 : (float)Math.Clamp(sum / weights, 0, 1);
    }

    /// <summary>A term's postings among the texts of one reviewer.</summary>
    private Span<Weight> Postings(int term, int from, int to)
    {
        var postings = _postings.AsSpan(_postingStart[term].._postingStart[term + 1]);
        var first = postings.BinarySearch(new ByText(from));
        var last = postings.BinarySearch(new ByText(to));
        return postings[(first < 0 ? ~first : first)..(last < 0 ? ~last : last)];
    }

    private readonly record struct ByText(int Text) : IComparable<Weight>
    {
        public int CompareTo(Weight other) => Text.CompareTo(other.Term);
    }

    private static string Join(string title, string text) => $"{title}\n{text}";
}
