using System.Security.Cryptography;
using AbstractReview.Typesetting.Fonts;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>A cut-down font program, deflated.</summary>
/// <param name="Data">Deflated.</param>
/// <param name="Length">Bytes before deflating.</param>
/// <param name="Tag">Six capital letters that depend on the program alone.</param>
internal sealed record FontProgram(byte[] Data, int Length, string Tag);

/// <summary>What is written of a font besides its dictionaries, by its codes.</summary>
/// <param name="ToUnicode">Deflated CMap from codes to text.</param>
/// <param name="Glyphs">Deflated map from codes to glyphs; empty for CFF.</param>
/// <param name="Widths">Of all codes, as the elements of an array; empty for CFF.</param>
internal sealed record FontParts(byte[] ToUnicode, byte[] Glyphs, byte[] Widths)
{
    public static FontParts Of(FontCodes codes, bool cff)
    {
        if (cff) return new FontParts(Deflated.Bytes(Unicode(codes).Written), [], []);
        var (map, widths) = (new ByteWriter(codes.Count * 2), new ByteWriter());
        foreach (var code in codes.All)
        {
            map.Byte((byte)(code.Glyph >> 8)).Byte((byte)code.Glyph);
            widths.Number(code.Width).Space();
        }

        return new FontParts(Deflated.Bytes(Unicode(codes).Written), Deflated.Bytes(map.Written), widths.Written.ToArray());
    }

    private static ByteWriter Unicode(FontCodes codes)
    {
        var map = new ByteWriter();
        map.Raw("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"u8)
            .Raw("/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000><FFFF> endcodespacerange\n"u8);
        foreach (var chunk in Enumerable.Range(1, codes.Count - 1).Chunk(100))
        {
            map.Number(chunk.Length).Raw(" beginbfchar\n"u8);
            foreach (var code in chunk)
            {
                map.Byte((byte)'<').Hex((ushort)code).Raw("> <"u8);
                foreach (var unit in codes[code].Text) map.Hex(unit);
                map.Raw(">\n"u8);
            }

            map.Raw("endbfchar\n"u8);
        }

        return map.Raw("endcmap CMapName currentdict /CMap defineresource pop end end"u8);
    }
}

/// <summary>
/// What documents have in common of a face: the codes of plain Latin text, and font programs cut for sets of glyphs. Many short
/// documents, such as letters, use the same glyphs; each set is cut and deflated once. What a document contains depends on its own glyphs alone:
/// those of plain Latin text stand for any set within them, those of the European languages for any set within these.
/// </summary>
internal sealed class FontStock
{
    private const int MostSets = 64, LargestSet = 64 * 1024;
    private const string Punctuation = "\u2018\u2019\u201C\u201D\u2013\u2014\u2026\u2022\u00B7";
    private static readonly string[] Ligatures = ["fi", "fl", "ff", "ffi", "ffl"];

    private readonly FontFace face;
    private readonly Dictionary<string, FontProgram> programs = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Lazy<FontParts>? parts;
    private readonly HashSet<ushort> plain = [], european = [];

    /// <param name="face">Whose.</param>
    /// <param name="plainText">The face sets running text, so that a stock of codes is worth its bytes.</param>
    public FontStock(FontFace face, bool plainText)
    {
        this.face = face;
        if (!plainText || face.File.IsCff || !face.Covers('a')) return;
        Codes = Plain(face);
        parts = new Lazy<FontParts>(() => FontParts.Of(Codes, cff: false));
        plain.UnionWith(Codes.All.Select(code => code.Glyph));
        european.UnionWith(plain);
        for (var letter = 0xA0; letter < 0x180; letter++)
            if (face.Font.TryGetNominalGlyph(letter, out var glyph)) european.Add((ushort)glyph);
    }

    /// <summary>Null for faces that only help out.</summary>
    public FontCodes? Codes { get; }

    public FontParts Parts(FontCodes codes) => parts is not null && codes.IsStock ? parts.Value : FontParts.Of(codes, face.File.IsCff);

    /// <summary>The program for the glyphs of a document, or for some more.</summary>
    public FontProgram Program(HashSet<ushort> glyphs)
    {
        glyphs.Add(0);
        if (plain.Count > 0 && glyphs.IsSubsetOf(plain)) glyphs = plain;
        else if (european.Count > 0 && glyphs.IsSubsetOf(european)) glyphs = european;
        var sorted = glyphs.ToArray();
        Array.Sort(sorted);
        var key = string.Create(sorted.Length, sorted, static (letters, numbers) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = (char)numbers[i];
        });
        lock (gate)
            if (programs.TryGetValue(key, out var known)) return known;
        var program = Cut(sorted);
        if (program.Data.Length > LargestSet) return program;
        lock (gate)
        {
            if (programs.Count >= MostSets) programs.Clear();
            programs[key] = program;
        }

        return program;
    }

    private FontProgram Cut(ushort[] glyphs)
    {
        var program = Subsetter.Subset(face.Prepared, glyphs, face.File.IsCff);
        var tag = string.Concat(SHA256.HashData(program).Take(6).Select(value => (char)('A' + value % 26)));
        return new FontProgram(Deflated.Bytes(program), program.Length, tag);
    }

    private static FontCodes Plain(FontFace face)
    {
        var codes = new FontCodes(face, null);
        _ = codes.ZeroSpace;
        foreach (var letter in Enumerable.Range(' ', 95).Select(letter => (char)letter).Concat(Punctuation))
            if (face.Font.TryGetNominalGlyph(letter, out var glyph)) codes.Of((ushort)glyph, [letter]);
        if (face.Font.TryGetNominalGlyph(face.Covers(0x2010) ? 0x2010 : '-', out var hyphen)) codes.Of((ushort)hyphen, "\u00AD");
        foreach (var letters in Ligatures)
            if (Shaping.Typeface.Ligature(face, letters) is { } ligature) codes.Of(ligature, letters);
        return codes;
    }
}
