using System.Globalization;
using System.Numerics;
using System.Text;

namespace AbstractReview.App.Submissions;

/// <summary>
/// What a text is like, in 64 numbers: for each of 64 hash functions the least hash of the text's word triples. The share of
/// numbers two texts have in common estimates the Jaccard similarity of their triples (MinHash; Broder, 1997), within about 0.06.
/// </summary>
public static class Likeness
{
    private const int Functions = 64;

    /// <summary>From this similarity on, of 0 to 1, two texts are shown to the secretariat.</summary>
    public const double Alike = 0.5;

    public static uint[] Signature(string text)
    {
        var least = new uint[Functions];
        Array.Fill(least, uint.MaxValue);
        var words = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(w => w.Trim('.', ',', ';', ':', '(', ')', '“', '”', '"', '!', '?')).Where(w => w != "").Select(Encoding.UTF8.GetBytes).ToList();
        for (var i = 0; i + 3 <= words.Count; i++)
        {
            var triple = Fnv1a(Fnv1a(Fnv1a(Fnv1a(Fnv1a(Basis, words[i]), " "u8), words[i + 1]), " "u8), words[i + 2]);
            for (var f = 0; f < Functions; f++) least[f] = Math.Min(least[f], (uint)(Mix(triple + (ulong)(f + 1) * 0x9E3779B97F4A7C15) >> 32));
        }

        return least;
    }

    /// <summary>0 to 1; texts of fewer than three words are like nothing.</summary>
    public static double Similarity(uint[] a, uint[] b)
    {
        if (a[0] == uint.MaxValue && b[0] == uint.MaxValue) return 0;
        var common = 0;
        // As many at once as the processor takes; each pair of a conference comes by here.
        for (var f = 0; f < Functions; f += Vector<uint>.Count)
            common += (int)Vector.Sum(Vector.Equals(new Vector<uint>(a, f), new Vector<uint>(b, f)) & Vector<uint>.One);
        return common / (double)Functions;
    }

    public static string Write(uint[] signature) => string.Concat(signature.Select(n => n.ToString("x8", CultureInfo.InvariantCulture)));

    public static uint[] Read(string hex)
    {
        var signature = new uint[Functions];
        for (var f = 0; f < Functions; f++) signature[f] = uint.Parse(hex.AsSpan(8 * f, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return signature;
    }

    private const ulong Basis = 14695981039346656037UL;

    // FNV-1a, 64 bit, gone on with; string.GetHashCode differs in every process.
    private static ulong Fnv1a(ulong hash, ReadOnlySpan<byte> text)
    {
        foreach (var b in text) hash = (hash ^ b) * 1099511628211UL;
        return hash;
    }

    // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
