using System.Globalization;
using System.Text;
using AbstractReview.Typesetting.Fonts;
using AbstractReview.Typesetting.Pdf;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Svg;

/// <summary>
/// What a content stream draws, as elements of SVG in PDF's coordinates: points from the lower left corner. Text is outlines, so that the picture is the
/// same wherever it is looked at; nothing of a document's text or markup is in it.
/// </summary>
internal sealed class SvgLayer(GlyphOutlines outlines)
{
    private readonly StringBuilder marks = new();
    private readonly SortedDictionary<(int Face, ushort Glyph), string> used = [];

    public bool IsEmpty => marks.Length == 0;

    public StringBuilder Marks => marks;

    /// <summary>The outlines it needs, by face and glyph.</summary>
    public IReadOnlyDictionary<(int Face, ushort Glyph), string> Used => used;

    /// <summary>Where the next glyph is drawn.</summary>
    public (double X, double Y) Place { get; private set; }

    public void MoveTo(double x, double y) => Place = (x, y);

    public void Advance(double points) => Place = (Place.X + points, Place.Y);

    /// <summary>Draws glyphs from the place on, and goes on behind them.</summary>
    public void Glyphs(FontFace face, double size, double rise, Colour colour, ReadOnlySpan<Glyph> glyphs)
        => Advance(Run(face, colour, glyphs, string.Create(CultureInfo.InvariantCulture, $"translate({Place.X:0.##} {Place.Y + rise:0.##})"), size) * size / 1000);

    /// <summary>Draws glyphs where a transformation puts the origin; answers their width in thousandths of the em.</summary>
    public double Run(FontFace face, Colour colour, ReadOnlySpan<Glyph> glyphs, string transform, double size)
    {
        marks.Append(CultureInfo.InvariantCulture, $"<g transform=\"{transform} scale({size * face.Scale / 1000:0.######})\"{Fill(colour)}>");
        var (number, pen) = (outlines.Number(face), 0.0);
        foreach (ref readonly var glyph in glyphs)
        {
            if (outlines.Path(face, glyph.Id) is { Length: > 0 } path)
            {
                used.TryAdd((number, glyph.Id), path);
                marks.Append(CultureInfo.InvariantCulture, $"<use href=\"#{Name((number, glyph.Id))}\" x=\"{(pen + glyph.OffsetX) / face.Scale:0.#}\"");
                if (glyph.OffsetY != 0) marks.Append(CultureInfo.InvariantCulture, $" y=\"{glyph.OffsetY / face.Scale:0.#}\"");
                marks.Append("/>");
            }

            pen += glyph.Advance;
        }

        marks.Append("</g>\n");
        return pen;
    }

    public void Rectangle(double x, double y, double width, double height, Colour colour)
        => marks.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:0.###} {y:0.###}h{width:0.###}v{height:0.###}h{-width:0.###}z\"{Fill(colour)}/>\n");

    // Pictures hang from their upper edge; the page is drawn upwards.
    public void Picture(Picture picture, double x, double y, double width, double height)
        => marks.Append(CultureInfo.InvariantCulture, $"<image width=\"1\" height=\"1\" preserveAspectRatio=\"none\" transform=\"matrix({width:0.###} 0 0 {-height:0.###} {x:0.###} {y + height:0.###})\" href=\"data:{picture.MediaType};base64,{Convert.ToBase64String(picture.Source.Span)}\"/>\n");

    public static string Name((int Face, ushort Glyph) key) => string.Create(CultureInfo.InvariantCulture, $"f{key.Face}g{key.Glyph}");

    private static string Fill(Colour colour)
        => colour == Colour.Black ? "" : string.Create(CultureInfo.InvariantCulture, $" fill=\"#{colour.Red:x2}{colour.Green:x2}{colour.Blue:x2}\"");
}

/// <summary>A page as a picture of its own.</summary>
internal static class SvgPage
{
    public static string Write(PageSize size, IReadOnlyList<(SvgLayer Layer, double Shift)> layers)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size.Width:0.###}pt\" height=\"{size.Height:0.###}pt\" viewBox=\"0 0 {size.Width:0.###} {size.Height:0.###}\">\n<defs>");
        var outlines = new SortedDictionary<(int, ushort), string>();
        foreach (var (layer, _) in layers)
            foreach (var (key, path) in layer.Used) outlines.TryAdd(key, path);
        foreach (var (key, path) in outlines) svg.Append("<path id=\"").Append(SvgLayer.Name(key)).Append("\" d=\"").Append(path).Append("\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<g transform=\"matrix(1 0 0 -1 0 {size.Height:0.###})\">\n");
        foreach (var (layer, shift) in layers)
        {
            if (shift != 0) svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({shift:0.##} 0)\">\n");
            svg.Append(layer.Marks);
            if (shift != 0) svg.Append("</g>\n");
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }
}
