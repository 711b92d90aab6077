using System.Text;
using AbstractReview.Typesetting.Pdf;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Layout;

/// <summary>
/// Draws one line. Runs are written in logical order and placed in visual order; glyphs within a run go from left to right,
/// which is what readers of the text expect.
/// </summary>
internal struct LinePainter(Page page, StructureElement? element)
{
    private readonly string? language = element?.LanguageInForce;
    private StructureElement? foreign;
    private List<(Link Link, StructureElement Element, double X, double Right, StringBuilder Text)>? links;

    public void Paint(TextLine line, double x, double baseline)
    {
        var pieces = line.Pieces;
        if (pieces.Length == 0) return;
        if (line.Bidirectional) PaintRuns(line, x, baseline);
        else
        {
            page.Main.MoveTo(x, page.FromBottom(baseline));
            PaintPieces(pieces, 0, pieces.Length, false, x, baseline);
        }

        if (line.DroppedSpace) EndOfLine(pieces[^1].Format);
        if (links is null) return;
        foreach (var (link, mark, left, right, text) in links)
        {
            var format = pieces[0].Format;
            page.AddLink(mark, link, text.ToString(), left, baseline - format.Size * 0.9, right - left, format.Size * 1.15);
        }
    }

    private void PaintRuns(TextLine line, double x, double baseline)
    {
        var pieces = line.Pieces;
        List<(int From, int To, byte Level, double Width)> runs = [];
        for (var from = 0; from < pieces.Length;)
        {
            var (to, width) = (from, 0.0);
            for (; to < pieces.Length && pieces[to].Level == pieces[from].Level; to++) width += pieces[to].Width;
            runs.Add((from, to, pieces[from].Level, width));
            from = to;
        }

        var places = new double[runs.Count];
        foreach (var run in Bidi.VisualOrder([.. runs.Select(run => run.Level)]))
        {
            places[run] = x;
            x += runs[run].Width;
        }

        for (var run = 0; run < runs.Count; run++)
        {
            var (from, to, level, _) = runs[run];
            page.Main.MoveTo(places[run], page.FromBottom(baseline));
            PaintPieces(pieces, from, to, level % 2 == 1, places[run], baseline);
        }
    }

    private void PaintPieces(Piece[] pieces, int from, int to, bool rtl, double x, double baseline)
    {
        for (var i = 0; i < to - from; i++)
        {
            ref readonly var piece = ref pieces[rtl ? to - 1 - i : from + i];
            Mark(piece, x);
            if (piece.Format.Underline) Underline(piece, x, baseline);
            PaintPiece(piece, rtl);
            x += piece.Width;
        }
    }

    private void PaintPiece(in Piece piece, bool rtl)
    {
        var (main, format) = (page.Main, piece.Format);
        if (piece.Destination is { } destination)
        {
            main.SetText(format.Typeface.Face, format.Size, format.Rise, format.Colour);
            page.Holes.Add(new Hole(main.Position, destination, format, piece.Width) { Place = main.Layer?.Place ?? default });
            main.Layer?.Advance(piece.Width);
            return;
        }

        if (piece.Word is not { } word)
        {
            main.SetText(format.Typeface.Face, format.Size, format.Rise, format.Colour);
            main.Space(piece.Width);
            return;
        }

        for (var i = 0; i < word.Runs.Length; i++)
        {
            var run = rtl ? word.Runs.Length - 1 - i : i;
            main.SetText(word.Runs[run].Face, format.Size, format.Rise, format.Colour);
            if (piece.SoftHyphen) main.SoftHyphen(word.Runs[run].Glyphs[0].Id);
            else main.Glyphs(word, run, piece.GlyphFrom, piece.GlyphTo);
        }

        if (piece.Spread != 0) main.Kern(piece.Spread);
    }

    /// <summary>Sets the structure element of what follows; a link is one of its own.</summary>
    private void Mark(in Piece piece, double x)
    {
        if (piece.Format.Link is not { } link || element is null)
        {
            page.Mark(element is null || piece.Format.Language == language ? element : Foreign(piece.Format.Language));
            return;
        }

        links ??= [];
        if (links.Count == 0 || !ReferenceEquals(links[^1].Link, link)) links.Add((link, element.Child("Link"), x, x, new StringBuilder()));
        var last = links[^1];
        last.Text.Append(piece.Word?.Text ?? " ");
        links[^1] = last with { X = Math.Min(last.X, x), Right = Math.Max(last.Right, x + piece.Width) };
        page.Mark(last.Element);
    }

    /// <summary>The element of a stretch in another language than its paragraph's.</summary>
    private StructureElement Foreign(string tongue)
    {
        if (foreign?.Language == tongue) return foreign;
        foreign = element!.Child("Span");
        foreign.Language = tongue;
        return foreign;
    }

    private void Underline(in Piece piece, double x, double baseline)
    {
        page.Over(x, baseline + piece.Format.Size * 0.1, piece.Width, piece.Format.Size * 0.05, piece.Format.Colour);
    }

    private void EndOfLine(TextFormat format)
    {
        page.Main.SetText(format.Typeface.Face, format.Size, format.Rise, format.Colour);
        page.Main.ZeroSpace();
    }
}
