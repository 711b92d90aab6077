using UglyToad.PdfPig;

namespace AbstractReview.Typesetting.Tests.Layout;

/// <summary>Notes at the foot of the column their numbers stand in.</summary>
public sealed class FootnoteTests
{
    private static Paragraph Noted(string text, string note) => new(text, new Footnote(note), " " + Pages.Prose);

    [Test]
    public void A_note_stands_at_the_foot_of_the_page_its_number_is_on()
    {
        var blocks = Enumerable.Range(1, 30).Select(i => (Block)Noted($"Claim[{i}]", $"Remark[{i}] at the foot.")).ToArray();
        var (report, bytes) = Pages.Render(Pages.Of(blocks));
        using var pdf = PdfDocument.Open(bytes);
        Assert.That(report.Pages, Is.GreaterThan(2));
        Assert.That(report.Overflows, Is.Empty);
        var seen = 0;
        foreach (var page in pdf.GetPages())
        {
            var words = page.GetWords().ToList();
            var marks = Enumerable.Range(1, 30).Where(i => Find(words, $"Claim[{i}]") is not null).ToList();
            foreach (var i in marks)
            {
                var (mark, note) = (Find(words, $"Claim[{i}]")!.Value, Find(words, $"Remark[{i}]"));
                Assert.That(note, Is.Not.Null, $"note {i} is on the page of its mark");
                Assert.That(note!.Value, Is.LessThan(mark), $"note {i} is below its mark");
            }

            seen += marks.Count;
            var lowestText = words.Where(w => w.Letters[0].PointSize > 9.5).Min(w => w.BoundingBox.Bottom);
            var highestNote = words.Where(w => w.Text.Contains("Remark[", StringComparison.Ordinal)).Max(w => w.BoundingBox.Top);
            Assert.That(highestNote, Is.LessThan(lowestText), "no text stands among the notes");
            Assert.That(words.Min(w => w.BoundingBox.Bottom), Is.GreaterThan(PageTemplate.A4.Margins.Bottom - 1), "nothing stands in the margin");
        }

        Assert.That(seen, Is.EqualTo(30));
    }

    [Test]
    public void Mark_and_note_are_linked_and_tagged()
    {
        var (report, bytes) = Pages.Render(Pages.Of(Noted("A claim", "Its ground."), new Panel(Noted("Another", "In a panel.")), new ItemList(new ListItem(Noted("A third", "In a list.")))));
        Assert.That(report.DanglingReferences, Is.Empty);
        Assert.That(report.Destinations.Keys, Is.SupersetOf(new[] { "note-1", "note-2", "note-3" }));
        var (code, output) = Pages.Tool("qpdf", bytes, "--check", "FILE");
        Assert.That(code, Is.Zero, output);
        var (_, tree) = Pages.Tool("pdfinfo", bytes, "-struct-text", "FILE");
        Assert.That(tree, Does.Contain("Note").And.Contain("Its ground.").And.Contain("In a panel.").And.Contain("In a list."));
    }

    [Test]
    public void A_note_within_a_note_is_left_out()
    {
        var (report, bytes) = Pages.Render(Pages.Of(new Paragraph("Text", new Footnote("outer", new Footnote("inner")))));
        Assert.That(report.Destinations.Keys, Does.Not.Contain("note-2"));
        Assert.That(string.Concat(Pages.Read(bytes)), Does.Contain("outer").And.Not.Contain("inner"));
    }

    [Test]
    public void In_two_columns_a_note_stands_in_its_column()
    {
        var blocks = Enumerable.Range(1, 16).Select(i => (Block)Noted($"Claim[{i}]", $"Remark[{i}] at the foot.")).ToArray();
        using var pdf = PdfDocument.Open(Pages.Render(Pages.Document([new Section { Columns = 2, Blocks = blocks }])).Bytes);
        foreach (var page in pdf.GetPages())
        {
            var words = page.GetWords().ToList();
            var middle = page.Width / 2;
            foreach (var i in Enumerable.Range(1, 16).Where(i => Find(words, $"Claim[{i}]") is not null))
                Assert.That(Left(words, $"Remark[{i}]") < middle, Is.EqualTo(Left(words, $"Claim[{i}]") < middle), $"note {i}");
        }
    }

    // A raised number is glued to the word, behind a claim and before a remark.
    private static UglyToad.PdfPig.Content.Word? Word(List<UglyToad.PdfPig.Content.Word> words, string text)
        => words.FirstOrDefault(word => word.Text.Contains(text, StringComparison.Ordinal));

    private static double? Find(List<UglyToad.PdfPig.Content.Word> words, string text) => Word(words, text)?.BoundingBox.Bottom;

    private static double Left(List<UglyToad.PdfPig.Content.Word> words, string text) => Word(words, text)!.BoundingBox.Left;
}
