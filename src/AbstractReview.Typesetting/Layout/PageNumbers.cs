using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>Numbers that are known only when all sections are laid out, and what the file says of them.</summary>
internal static class PageNumbers
{
    /// <summary>
    /// Gives every page its place in the file and, where it has none yet, its number; puts in the blank pages that bring right-hand
    /// pages to the right.
    /// </summary>
    public static List<Page> Settle(Session session, PageFinisher finisher, List<SectionRun> runs)
    {
        List<Page> pages = [];
        var facing = session.Document.FacingPages;
        foreach (var run in runs)
        {
            var next = pages.Count == 0 ? 1 : pages[^1].Folio + 1;
            var restart = run.Section.Numbering?.Start;
            var blank = facing && (restart is { } start
                ? pages.Count > 0 && (pages.Count + 1) % 2 != start % 2
                : run.Section.Start == SectionStart.Recto && run.Pages[0].Label is null && next % 2 == 0);
            if (blank)
            {
                var page = finisher.AddBlank(run, inFront: true);
                page.SetNumber(pages[^1].Numbering!, next++);
                page.Ordinal = pages.Count + 1;
                pages.Add(page);
            }

            var number = restart ?? next;
            foreach (var page in run.Pages.Skip(blank ? 1 : 0))
            {
                if (page.Label is null) page.SetNumber(run.Numbering, number);
                number = page.Folio + 1;
                pages.Add(page);
                page.Ordinal = pages.Count;
            }
        }

        return pages;
    }

    public static int WriteTree(PdfFile file, List<SectionRun> runs, int count)
    {
        var root = file.Allocate();
        var kids = new ByteWriter();
        foreach (var (number, pages) in runs.SelectMany(run => run.Nodes))
        {
            var body = new ByteWriter();
            body.Raw("<</Type/Pages/Parent "u8).Reference(root).Raw("/Count "u8).Number(pages.Count).Raw("/Kids["u8);
            foreach (var page in pages) body.Reference(page).Space();
            file.Object(number, body.Raw("]>>"u8).Written);
            kids.Reference(number).Space();
        }

        file.Object(root, new ByteWriter().Raw("<</Type/Pages/Count "u8).Number(count).Raw("/Kids["u8).Raw(kids.Written).Raw("]>>"u8).Written);
        return root;
    }

    /// <summary>The number tree of page labels: an entry wherever numbering changes.</summary>
    public static ByteWriter Labels(List<Page> pages)
    {
        var labels = new ByteWriter();
        (NumberStyle, string)? before = null;
        var expected = 0;
        foreach (var page in pages)
        {
            var numbering = page.Numbering!;
            if (before != (numbering.Style, numbering.Prefix) || page.Folio != expected)
            {
                labels.Number(page.Ordinal - 1).Raw("<<"u8).Ascii(numbering.Style switch
                {
                    NumberStyle.Arabic => "/S/D", NumberStyle.Roman => "/S/r", NumberStyle.RomanUpper => "/S/R", _ => "",
                });
                if (numbering.Prefix.Length > 0) labels.Raw("/P"u8).TextString(numbering.Prefix);
                if (numbering.Style != NumberStyle.None && page.Folio != 1) labels.Raw("/St "u8).Number(page.Folio);
                labels.Raw(">>"u8);
            }

            (before, expected) = ((numbering.Style, numbering.Prefix), page.Folio + 1);
        }

        return labels;
    }
}
