using System.Runtime.InteropServices;

namespace AbstractReview.Matching.Text;

/// <summary>A term of a text and its weight there.</summary>
internal readonly record struct Weight(int Term, float Value);

/// <summary>What is compared of a text: a title and a body; no pair of words is made of the last of the one and the first of the other.</summary>
internal readonly record struct Passage(string Title, string Body);

/// <summary>Numbers the terms of a corpus (stems, and pairs of neighbouring stems) and counts the texts each occurs in.</summary>
internal sealed class Vocabulary
{
    private const int Batch = 2048;

    private readonly Words _words = new();
    private readonly Dictionary<long, int> _pairs = [];
    private readonly List<int> _texts = [];
    private int _corpus;

    public int Terms => _texts.Count;

    /// <summary>
    /// Counts the terms of texts, and counts the texts in. Words are cut and sorted in parallel; terms are numbered in order, so that every
    /// run is the same.
    /// </summary>
    /// <returns>For each text its terms by number, each with its count.</returns>
    public Weight[][] Count(int texts, Func<int, Passage> text, CancellationToken cancellation)
    {
        var counts = new Weight[texts][];
        var parallel = new ParallelOptions { CancellationToken = cancellation };
        for (var from = 0; from < texts; from += Batch)
        {
            var (first, size) = (from, Math.Min(Batch, texts - from));
            var words = new (List<Word> Title, List<Word> Body)[size];
            Parallel.For(0, size, parallel, at => words[at] = (_words.Of(text(first + at).Title), _words.Of(text(first + at).Body)));
            var terms = new int[size][];
            for (var at = 0; at < size; at++) terms[at] = Number(words[at].Title, words[at].Body);
            Parallel.For(0, size, parallel, at => counts[first + at] = Gather(terms[at]));
            for (var at = 0; at < size; at++)
                foreach (var (term, _) in counts[first + at]) _texts[term]++;
        }
        _corpus += texts;
        return counts;
    }

    /// <summary>The words of a text, numbered as far as the corpus knows them.</summary>
    public List<Word> WordsOf(string text) => _words.Of(text);

    /// <summary>The number of a pair of neighbouring stems; −1 when the corpus has no such pair.</summary>
    public int Of(int first, int second) => _pairs.GetValueOrDefault(Pair(first, second), -1);

    /// <summary>Texts a term occurs in.</summary>
    public int Texts(int term) => _texts[term];

    /// <summary>Turns counts into weights, in place: (1 + ln count) · (1 + ln((1 + texts) / (1 + texts with the term))), at length 1.</summary>
    public void Weigh(Span<Weight> counts)
    {
        var square = 0.0;
        foreach (ref var weight in counts)
        {
            var value = (1 + Math.Log(weight.Value)) * (1 + Math.Log((1.0 + _corpus) / (1 + _texts[weight.Term])));
            square += value * value;
            weight = weight with { Value = (float)value };
        }
        var length = Math.Sqrt(square);
        foreach (ref var weight in counts) weight = weight with { Value = (float)(weight.Value / length) };
    }

    private int[] Number(List<Word> title, List<Word> body)
    {
        var terms = new int[Math.Max(0, 2 * title.Count - 1) + Math.Max(0, 2 * body.Count - 1)];
        var at = 0;
        Number(title, terms, ref at);
        Number(body, terms, ref at);
        return terms;
    }

    private void Number(List<Word> words, int[] terms, ref int at)
    {
        var before = -1;
        foreach (var word in words)
        {
            if (word.Stem.Number < 0) word.Stem.Number = NewTerm();
            if (before >= 0)
            {
                ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, Pair(before, word.Stem.Number), out var known);
                if (!known) pair = NewTerm();
                terms[at++] = pair;
            }
            terms[at++] = before = word.Stem.Number;
        }
    }

    private static Weight[] Gather(int[] terms)
    {
        Array.Sort(terms);
        var counts = new List<Weight>(terms.Length);
        for (var from = 0; from < terms.Length;)
        {
            var to = from + 1;
            while (to < terms.Length && terms[to] == terms[from]) to++;
            counts.Add(new Weight(terms[from], to - from));
            from = to;
        }
        return [.. counts];
    }

    private int NewTerm()
    {
        _texts.Add(0);
        return _texts.Count - 1;
    }

    /// <summary>
    /// Different for every two stems; multiplied by an odd number (2^64 over the golden ratio), since a plain pair of numbers hashes to their exclusive
    /// or, under which the pairs of common words collide.
    /// </summary>
    private static long Pair(int first, int second) => unchecked((long)(((ulong)(uint)first << 32 | (uint)second) * 0x9E3779B97F4A7C15UL));
}
