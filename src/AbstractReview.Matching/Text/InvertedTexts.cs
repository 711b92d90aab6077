using System.Numerics;
using System.Runtime.InteropServices;

namespace AbstractReview.Matching.Text;

/// <summary>
/// The reviewers' texts turned round: for each term of a submission the texts that have it. Most terms are in few texts and are kept as
/// lists; those in an eighth of the texts or more are kept as whole rows, which a processor adds eight at a time.
/// </summary>
internal sealed class InvertedTexts
{
    private const int CommonShare = 8;
    private const int MostRows = 512;

    private readonly int _texts;
    private readonly int[] _start;
    private readonly Weight[] _postings;
    private readonly float[]?[] _rows;

    /// <param name="submissions">Only their terms are kept.</param>
    /// <param name="documents">The texts by number, each by rising term; emptied to save memory.</param>
    public InvertedTexts(int terms, Weight[][] submissions, Weight[][] documents)
    {
        _texts = documents.Length;
        var asked = new bool[terms];
        foreach (var submission in submissions)
            foreach (var (term, _) in submission) asked[term] = true;
        _start = new int[terms + 1];
        foreach (var document in documents)
            foreach (var (term, _) in document)
                if (asked[term]) _start[term + 1]++;
        for (var term = 0; term < terms; term++) _start[term + 1] = checked(_start[term + 1] + _start[term]);
        _postings = new Weight[_start[^1]];
        var next = _start[..^1];
        for (var text = 0; text < documents.Length; text++)
        {
            foreach (var (term, value) in documents[text])
                if (asked[term]) _postings[next[term]++] = new Weight(text, value);
            documents[text] = [];
        }
        _rows = new float[]?[terms];
        var common = Enumerable.Range(0, terms).Where(term => Length(term) > 64 && Length(term) > _texts / CommonShare)
            .OrderByDescending(Length).ThenBy(term => term).Take(MostRows);
        foreach (var term in common)
        {
            var row = _rows[term] = new float[_texts];
            foreach (var (text, value) in Of(term)) row[text] = value;
        }
    }

    /// <summary>The cosine of a submission with every text.</summary>
    public void Compare(Weight[] submission, float[] similarities)
    {
        Array.Clear(similarities);
        foreach (var (term, value) in submission)
        {
            if (_rows[term] is { } row) Add(row, value, similarities);
            else
                foreach (var (text, weight) in Of(term)) similarities[text] += value * weight;
        }
    }

    /// <summary>A term's texts from <paramref name="from"/> up to, not with, <paramref name="to"/>.</summary>
    public ReadOnlySpan<Weight> Of(int term, int from, int to)
    {
        var postings = Of(term);
        var first = postings.BinarySearch(new ByText(from));
        var last = postings.BinarySearch(new ByText(to));
        return postings[(first < 0 ? ~first : first)..(last < 0 ? ~last : last)];
    }

    private int Length(int term) => _start[term + 1] - _start[term];

    private ReadOnlySpan<Weight> Of(int term) => _postings.AsSpan(_start[term].._start[term + 1]);

    private static void Add(float[] row, float value, float[] similarities)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(row);
        var to = MemoryMarshal.Cast<float, Vector<float>>(similarities.AsSpan());
        for (var at = 0; at < from.Length; at++) to[at] += from[at] * value;
        for (var at = from.Length * Vector<float>.Count; at < row.Length; at++) similarities[at] += row[at] * value;
    }

    private readonly record struct ByText(int Text) : IComparable<Weight>
    {
        public int CompareTo(Weight other) => Text.CompareTo(other.Term);
    }
}
