using System.Runtime.InteropServices;

namespace AbstractReview.Matching.Text;

/// <summary>A term of a text and its weight there.</summary>
internal readonly record struct Weight(int Term, float Value);

/// <summary>Numbers the terms of a corpus (stems, and pairs of neighbouring stems) and counts the texts each occurs in.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _pairs = [];
    private readonly List<int> _texts = [];
    private int _corpus;

    public int Terms => _texts.Count;

    /// <summary>Counts a text's terms, and counts the text in.</summary>
    /// <returns>Terms by number, each with its count.</returns>
    public Weight[] Add(IReadOnlyList<Word> words)
    {
        var counts = new Dictionary<int, int>(words.Count * 2);
        var before = -1;
        foreach (var word in words)
        {
            var stem = Number(_stems, word.Stem);
            CollectionsMarshal.GetValueRefOrAddDefault(counts, stem, out _)++;
            if (before >= 0) CollectionsMarshal.GetValueRefOrAddDefault(counts, Number(_pairs, Pair(before, stem)), out _)++;
            before = stem;
        }
        _corpus++;
        foreach (var term in counts.Keys) _texts[term]++;
        return [.. counts.Select(count => new Weight(count.Key, count.Value)).OrderBy(count => count.Term)];
    }

    /// <summary>A stem's number; −1 when the corpus has no such stem.</summary>
    public int Of(string stem) => _stems.GetValueOrDefault(stem, -1);

    /// <summary>The number of a pair of neighbouring stems.</summary>
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

    private int Number<TKey>(Dictionary<TKey, int> numbers, TKey key) where TKey : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out var known);
        if (known) return number;
        _texts.Add(0);
        return number = _texts.Count - 1;
    }

    private static long Pair(int first, int second) => (long)first << 32 | (uint)second;
}
