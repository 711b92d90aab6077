using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>A link's area in points from the page's left and top, and the annotation that will cover it.</summary>
internal sealed record LinkArea(int Number, int ParentKey, Link Link, double X, double Top, double Width, double Height, string Description);

/// <summary>A place in the main stream where a page number is put in when it is known.</summary>
internal sealed record Hole(int Position, string Destination, TextFormat Format, double Width)
{
    /// <summary>Where it begins, for a picture of the page: points from the lower left corner.</summary>
    public (double X, double Y) Place { get; init; }
}

/// <summary>One page while it is drawn and until its folio and references are known. Places are points from the left and top.</summary>
internal sealed class Page(PdfFile file, PdfResources resources, Structure structure, PageTemplate template, bool facing)
{
    private List<int> marks = [];
    private StructureElement? marking;
    private bool artifact;

    public int Number { get; } = file.Allocate();

    public int ParentKey { get; } = structure.NewParentKey();

    public PageTemplate Template => template;

    /// <summary>Grounds, under the text; null for none.</summary>
    public ContentStream? Back { get; private set; }

    public ContentStream Main { get; private set; } = new(resources);

    /// <summary>Lines, over the text; null for none.</summary>
    public ContentStream? Front { get; private set; }

    public List<LinkArea> Links { get; private set; } = [];

    public List<Hole> Holes { get; private set; } = [];

    /// <summary>What is drawn, from the lowest layer up, each with how far it is moved; empty when nobody wants a picture.</summary>
    public List<(Svg.SvgLayer Layer, double Shift)> Layers { get; private set; } = [];

    public IReadOnlyList<int> Marks => marks;

    /// <summary>Null until it is known.</summary>
    public string? Label { get; private set; }

    /// <summary>Number in its sequence, from which its side follows; 0 until it is known.</summary>
    public int Folio { get; private set; }

    public PageNumbering? Numbering { get; private set; }

    /// <summary>Number of its node in the page tree.</summary>
    public int Parent { get; set; }

    /// <summary>Place in the file, from 1; 0 until it is known.</summary>
    public int Ordinal { get; set; }

    public bool First { get; init; }

    public bool Blank { get; init; }

    /// <summary>By level: the first heading that begins here, else the one in force before.</summary>
    public string[] Headings { get; private set; } = new string[7];

    /// <summary>By level: the heading in force at the end of the page.</summary>
    public string[] Last { get; private set; } = new string[7];

    /// <summary>By level: whether a heading begins here.</summary>
    public bool[] Begun { get; private set; } = new bool[7];

    public string? Tag { get; set; }

    /// <summary>Called with a name and the page it stands on.</summary>
    public required Action<Page, string, double> Arrive { get; init; }

    public void Shade(double x, double top, double width, double height, Colour colour)
    {
        Back ??= Artifact();
        Back.Rectangle(x, template.Size.Height - top - height, width, height, colour);
    }

    /// <summary>A line of a table, over its shading.</summary>
    public void Line(double x, double top, double width, double height)
    {
        Over(x, top, width, height, Colour.Black);
    }

    /// <summary>A rectangle over the text.</summary>
    public void Over(double x, double top, double width, double height, Colour colour)
    {
        Front ??= Artifact();
        Front.Rectangle(x, template.Size.Height - top - height, width, height, colour);
    }

    /// <summary>A rectangle among the text that no reader is told of.</summary>
    public void DrawRectangle(double x, double top, double width, double height, Colour colour)
    {
        Main.EndText();
        Main.BeginArtifact();
        Main.Rectangle(x, FromBottom(top + height), width, height, colour);
        Main.EndMark();
        (marking, artifact) = (null, false);
    }

    public void DrawPicture(StructureElement? element, Picture picture, double x, double top, double width, double height)
    {
        Main.EndText();
        (marking, artifact) = (null, false);
        if (element is not null && Folio != 0) element.Attributes ??= Bounds(x + Shift, FromBottom(top + height), width, height);
        Mark(element);
        Main.Picture(picture, x, template.Size.Height - top - height, width, height);
        Main.EndMark();
        (marking, artifact) = (null, false);
    }

    public void DrawLine(StructureElement? element, TextLine line, double x, double baseline)
    {
        foreach (var anchor in line.Anchors) Arrive(this, anchor, baseline - 12);
        Main.BeginText();
        new LinePainter(this, element).Paint(line, x + line.X, baseline);
    }

    /// <summary>What is drawn next belongs to the element; to nobody (an artifact) when it is null.</summary>
    public void Mark(StructureElement? element)
    {
        if (element is not null && element == marking) return;
        if (element is null)
        {
            if (!artifact) Main.BeginArtifact();
            (marking, artifact) = (null, true);
            return;
        }

        element.AddContent(Number, marks.Count);
        Main.BeginMark(element.Type, marks.Count);
        marks.Add(element.Number);
        (marking, artifact) = (element, false);
    }

    public void AddLink(StructureElement element, Link link, string text, double x, double top, double width, double height)
    {
        var area = new LinkArea(file.Allocate(), structure.NewParentKey(), link, x, top, width, height, link.Description ?? text);
        element.AddObject(Number, area.Number);
        structure.SetParent(area.ParentKey, element.Number);
        Links.Add(area);
    }

    public double FromBottom(double top) => template.Size.Height - top;

    /// <summary>By how much a left-hand page is moved: it is laid out as a right-hand one.</summary>
    public double Shift => facing && Folio % 2 == 0 ? template.Margins.Outer - template.Margins.Inner : 0;

    private static string Bounds(double x, double y, double width, double height)
    {
        var box = new ByteWriter().Raw("<</O/Layout/Placement/Block/BBox["u8).Number(x).Space().Number(y).Space().Number(x + width).Space().Number(y + height).Raw("]>>"u8);
        return System.Text.Encoding.ASCII.GetString(box.Written);
    }

    public void SetNumber(PageNumbering numbering, int number)
        => (Numbering, Folio, Label) = (numbering, number, Numerals.Label(numbering, number));

    /// <summary>What is drawn from now on goes into a stream of its own, for the margins.</summary>
    public void BeginMargins()
    {
        Main = new ContentStream(resources);
        (marking, artifact) = (null, false);
    }

    /// <summary>The stream is the next layer of the page's picture.</summary>
    public void Show(ContentStream? stream, double shift = 0)
    {
        if (stream?.Layer is { IsEmpty: false } layer) Layers.Add((layer, shift));
    }

    /// <summary>Lets go of all that is written; what is left is the page's place.</summary>
    public void Forget()
    {
        (Back, Front, Main) = (null, null, null!);
        (Links, Holes, Layers, marks) = (null!, null!, null!, null!);
        (Headings, Last, Begun) = ([], [], []);
    }

    /// <summary>A stream of marks that no reader is told of.</summary>
    public ContentStream Artifact()
    {
        var stream = new ContentStream(resources);
        stream.BeginArtifact();
        return stream;
    }
}
