using System.Runtime.InteropServices;
using AbstractReview.Typesetting.Fonts;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>
/// The character codes (CIDs) of a face. Every pair of glyph and text has its own, so that ligatures and alternates extract exactly.
/// A document's codes go on from the face's stock, which is the same in every document.
/// </summary>
internal sealed class FontCodes(FontFace face, FontCodes? stock)
{
    private readonly Dictionary<(ushort Glyph, string Text), ushort> codes = [];
    private readonly Dictionary<int, ushort> simpleCodes = [];
    private readonly List<FontCode> own = [];
    private readonly int first = stock?.Count ?? 1;
    private ushort zeroSpace;

    /// <summary>One more than the highest code; code 0 draws nothing.</summary>
    public int Count => first + own.Count;

    /// <summary>Nothing was added to the stock.</summary>
    public bool IsStock => own.Count == 0;

    /// <summary>The code belongs to the stock.</summary>
    public bool IsStocked(ushort code) => stock is not null && code < first;

    public FontCode this[int code] => code >= first ? own[code - first] : stock?[code] ?? new FontCode(0, "", 0);

    /// <summary>All codes from 0 on.</summary>
    public IEnumerable<FontCode> All => Enumerable.Range(0, Count).Select(code => this[code]);

    /// <summary>The code that draws a glyph and stands for a text.</summary>
    public ushort Of(ushort glyph, ReadOnlySpan<char> text)
    {
        if (text.Length > 1) return Of(glyph, text.ToString());
        var key = glyph << 16 | (text.Length == 0 ? 0 : text[0]);
        if (stock is not null && stock.simpleCodes.TryGetValue(key, out var known)) return known;
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(simpleCodes, key, out _);
        if (code == 0) code = Add(glyph, text.ToString(), face.Advance(glyph));
        return code;
    }

    /// <summary>A space that takes no room: it ends a line for readers of the text.</summary>
    public ushort ZeroSpace
    {
        get
        {
            if (stock is not null) return stock.zeroSpace;
            return zeroSpace != 0 ? zeroSpace : zeroSpace = Add(face.SpaceGlyph, " ", 0);
        }
    }

    /// <summary>A code that draws nothing, takes no room and stands for a text.</summary>
    public ushort Carrier(ReadOnlySpan<char> text)
    {
        // No glyph has this number: the key is its own.
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, (ushort.MaxValue, text.ToString()), out _);
        if (code == 0) code = Add(face.SpaceGlyph, text.ToString(), 0);
        return code;
    }

    private ushort Of(ushort glyph, string text)
    {
        if (stock is not null && stock.codes.TryGetValue((glyph, text), out var known)) return known;
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, (glyph, text), out _);
        if (code == 0) code = Add(glyph, text, face.Advance(glyph));
        return code;
    }

    private ushort Add(ushort glyph, string text, double width)
    {
        // A CFF font of CJK size cannot have more codes than 65,535; beyond that the first code of the glyph serves.
        if (Count > 65_000) return (ushort)Math.Max(1, All.Index().FirstOrDefault(entry => entry.Item.Glyph == glyph).Index);
        own.Add(new FontCode(glyph, text, width));
        return (ushort)(Count - 1);
    }
}

/// <summary>What a code draws, what it stands for, and its width in thousandths of the em.</summary>
internal readonly record struct FontCode(ushort Glyph, string Text, double Width);
