using AbstractReview.Typesetting.Layout;

namespace AbstractReview.Typesetting;

/// <summary>
/// Sets a document as <see cref="PdfRenderer"/> does, to the same places, and draws each page as an SVG picture of its own: outlines, rectangles and
/// pictures, without fonts, scripts, links or anything fetched from elsewhere, so that it can be shown wherever a picture can.
/// </summary>
public static class SvgRenderer
{
    /// <summary>The pages in order. The same document with the same fonts gives the same text.</summary>
    /// <param name="document">Its sections and blocks are enumerated once, in order.</param>
    /// <param name="fonts">Shared; the warmer the quicker.</param>
    /// <param name="cancellation">Looked at before every section and page.</param>
    /// <exception cref="ArgumentException">A page template leaves no room for text.</exception>
    /// <exception cref="InvalidDataException">A picture outside a <see cref="Guarded"/> block is damaged.</exception>
    public static IReadOnlyList<string> Render(Document document, FontLibrary fonts, CancellationToken cancellation = default)
    {
        using var session = new Session(document, fonts, Stream.Null, pictures: true);
        PdfRenderer.Render(session, null, cancellation);
        return [.. session.Pictures!.OrderBy(picture => picture.Page.Ordinal).Select(picture => picture.Svg)];
    }
}
