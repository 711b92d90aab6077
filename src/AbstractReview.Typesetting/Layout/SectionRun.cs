namespace AbstractReview.Typesetting.Layout;

/// <summary>A section on its way to pages. It stops before a table of contents until all headings are known.</summary>
internal sealed class SectionRun
{
    private readonly Session session;
    private readonly PageFinisher finisher;
    private readonly Section section;
    private readonly PageTemplate template;
    private readonly IEnumerator<Block> blocks;
    private readonly Flow flow;
    private readonly Place place;
    private string[] headings;
    private bool waiting, first = true;

    public SectionRun(Session session, PageFinisher finisher, Section section)
    {
        (this.session, this.finisher, this.section) = (session, finisher, section);
        template = section.Page ?? session.Document.Page;
        headings = session.HeadingsInForce;
        var margins = template.Margins;
        var width = template.Size.Width - margins.Inner - margins.Outer;
        var count = Math.Max(1, section.Columns);
        ColumnWidth = (width - section.ColumnGap * (count - 1)) / count;
        if (ColumnWidth < 20 || template.Size.Height - margins.Top - margins.Bottom < 20)
            throw new ArgumentException("The margins leave no room on the page.");
        flow = new Flow(template.Size.Height - margins.Top - margins.Bottom, count, Emit, (slice, excess) => session.Report.TooHigh(slice.Tag, excess));
        Element = session.Structure.Root.Child("Sect").Hold();
        place = new Place(0, ColumnWidth, Element, session.Styles.Body, section.Tag);
        blocks = section.Blocks.GetEnumerator();
    }

    public Pdf.StructureElement Element { get; }

    public List<Page> Pages { get; } = [];

    public Section Section => section;

    public PageTemplate Template => template;

    /// <summary>Numbering in force, the section's own or the one continued.</summary>
    public required PageNumbering Numbering { get; init; }

    /// <summary>Numbers of the nodes of the page tree, with the pages below each.</summary>
    public List<(int Number, List<int> Kids)> Nodes { get; } = [];

    private double ColumnWidth { get; }

    /// <summary>Lays the section out; false when it waits for the headings of later sections.</summary>
    /// <param name="complete">All other sections have been laid out.</param>
    public bool Advance(bool complete)
    {
        session.NotePlace = place;
        while (waiting || blocks.MoveNext())
        {
            waiting = blocks.Current is TableOfContents && !complete;
            if (waiting) return false;
            session.Blocks.Compose(blocks.Current, place, flow);
        }

        blocks.Dispose();
        flow.Finish();
        if (Pages.Count == 0) Emit([]);
        session.HeadingsInForce = headings;
        Element.Release();
        return true;
    }

    /// <summary>Puts a page into the page tree.</summary>
    public int ParentOf(Page page, bool inFront = false)
    {
        const int kids = 50;
        if (inFront) Nodes.Insert(0, (session.File.Allocate(), []));
        else if (Nodes.Count == 0 || Nodes[^1].Kids.Count >= kids) Nodes.Add((session.File.Allocate(), []));
        var node = inFront ? Nodes[0] : Nodes[^1];
        node.Kids.Add(page.Number);
        return node.Number;
    }

    private void Emit(IReadOnlyList<IReadOnlyList<Slice>> columns)
    {
        var page = finisher.NewPage(this, template, first);
        first = false;
        headings.CopyTo(page.Headings, 0);
        headings.CopyTo(page.Last, 0);
        var margins = template.Margins;
        var height = template.Size.Height - margins.Top - margins.Bottom;
        for (var i = 0; i < columns.Count; i++)
        {
            // Columns of a right-to-left document run from the right.
            var column = session.IsRightToLeft ? Math.Max(1, section.Columns) - 1 - i : i;
            var notes = Footing.Of(columns[i]);
            var left = height - Stack.Height(columns[i]) - Footing.Height(notes);
            var x = margins.Inner + column * (ColumnWidth + section.ColumnGap);
            Stack.Draw(columns[i], page, x, margins.Top, left);
            Footing.Draw(notes, page, x, ColumnWidth, margins.Top + height, session.IsRightToLeft);
        }

        headings = page.Last;
        finisher.Drawn(page);
    }
}
