using AbstractReview.App.Letters;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Letters;

/// <summary>The conference's own addresses lead somewhere; what others typed leads nowhere.</summary>
public sealed class LetterLinkTests
{
    private static readonly Dictionary<string, string> Links = new() { ["https://conf.example"] = "https://conf.example", ["https://conf.example/invitation?token=1"] = "https://conf.example/invitation?token=1", ["a@conf.example"] = "mailto:a@conf.example" };

    [TestCase("See https://conf.example.", "See <a href=\"https://conf.example\">https://conf.example</a>.")]
    [TestCase("(https://conf.example), or a@conf.example", "(<a href=\"https://conf.example\">https://conf.example</a>), or <a href=\"mailto:a@conf.example\">a@conf.example</a>")]
    [TestCase("https://conf.example/invitation?token=1", "<a href=\"https://conf.example/invitation?token=1\">https://conf.example/invitation?token=1</a>")]
    [TestCase("\u2068https://conf.example\u2069", "<bdi><a href=\"https://conf.example\">https://conf.example</a></bdi>")]
    [TestCase("https://conf.example.evil.example", "https://conf.example.evil.example")]
    [TestCase("https://conf.example/invitation?token=12", "https://conf.example/invitation?token=12")]
    [TestCase("bad-a@conf.example and https://evil.example <b>", "bad-a@conf.example and https://evil.example &lt;b&gt;")]
    public void Only_the_whole_address_is_a_link(string line, string html)
        => Assert.That(LetterText.Of("Subject", line, Links).AsHtml("en"), Does.Contain($"<p>{html}</p>"));

    [Test]
    public async Task The_invitation_can_be_clicked_in_mail_and_PDF()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new InviteReviewers([Invitee.Parse("ada@example.org, Ada, Example")], chair));
        await conf.Send(new TypesetLetters());
        var link = (await conf.One<string>("select BodyText from Outbox where Kind = 'Invitation'"))!.Split('\n').Single(l => l.Contains("/invitation?token=", StringComparison.Ordinal)).Trim();

        Assert.That(await conf.One<string>("select BodyHtml from Outbox where Kind = 'Invitation'"), Does.Contain($"<a href=\"{link}\">"));
        var pdf = await conf.Send(new ReadLetterPdf(await conf.One<int>("select Id from Letter"), chair));
        using var document = PdfDocument.Open(pdf.Bytes);
        Assert.That(document.GetPages().SelectMany(p => p.GetHyperlinks()).Select(h => h.Uri), Does.Contain(link));
    }

    [Test]
    public async Task A_list_of_an_Arabic_letter_is_tagged_as_a_list()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new SetLetterLook(new LetterLookSetting { Languages = ["ar"] }, null, Actor.Timetable));
        var number = await conf.Accept(AcceptedSamples.Sample[0]);
        var preview = await conf.Send(new PreviewLetter(LetterKind.Oral, number, chair));
        var path = Path.Combine(conf.Folder.Root, "letter.pdf");
        await File.WriteAllBytesAsync(path, preview.Pdf);
        using var pdfinfo = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("pdfinfo", ["-struct", path]) { RedirectStandardOutput = true })!;
        var tree = await pdfinfo.StandardOutput.ReadToEndAsync();
        Assert.That(tree.Split('\n').Count(l => l.Trim().StartsWith("LI ", StringComparison.Ordinal)), Is.EqualTo(3), tree);
    }
}
