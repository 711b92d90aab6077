using AbstractReview.Typesetting.Layout;
using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting;

/// <summary>
/// Sets a document and writes it as a tagged PDF 1.7. The same document with the same fonts gives the same bytes.
/// May be called from several threads at once with one <see cref="FontLibrary"/>.
/// </summary>
public static class PdfRenderer
{
    /// <param name="document">Its sections and blocks are enumerated once, in order.</param>
    /// <param name="fonts">Shared; the warmer the quicker.</param>
    /// <param name="output">Written from its current position on and left open; it need not be seekable.</param>
    /// <param name="progress">Told after every page, on this thread unless it hands over itself.</param>
    /// <param name="cancellation">Looked at before every section and page.</param>
    /// <exception cref="ArgumentException">A page template leaves no room for text.</exception>
    /// <exception cref="InvalidDataException">A picture outside a <see cref="Guarded"/> block is damaged.</exception>
    public static RenderReport Render(
        Document document, FontLibrary fonts, Stream output, IProgress<RenderProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var session = new Session(document, fonts, output);
        return Render(session, progress, cancellation);
    }

    internal static RenderReport Render(Session session, IProgress<RenderProgress>? progress, CancellationToken cancellation)
    {
        var finisher = new PageFinisher(session, progress, cancellation);
        var runs = LayOut(session, finisher, cancellation);
        var pages = PageNumbers.Settle(session, finisher, runs);
        finisher.FinishHeld();
        return Close(session, runs, pages);
    }

    private static List<SectionRun> LayOut(Session session, PageFinisher finisher, CancellationToken cancellation)
    {
        List<SectionRun> runs = [];
        List<(SectionRun Run, int? Next)> waiting = [];
        foreach (var section in session.Document.Sections)
        {
            cancellation.ThrowIfCancellationRequested();
            var numbering = section.Numbering ?? (runs.Count > 0 ? runs[^1].Numbering : new PageNumbering(NumberStyle.Arabic));
            if (section.Numbering is not null) finisher.Next = section.Numbering.Start;
            var run = new SectionRun(session, finisher, section) { Numbering = numbering };
            runs.Add(run);
            if (session.Document.FacingPages && section.Start == SectionStart.Recto && finisher.Next % 2 == 0) finisher.AddBlank(run);
            if (run.Advance(complete: false)) continue;
            waiting.Add((run, finisher.Next));
            finisher.Next = null;
        }

        foreach (var (run, next) in waiting)
        {
            finisher.Next = next;
            run.Advance(complete: true);
        }

        finisher.Next = null;
        return runs;
    }

    private static RenderReport Close(Session session, List<SectionRun> runs, List<Page> pages)
    {
        var file = session.File;
        session.Structure.Finish();
        session.Resources.Finish();
        var tree = PageNumbers.WriteTree(file, runs, pages.Count);
        var ordinals = pages.ToDictionary(page => page.Number, page => page.Ordinal);
        var outline = session.Outline.Finish(page => ordinals[page]);
        var names = NameTree.Write(file, session.Targets.Select(pair => (pair.Key, pair.Value.Page.Number, pair.Value.Page.FromBottom(pair.Value.Top))));
        var (catalog, info) = new Catalog(file, session.Document, session.IsAccessible()).Write(tree, session.Structure.RootNumber, outline, names, PageNumbers.Labels(pages));
        var hash = file.Finish(catalog, info);
        return new RenderReport
        {
            Pages = pages.Count,
            Destinations = session.Targets.ToDictionary(pair => pair.Key, pair => new PagePosition(pair.Value.Page.Ordinal, pair.Value.Page.Label ?? "")),
            MissingGlyphs = session.Report.MissingGlyphs,
            Overflows = session.Report.Overflows(),
            Failures = session.Report.Failures,
            DanglingReferences = [.. session.Dangling()],
            Sha256 = hash,
            Length = file.Length,
        };
    }
}
