using System.Text;
using AbstractReview.App.Mailing;
using AbstractReview.App.Submissions;
using AbstractReview.App.Submissions.Bulk;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MimeKit;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Submissions;

/// <summary>Ten texts that mean harm, in every field of a submission: stored as they are or refused by field, and inert in mails, PDFs and spreadsheets.</summary>
public class AttackTests
{
    [TestCaseSource(typeof(AttackTexts), nameof(AttackTexts.All))]
    public async Task A_text_in_every_field_is_stored_and_comes_out_inert(string text)
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        var line = text.Replace("\r\n", " ", StringComparison.Ordinal);

        var number = await conf.Submitted(author, Everywhere(text));
        await conf.Send(new TypesetReceipts());
        await conf.Send(new SendWaitingMail());

        var stored = await conf.Send(new ReadSubmission(number, author));
        Assert.That((stored.Title, stored.Keywords[0], stored.Authors[0].GivenName, stored.Authors[0].FamilyName, stored.Authors[0].Affiliation), Is.EqualTo((line, line, line, line, line)));
        Assert.That(stored.Abstract, Is.EqualTo(text.Replace("\r\n", "\n", StringComparison.Ordinal) + " " + Writing.Words(200)));
        foreach (var file in Directory.GetFiles(conf.Folder.Mail)) Inert(MimeMessage.Load(file));
        using var pdf = PdfDocument.Open((await conf.Send(new ReadReceipt(number, null, author))).Bytes);
        Assert.That((pdf.NumberOfPages, pdf.GetPage(1).GetAnnotations().Count()), Is.EqualTo((1, 0)));
        Assert.That(await Cells(conf, secretary), Has.Some.EqualTo(line).Or.Some.EqualTo("'" + line));
        Assert.That((await Cells(conf, secretary)).Where(c => c.Length > 0 && "=+-@\t\r".Contains(c[0], StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("title")]
    [TestCase("abstract")]
    [TestCase("keywords[0]")]
    [TestCase("authors[0].givenName")]
    [TestCase("authors[0].familyName")]
    [TestCase("authors[0].affiliation")]
    public async Task NUL_and_half_characters_are_refused_by_their_field(string field)
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        foreach (var text in new[] { "before\0after", "half \uD83D only", "bell \u0007" })
        {
            var content = Everywhere("plain");
            content = field switch
            {
                "title" => content with { Title = text },
                "abstract" => content with { Abstract = text },
                "keywords[0]" => content with { Keywords = [text] },
                _ => content with { Authors = [With(content.Authors[0], field.Split('.')[1], text), content.Authors[1]] },
            };

            var refused = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SaveDraft(null, content, null, author)));

            Assert.That(refused!.Errors.Select(e => e.Field), Does.Contain(field));
        }

        Assert.That(await conf.One<int>("select count(*) from Submission"), Is.Zero);
    }

    [TestCaseSource(typeof(AttackTexts), nameof(AttackTexts.All))]
    public async Task What_is_no_address_country_topic_or_area_is_refused(string text)
    {
        await using var conf = await TestConference.Open();
        var (author, plain) = (await conf.Person(), Everywhere("plain"));
        SubmissionContent[] wrong =
        [
            plain with { AreaCode = text }, plain with { Topics = [text] }, plain with { Presentation = text },
            plain with { Authors = [plain.Authors[0] with { Email = text }] }, plain with { Authors = [plain.Authors[0] with { Country = text }] }, plain with { Authors = [plain.Authors[0] with { Orcid = text }] },
        ];
        foreach (var content in wrong) Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SaveDraft(null, content, null, author)));
        Assert.That(await conf.One<int>("select count(*) from Submission"), Is.Zero);
    }

    private static void Inert(MimeMessage mail)
    {
        Assert.That(mail.Headers.Select(h => h.Id), Is.SupersetOf(new[] { HeaderId.Subject, HeaderId.To }).And.None.EqualTo(HeaderId.Bcc));
        Assert.That((mail.To.Count, mail.To.Mailboxes.Count(), mail.Cc.Count, mail.Bcc.Count), Is.EqualTo((1, 1, 0, 0)));
        Assert.That(mail.Subject, Does.Not.Contain("\n"));
        Assert.That(mail.HtmlBody, Is.Null);
    }

    private static async Task<List<string>> Cells(TestConference conf, Actor secretary)
    {
        var csv = Encoding.UTF8.GetString((await conf.Send(new ExportSubmissions(BulkFormat.Csv, secretary))).Bytes).TrimStart('\uFEFF');
        using var reader = new Matching.Files.CsvReader(new StringReader(csv), "out");
        var cells = new List<string>();
        while (reader.Read()) for (var i = 0; i < reader.Count; i++) cells.Add(reader[i].ToString());
        return cells;
    }

    private static Author With(Author author, string field, string text) => field switch
    {
        "givenName" => author with { GivenName = text },
        "familyName" => author with { FamilyName = text },
        _ => author with { Affiliation = text },
    };

    private static SubmissionContent Everywhere(string text)
    {
        var content = Writing.Content(text);
        return content with
        {
            Abstract = text + " " + content.Abstract, Keywords = [text],
            Authors = [content.Authors[0] with { GivenName = text, FamilyName = text, Affiliation = text }, content.Authors[1]],
        };
    }
}
