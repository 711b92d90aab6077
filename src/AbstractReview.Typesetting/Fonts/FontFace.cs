using System.Buffers.Binary;
using HarfBuzzSharp;

namespace AbstractReview.Typesetting.Fonts;

/// <summary>
/// An opened font. Lengths are given in thousandths of the em, whatever the font's own units.
/// HarfBuzz faces and fonts may be read by several threads at once.
/// </summary>
internal sealed class FontFace
{
    private readonly Blob blob;
    private readonly Lazy<nint> prepared;
    private readonly Lazy<Pdf.FontStock> stock;
    private uint asciiCovered0, asciiCovered1, asciiCovered2;

    /// <param name="file">Where it lies.</param>
    /// <param name="plainText">It sets running text, and does not only help out with characters that others lack.</param>
    public FontFace(FontFile file, bool plainText)
    {
        File = file;
        blob = Blob.FromFile(file.Path);
        Face = new Face(blob, file.Index);
        Face.MakeImmutable();
        Font = new Font(Face);
        Font.SetScale(Face.UnitsPerEm, Face.UnitsPerEm);
        Font.SetFunctionsOpenType();
        prepared = new Lazy<nint>(() => Pdf.Subsetter.Prepare(Face, File.IsCff));
        stock = new Lazy<Pdf.FontStock>(() => new Pdf.FontStock(this, plainText));
        Scale = 1000.0 / Face.UnitsPerEm;
        Font.TryGetHorizontalFontExtents(out var extents);
        Ascent = extents.Ascender * Scale;
        Descent = -extents.Descender * Scale;
        for (var letter = 32; letter < 127; letter++)
        {
            if (!Font.TryGetNominalGlyph(letter, out _)) continue;
            if (letter < 64) asciiCovered0 |= 1u << (letter - 32);
            else if (letter < 96) asciiCovered1 |= 1u << (letter - 64);
            else asciiCovered2 |= 1u << (letter - 96);
        }

        SpaceGlyph = Font.TryGetNominalGlyph(' ', out var space) ? (ushort)space : (ushort)0;
        SpaceWidth = SpaceGlyph == 0 ? 250 : Advance(SpaceGlyph);
    }

    public FontFile File { get; }

    /// <summary>HarfBuzz's face to subset from, made when first needed.</summary>
    public nint Prepared => prepared.Value;

    /// <summary>What documents have in common of the face.</summary>
    public Pdf.FontStock Stock => stock.Value;

    public Face Face { get; }

    public Font Font { get; }

    /// <summary>Thousandths of the em for one font unit.</summary>
    public double Scale { get; }

    public double Ascent { get; }

    /// <summary>Positive, below the baseline.</summary>
    public double Descent { get; }

    public ushort SpaceGlyph { get; }

    public double SpaceWidth { get; }

    public bool Covers(int codePoint) => codePoint switch
    {
        >= 32 and < 64 => (asciiCovered0 >> (codePoint - 32) & 1) != 0,
        >= 64 and < 96 => (asciiCovered1 >> (codePoint - 64) & 1) != 0,
        >= 96 and < 127 => (asciiCovered2 >> (codePoint - 96) & 1) != 0,
        _ => Font.TryGetNominalGlyph(codePoint, out _),
    };

    public double Advance(ushort glyph) => Font.GetHorizontalGlyphAdvance(glyph) * Scale;

    /// <summary>Whether the writer can embed it: TrueType outlines, or CFF keyed by CID so that glyph numbers survive.</summary>
    public bool CanEmbed()
    {
        using var glyf = Face.ReferenceTable(new Tag('g', 'l', 'y', 'f'));
        if (glyf.Length > 0) return !File.IsCff;
        using var cff = Face.ReferenceTable(new Tag('C', 'F', 'F', ' '));
        return File.IsCff && IsCidKeyed(cff.AsSpan());
    }

    /// <summary>The top dictionary of a CID-keyed font begins with three numbers and the ROS operator (12 30).</summary>
    private static bool IsCidKeyed(ReadOnlySpan<byte> cff)
    {
        if (cff.Length < 8) return false;
        var at = SkipIndex(cff, cff[2]);                         // names
        var offsetSize = cff[at + 2];
        var dictionary = at + 3 + offsetSize * (BinaryPrimitives.ReadUInt16BigEndian(cff[at..]) + 1);
        return cff.Slice(dictionary, Math.Min(24, cff.Length - dictionary)).IndexOf((ReadOnlySpan<byte>)[12, 30]) is >= 0 and < 16;
    }

    private static int SkipIndex(ReadOnlySpan<byte> cff, int at)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(cff[at..]);
        if (count == 0) return at + 2;
        var offsetSize = cff[at + 2];
        var last = 0;
        for (var i = 0; i < offsetSize; i++) last = last << 8 | cff[at + 3 + offsetSize * count + i];
        return at + 2 + offsetSize * (count + 1) + last; // offsets count from the byte before the data
    }
}
