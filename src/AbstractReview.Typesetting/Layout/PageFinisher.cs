using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>
/// Numbers pages and writes each as soon as its label and all it refers to are known, so that only pages that wait for
/// something stay in memory.
/// </summary>
internal sealed class PageFinisher(Session session, IProgress<RenderProgress>? progress, CancellationToken cancellation)
{
    private readonly List<Page> held = [];
    private readonly RunningLines running = new(session);
    private readonly ByteWriter content = new(32 * 1024);
    private int laidOut;

    /// <summary>Number of the next page; null while a section before it is unfinished.</summary>
    public int? Next { get; set; } = 1;

    public Page NewPage(SectionRun run, PageTemplate template, bool first, bool blank = false, bool inFront = false)
    {
        var page = new Page(session.File, session.Resources, session.Structure, template, session.Document.FacingPages) { Arrive = session.Arrived, First = first, Blank = blank };
        if (inFront) run.Pages.Insert(0, page);
        else run.Pages.Add(page);
        page.Parent = run.ParentOf(page, inFront);
        if (Next is not { } number) return page;
        page.SetNumber(run.Numbering, number);
        Next = number + 1;
        return page;
    }

    /// <summary>An empty page, so that the next one is a right-hand page.</summary>
    public Page AddBlank(SectionRun run, bool inFront = false)
    {
        var page = NewPage(run, run.Template, first: false, blank: true, inFront);
        held.Add(page);
        return page;
    }

    /// <summary>A page has all its content.</summary>
    public void Drawn(Page page)
    {
        cancellation.ThrowIfCancellationRequested();
        laidOut++;
        session.Report.OverflowedOn(page);
        if (page.Label is null || page.Holes.Exists(hole => session.LabelOf(hole.Destination) is null)) held.Add(page);
        else Write(page);
        progress?.Report(new RenderProgress(laidOut, page.Tag));
    }

    /// <summary>Writes what waited; every page has its label now.</summary>
    public void FinishHeld()
    {
        foreach (var page in held) Write(page);
        held.Clear();
    }

    private void Write(Page page)
    {
        var shift = page.Shift;
        content.Clear();
        running.Grounds(page, content);
        running.Draft(page, content);
        Layer(page, page.Back, shift);
        content.Raw("q\n"u8);
        Move(shift);
        WithHoles(page);
        content.Raw("Q\n"u8);
        page.Show(page.Main, shift);
        Layer(page, page.Front, shift);
        if (!page.Blank) running.Draw(page, session.Document.FacingPages && page.Folio % 2 == 0, content);
        var stream = session.File.Allocate();
        session.File.Stream(stream, ""u8, content.Written);
        WriteDictionary(page, stream, shift);
        session.Pictures?.Add((page, Svg.SvgPage.Write(page.Template.Size, page.Layers)));
        page.Forget();
    }

    private void Layer(Page page, ContentStream? layer, double shift)
    {
        if (layer is null) return;
        page.Show(layer, shift);
        content.Raw("q\n"u8);
        Move(shift);
        content.Raw(layer.Finish()).Raw("Q\n"u8);
    }

    private void Move(double shift)
    {
        if (shift != 0) content.Raw("1 0 0 1 "u8).Number(shift).Raw(" 0 cm\n"u8);
    }

    private void WithHoles(Page page)
    {
        var main = page.Main.Finish();
        var from = 0;
        foreach (var hole in page.Holes)
        {
            content.Raw(main[from..hole.Position]);
            from = hole.Position;
            var word = hole.Format.Typeface.Word(session.LabelOf(hole.Destination) ?? "?", false);
            // The number stands at the end of the room kept for it, where the comma or the margin is.
            var before = (hole.Width - word.Width * hole.Format.Unit) * 1000 / hole.Format.Size;
            if (page.Main.Layer is { } layer && word.Runs.Length > 0)
            {
                layer.MoveTo(hole.Place.X + hole.Width - word.Width * hole.Format.Unit, hole.Place.Y);
                layer.Glyphs(word.Runs[0].Face, hole.Format.Size, hole.Format.Rise, hole.Format.Colour, word.Runs[0].Glyphs);
            }

            content.Byte((byte)'[').Number(-before).Raw(session.Resources.Encoded(word, 0)).Raw("]TJ\n"u8);
        }

        content.Raw(main[from..]);
    }

    private void WriteDictionary(Page page, int stream, double shift)
    {
        var body = new ByteWriter();
        body.Raw("<</Type/Page/Parent "u8).Reference(page.Parent);
        var bleed = session.Document.Bleed;
        Box(body, "/MediaBox["u8, page.Template.Size, bleed);
        if (bleed > 0) Box(body, "/BleedBox["u8, page.Template.Size, bleed);
        Box(body, "/TrimBox["u8, page.Template.Size, 0);
        body.Raw("/Resources "u8).Reference(session.Resources.Number).Raw("/Contents "u8).Reference(stream).Raw("/Tabs/S"u8);
        if (page.Marks.Count > 0)
        {
            body.Raw("/StructParents "u8).Number(page.ParentKey);
            var marks = new ByteWriter().Byte((byte)'[');
            foreach (var mark in page.Marks) marks.Reference(mark).Space();
            var number = session.File.Allocate();
            session.File.Object(number, marks.Byte((byte)']').Written);
            session.Structure.SetParent(page.ParentKey, number);
        }

        if (page.Links.Count > 0)
        {
            body.Raw("/Annots["u8);
            foreach (var link in page.Links)
            {
                WriteLink(page, link, shift);
                body.Reference(link.Number).Space();
            }

            body.Byte((byte)']');
        }

        session.File.Object(page.Number, body.Raw(">>"u8).Written);
    }

    /// <summary>The page, larger by some points on every side.</summary>
    private static void Box(ByteWriter body, ReadOnlySpan<byte> name, PageSize size, double larger)
        => body.Raw(name).Number(-larger, 3).Space().Number(-larger, 3).Space().Number(size.Width + larger, 3).Space().Number(size.Height + larger, 3).Raw("]"u8);

    private void WriteLink(Page page, LinkArea link, double shift)
    {
        var bottom = page.FromBottom(link.Top + link.Height);
        var body = new ByteWriter(256);
        body.Raw("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect["u8).Number(link.X + shift).Space().Number(bottom).Space()
            .Number(link.X + link.Width + shift).Space().Number(bottom + link.Height).Raw("]/StructParent "u8).Number(link.ParentKey)
            .Raw("/Contents"u8).TextString(link.Description);
        if (link.Link.Destination is { } destination) body.Raw("/Dest<"u8).Ascii(NameTree.Key(destination)).Raw(">>>"u8);
        else body.Raw("/A<</S/URI/URI"u8).TextString(new Uri(link.Link.Uri!).AbsoluteUri).Raw(">>>>"u8);
        session.File.Object(link.Number, body.Written);
    }
}
