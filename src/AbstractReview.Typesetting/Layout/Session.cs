using System.IO.Compression;
using AbstractReview.Typesetting.Fonts;
using AbstractReview.Typesetting.Pdf;

namespace AbstractReview.Typesetting.Layout;

/// <summary>A named place in the document.</summary>
internal sealed record Target(Page Page, double Top);

/// <summary>One rendering of one document: what is known while it goes on.</summary>
internal sealed class Session : IDisposable
{
    private readonly Dictionary<string, Target> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> referred = new(StringComparer.Ordinal);
    private readonly List<(Page Page, int Level)> headings = [];
    private int madeUp, notes;

    /// <param name="document">What to set.</param>
    /// <param name="fonts">Shared.</param>
    /// <param name="output">Where the PDF goes.</param>
    /// <param name="pictures">Pages are drawn as pictures as well.</param>
    public Session(Document document, FontLibrary fonts, Stream output, bool pictures = false)
    {
        (Document, Fonts, Arrived) = (document, fonts, Arrive);
        IsRightToLeft = Scripts.IsRightToLeft(document.Language);
        File = new PdfFile(output, document.IsShortLived ? CompressionLevel.Fastest : CompressionLevel.Optimal);
        Resources = new PdfResources(File, pictures ? new Svg.GlyphOutlines() : null);
        Pictures = pictures ? [] : null;
        Structure = new Structure(File, document.Language);
        Outline = new Outline(File);
        Paragraphs = new ParagraphComposer(this);
        Blocks = new BlockComposer(this);
    }

    public Document Document { get; }

    public FontLibrary Fonts { get; }

    public PdfFile File { get; }

    public PdfResources Resources { get; }

    /// <summary>The pages as SVG in the order they were finished; null when nobody wants them.</summary>
    public List<(Page Page, string Svg)>? Pictures { get; }

    public Structure Structure { get; }

    public Outline Outline { get; }

    public ReportBuilder Report { get; } = new();

    public ParagraphComposer Paragraphs { get; }

    public BlockComposer Blocks { get; }

    /// <summary>By level: the heading in force at the end of the section finished last; the next one goes on with it.</summary>
    public string[] HeadingsInForce { get; set; } = new string[7];

    /// <summary>Where notes are set: the column of the section being laid out.</summary>
    public Place? NotePlace { get; set; }

    public List<ContentsEntry> Contents { get; } = [];

    public StyleSheet Styles => Document.Styles;

    public string Language => Document.Language;

    public bool IsRightToLeft { get; }

    public double PageHeight => Document.Page.Size.Height;

    public IReadOnlyDictionary<string, Target> Targets => targets;

    /// <summary>Label of the page a destination is on; null when either is not known yet.</summary>
    public string? LabelOf(string destination) => targets.GetValueOrDefault(destination)?.Page.Label;

    /// <summary>Sorts destinations by the order in which they were placed.</summary>
    public int OrderOf(string destination) => targets.TryGetValue(destination, out var target) ? target.Page.Number : int.MaxValue;

    public NoteMark NewNote(IReadOnlyList<Inline> content) => new(++notes, $"note-{notes}", [.. content.Where(part => part is not Footnote)]);

    public string NewDestination() => $"heading-{++madeUp}";

    public bool Accepts(Link link)
    {
        if (link.Destination is { } destination)
        {
            Refer(destination);
            return true;
        }

        return Uri.TryCreate(link.Uri, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";
    }

    public void Refer(string destination) => referred.TryAdd(destination, Report.Tag);

    /// <summary><see cref="Arrive"/>, made once for all pages.</summary>
    public Action<Page, string, double> Arrived { get; }

    public void Arrive(Page page, string destination, double top) => targets.TryAdd(destination, new Target(page, top));

    /// <summary>A heading has come to stand on a page.</summary>
    public void Begin(Page page, int level, string title, Heading heading, string destination, double top)
    {
        if (!page.Begun[level]) page.Headings[level] = title;
        page.Begun[level] = true;
        for (var below = level + 1; below <= 6; below++)
            if (!page.Begun[below]) page.Headings[below] = "";
        page.Last[level] = title;
        for (var below = level + 1; below <= 6; below++) page.Last[below] = "";
        headings.Add((page, level));
        if (heading.InOutline) Outline.Add(level, title, page.Number, page.FromBottom(top));
        if (heading.InContents) Contents.Add(new ContentsEntry(level, title, heading.ContentsNote, destination));
    }

    /// <summary>
    /// Whether the document may say that it conforms to PDF/UA (ISO 14289-1): its headings begin at the first level and skip none, and every
    /// character is drawn. Tags, names of pictures, order and embedded fonts are the writer's own doing. To be asked when pages are numbered.
    /// </summary>
    public bool IsAccessible()
    {
        var before = 0;
        foreach (var (_, level) in headings.OrderBy(heading => heading.Page.Ordinal))
        {
            if (level > before + 1) return false;
            before = level;
        }

        return Report.MissingGlyphs.Count == 0;
    }

    /// <summary>References to names that never came.</summary>
    public IEnumerable<DanglingReference> Dangling()
        => from pair in referred where !targets.ContainsKey(pair.Key) select new DanglingReference(pair.Key, pair.Value);

    public void Dispose() => File.Dispose();
}
