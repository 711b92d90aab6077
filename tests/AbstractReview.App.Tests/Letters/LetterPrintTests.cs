using AbstractReview.App.Letters;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain;
using AbstractReview.Typesetting;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Letters;

/// <summary>What a typographer looks at.</summary>
public sealed class LetterPrintTests
{
    [Test]
    public void In_print_a_day_stays_with_its_month_and_a_short_address_is_whole()
    {
        var links = new Dictionary<string, string> { ["https://conf.example"] = "https://conf.example" };
        var text = LetterText.Of("Subject", "From 1 October 2019 on, or le 1er octobre 2019, at https://conf.example and in 40 letters.", links);
        var content = ((Paragraph)text.AsBlocks(new ParagraphStyle()).Single()).Content;
        Assert.That(content.OfType<Text>().Select(t => t.Value), Is.EqualTo(new[] { "From 1\u00A0October 2019 on, or le 1er\u00A0octobre 2019, at ", " and in 40 letters." }));
        Assert.That(content.OfType<Link>().Single().Content, Is.EqualTo(new[] { new Text("https://conf.example") { Unbroken = true } }));
        Assert.That(text.AsText(), Does.StartWith("From 1 October 2019 on"), "a mail's text is not print");
    }

    [Test]
    public void A_name_that_stands_apart_is_a_paragraph_of_its_own_and_no_other_line_is()
    {
        var (plain, name) = (new ParagraphStyle { Size = 10 }, new ParagraphStyle { Size = 20 });
        var text = LetterText.Of("Certificate", "It certifies that\n\n\u2068王小明\u2069\nInstitute of Examples\n\nspoke with\n王小明.", new Dictionary<string, string>());
        Assert.That(text.AsBlocks(plain, ("王小明", name)).Cast<Paragraph>().Select(p => p.Style!.Size), Is.EqualTo(new[] { 10, 20, 10, 10 }));
    }

    [TestCase("小明", "王", "王小明")]
    [TestCase("Xiaoming", "Wang", "Xiaoming Wang")]
    public async Task A_letter_names_its_reader_as_their_language_does(string given, string family, string name)
    {
        await using var conf = await TestConference.Open();
        var sample = AcceptedSamples.Sample[0];
        await conf.Accept(sample with { Authors = [sample.Authors[0] with { GivenName = given, FamilyName = family, Presenting = true, Corresponding = true }] });
        await conf.Send(new TypesetLetters());
        Assert.That(await conf.One<string>("select BodyText from Outbox"), Does.StartWith($"Dear {name},"));
        var pdf = await conf.Send(new ReadLetterPdf(1, await conf.Person(Role.Chair)));
        using var document = PdfDocument.Open(pdf.Bytes);
        Assert.That(document.GetPage(1).Text, Does.Contain(name).And.Contain("1–4 October 2019"));
    }
}
