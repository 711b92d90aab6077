using System.Globalization;
using AbstractReview.Typesetting.Fonts;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>Fonts and pictures of one document, shared by all its pages, and its words as they are written.</summary>
/// <param name="file">Where they are written.</param>
/// <param name="outlines">For drawing pages as pictures as well; null when nobody wants them.</param>
internal sealed class PdfResources(PdfFile file, Svg.GlyphOutlines? outlines)
{
    private const int WordLimit = 8_000;

    private readonly Dictionary<FontFace, PdfFont> fonts = [];
    private readonly List<PdfFont> inOrder = [];
    private readonly Dictionary<string, (string Name, int Number)> pictures = [];
    private readonly Dictionary<ShapedWord, byte[][]> encoded = [];
    private readonly ByteWriter scratch = new();

    /// <summary>Object number of the dictionary that all pages name.</summary>
    public int Number { get; } = file.Allocate();

    public Svg.GlyphOutlines? Outlines => outlines;

    /// <summary>Some page uses the graphics state <c>Darker</c>, which multiplies what is painted with what lies below.</summary>
    public bool Darkens { get; set; }

    public PdfFont Font(FontFace face)
    {
        if (fonts.TryGetValue(face, out var font)) return font;
        font = new PdfFont(face, "F" + (fonts.Count + 1).ToString(CultureInfo.InvariantCulture), file.Allocate());
        fonts.Add(face, font);
        inOrder.Add(font);
        return font;
    }

    /// <summary>The resource name of a picture, written now if it is new.</summary>
    public string Picture(Picture picture)
    {
        if (pictures.TryGetValue(picture.Hash, out var known)) return known.Name;
        var name = "I" + (pictures.Count + 1).ToString(CultureInfo.InvariantCulture);
        pictures.Add(picture.Hash, (name, picture.Write(file)));
        return name;
    }

    /// <summary>A run's part of a TJ array.</summary>
    public ReadOnlySpan<byte> Encoded(ShapedWord word, int run)
    {
        if (word.Runs[run].Stocked is { } same) return same;
        if (encoded.TryGetValue(word, out var runs) && runs[run] is { } known) return known;
        if (encoded.Count > WordLimit) encoded.Clear();
        var font = Font(word.Runs[run].Face);
        var (stocked, bytes) = (true, scratch);
        bytes.Clear();
        foreach (ref readonly var glyph in word.Runs[run].Glyphs.AsSpan()) stocked &= Encode(bytes, font, word, glyph);
        var written = bytes.Written.ToArray();
        if (stocked) return word.Runs[run].Stocked = written;
        if (runs is null) encoded.Add(word, runs = new byte[word.Runs.Length][]);
        return runs[run] = written;
    }

    /// <summary>Writes a glyph's part of a TJ array; answers whether it is the same in every document.</summary>
    public static bool Encode(ByteWriter to, PdfFont font, ShapedWord word, in Glyph glyph)
    {
        var text = word.Text.AsSpan(glyph.TextStart, glyph.TextLength);
        if (glyph.Advance == 0 && glyph.Id == font.Face.SpaceGlyph)
        {
            to.Byte((byte)'<').Hex(font.Codes.Carrier(text)).Byte((byte)'>');
            return false;
        }

        var code = font.Codes.Of(glyph.Id, text);
        // A number may stand before: of the glyph before, or of a space.
        if (glyph.OffsetX != 0) to.Space().Number(-glyph.OffsetX);
        to.Byte((byte)'<').Hex(code).Byte((byte)'>');
        var kern = font.Face.Advance(glyph.Id) - glyph.Advance + glyph.OffsetX;
        if (Math.Abs(kern) >= 0.05) to.Space().Number(kern);
        return font.Codes.IsStocked(code);
    }

    public void Finish()
    {
        foreach (var font in inOrder) font.Write(file);
        var body = new ByteWriter();
        body.Raw("<</Font<<"u8);
        foreach (var font in inOrder) body.Byte((byte)'/').Ascii(font.Resource).Space().Reference(font.Number);
        body.Raw(">>/XObject<<"u8);
        foreach (var (name, number) in pictures.Values) body.Byte((byte)'/').Ascii(name).Space().Reference(number);
        if (Darkens) body.Raw(">>/ExtGState<</Darker<</Type/ExtGState/BM/Multiply>>"u8);
        file.Object(Number, body.Raw(">>>>"u8).Written);
    }
}
