using AbstractReview.Typesetting.Fonts;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>
/// Writes the operators of one content stream (ISO 32000-1, 8 and 9), leaving out what would not change the state.
/// Coordinates are PDF's: points from the lower left corner.
/// </summary>
internal sealed class ContentStream(PdfResources resources)
{
    private readonly ByteWriter bytes = new(8 * 1024);
    private bool inText, inArray, marked;
    private PdfFont? font;
    private double size, rise, lineX, lineY;
    private Colour fill = Colour.Black;

    public bool IsEmpty => bytes.Length == 0;

    /// <summary>The same marks for a picture; null when nobody wants one.</summary>
    public Svg.SvgLayer? Layer { get; } = resources.Outlines is { } outlines ? new Svg.SvgLayer(outlines) : null;

    public ReadOnlySpan<byte> Finish()
    {
        EndMark();
        EndText();
        return bytes.Written;
    }

    public int Position
    {
        get
        {
            CloseArray();
            return bytes.Length;
        }
    }

    /// <summary>Begins marked content of a structure element.</summary>
    public void BeginMark(string type, int mark)
    {
        EndMark();
        bytes.Byte((byte)'/').Ascii(type).Raw("<</MCID "u8).Number(mark).Raw(">>BDC\n"u8);
        marked = true;
    }

    public void BeginArtifact()
    {
        EndMark();
        bytes.Raw("/Artifact BMC\n"u8);
        marked = true;
    }

    public void EndMark()
    {
        if (!marked) return;
        CloseArray();
        bytes.Raw("EMC\n"u8);
        marked = false;
    }

    /// <summary>Moves to the beginning of a piece of text. A text object is opened outside marked content.</summary>
    public void MoveTo(double x, double y)
    {
        CloseArray();
        var (fromX, fromY) = (Math.Round(lineX * 100) / 100, Math.Round(lineY * 100) / 100);
        (lineX, lineY) = (Math.Round(x * 100) / 100, Math.Round(y * 100) / 100);
        Layer?.MoveTo(lineX, lineY);
        bytes.Number(lineX - fromX).Space().Number(lineY - fromY).Raw(" Td\n"u8);
    }

    public void BeginText()
    {
        if (inText) return;
        EndMark();
        bytes.Raw("BT\n"u8);
        inText = true;
        (lineX, lineY) = (0, 0);
    }

    public void EndText()
    {
        if (!inText) return;
        EndMark();
        CloseArray();
        bytes.Raw("ET\n"u8);
        inText = false;
    }

    public void SetText(FontFace face, double points, double above, Colour colour)
    {
        var wanted = resources.Font(face);
        if (wanted != font || points != size)
        {
            CloseArray();
            (font, size) = (wanted, points);
            bytes.Byte((byte)'/').Ascii(font.Resource).Space().Number(size).Raw(" Tf\n"u8);
        }

        if (above != rise)
        {
            CloseArray();
            rise = above;
            bytes.Number(rise).Raw(" Ts\n"u8);
        }

        Fill(colour);
    }

    public void Fill(Colour colour)
    {
        if (colour == fill) return;
        CloseArray();
        fill = colour;
        SetColour(colour, "rg\n"u8, "g\n"u8);
    }

    /// <summary>Draws glyphs of the face set before.</summary>
    public void Glyphs(ShapedWord word, int run, int from, int to)
    {
        Layer?.Glyphs(font!.Face, size, rise, fill, word.Runs[run].Glyphs.AsSpan(from..(to < 0 ? word.Runs[run].Glyphs.Length : to)));
        if (from == 0 && to < 0 && !word.Runs[run].HasRise)
        {
            OpenArray();
            bytes.Raw(resources.Encoded(word, run));
            return;
        }

        foreach (ref readonly var glyph in word.Runs[run].Glyphs.AsSpan(from..(to < 0 ? word.Runs[run].Glyphs.Length : to)))
        {
            if (glyph.OffsetY != 0)
            {
                CloseArray();
                bytes.Number(rise + glyph.OffsetY * size / 1000).Raw(" Ts\n"u8);
            }

            OpenArray();
            PdfResources.Encode(bytes, font!, word, glyph);
            if (glyph.OffsetY == 0) continue;
            CloseArray();
            bytes.Number(rise).Raw(" Ts\n"u8);
        }
    }

    public void SoftHyphen(ushort glyph)
    {
        Layer?.Glyphs(font!.Face, size, rise, fill, [new Glyph(glyph, (float)font.Face.Advance(glyph), 0, 0, 0, 0, false)]);
        OpenArray();
        bytes.Byte((byte)'<').Hex(font!.Codes.Of(glyph, "\u00AD")).Byte((byte)'>');
    }

    /// <summary>A space of a given width in points.</summary>
    public void Space(double width)
    {
        OpenArray();
        bytes.Byte((byte)'<').Hex(font!.Codes.Of(font.Face.SpaceGlyph, " ")).Byte((byte)'>');
        Layer?.Advance(font.Face.SpaceWidth * size / 1000);
        Kern(width - font.Face.SpaceWidth * size / 1000);
    }

    public void ZeroSpace()
    {
        OpenArray();
        bytes.Byte((byte)'<').Hex(font!.Codes.ZeroSpace).Byte((byte)'>');
    }

    /// <summary>Moves right by points within a line.</summary>
    public void Kern(double points)
    {
        OpenArray();
        Layer?.Advance(points);
        var thousandths = -points * 1000 / size;
        if (Math.Abs(thousandths) >= 0.05) bytes.Space().Number(thousandths);
    }

    public void Rectangle(double x, double y, double width, double height, Colour colour)
    {
        Fill(colour);
        Layer?.Rectangle(x, y, width, height, colour);
        bytes.Number(x, 3).Space().Number(y, 3).Space().Number(width, 3).Space().Number(height, 3).Raw(" re f\n"u8);
    }

    public void Picture(Picture picture, double x, double y, double width, double height)
    {
        Layer?.Picture(picture, x, y, width, height);
        bytes.Raw("q "u8).Number(width, 3).Raw(" 0 0 "u8).Number(height, 3).Space().Number(x, 3).Space().Number(y, 3).Raw(" cm /"u8)
            .Ascii(resources.Picture(picture)).Raw(" Do Q\n"u8);
    }

    public void Raw(ReadOnlySpan<byte> operators)
    {
        CloseArray();
        bytes.Raw(operators);
    }

    private void SetColour(Colour colour, ReadOnlySpan<byte> rgb, ReadOnlySpan<byte> grey)
    {
        if (colour.Red == colour.Green && colour.Green == colour.Blue)
        {
            bytes.Number(colour.Red / 255.0, 3).Space().Raw(grey);
            return;
        }

        bytes.Number(colour.Red / 255.0, 3).Space().Number(colour.Green / 255.0, 3).Space().Number(colour.Blue / 255.0, 3).Space().Raw(rgb);
    }

    private void OpenArray()
    {
        if (inArray) return;
        bytes.Byte((byte)'[');
        inArray = true;
    }

    private void CloseArray()
    {
        if (!inArray) return;
        bytes.Raw("]TJ\n"u8);
        inArray = false;
    }
}
