using System.IO.Compression;
using System.Text;
using AbstractReview.App.Audit;
using AbstractReview.App.Submissions;
using AbstractReview.App.Submissions.Bulk;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Submissions;

public class BulkTests
{
    /// <summary>Texts that spreadsheets, markup or readers of CSV might take for something else.</summary>
    private static readonly string[] Wild =
    [
        "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-2+3", "@SUM(A1)", "'=quoted already", "''=twice", "$=A1", "a, \"b\"; c", "<script>alert(1)</script>", "عنوان ‏ with 😀 and \u202Eoverride",
    ];

    [TestCase(BulkFormat.Csv)]
    [TestCase(BulkFormat.Indico)]
    [TestCase(BulkFormat.HotCrp)]
    public async Task What_is_taken_out_can_be_put_in_elsewhere_and_is_the_same(BulkFormat format)
    {
        await using var from = await TestConference.Open();
        await using var to = await TestConference.Open();
        var (author, secretary) = (await from.Person(), await from.Person(Role.Secretariat));
        foreach (var text in Wild) await from.Submitted(author, Wildly(text));
        await from.Drafted(author, Writing.Content("A draft"));
        await from.Send(new WithdrawSubmission(2, "No.", author));
        var file = (await from.Send(new ExportSubmissions(format, secretary))).Bytes;

        var report = await to.Send(new ImportSubmissions(Encoding.UTF8.GetString(file), false, await to.Person(Role.Secretariat)));

        Assert.That(report.Errors, Is.Empty);
        foreach (var sql in new[]
        {
            "select concat(Number, '|', State, '|', Title, '|', Abstract, '|', AreaCode, '|', Topics, '|', Keywords, '|', Presentation) from Submission order by Number",
            "select concat(SubmissionNumber, '|', Position, '|', GivenName, '|', FamilyName, '|', Email, '|', Affiliation, '|', Country, '|', Orcid, '|', Presenting, '|', Corresponding) from Author order by SubmissionNumber, Position",
            "select concat(s.Number, '|', p.Email) from Submission s join Person p on p.Id = s.OwnerId order by s.Number",
            "select ContentHash from Submission where State <> 'Draft' order by Number",
        })
            Assert.That(await to.All<string>(sql), Is.EqualTo(await from.All<string>(sql)));
        Assert.That(await to.Send(new CheckInvariants()), Is.Empty);
    }

    [Test]
    public async Task No_cell_of_a_spreadsheet_begins_as_a_formula()
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        foreach (var text in Wild) await conf.Submitted(author, Wildly(text));

        var csv = Encoding.UTF8.GetString((await conf.Send(new ExportSubmissions(BulkFormat.Csv, secretary))).Bytes).TrimStart('\uFEFF');
        using var reader = new Matching.Files.CsvReader(new StringReader(csv), "out");
        var cells = new List<string>();
        while (reader.Read()) for (var i = 0; i < reader.Count; i++) cells.Add(reader[i].ToString());
        using var xlsx = new ZipArchive(new MemoryStream((await conf.Send(new ExportSubmissions(BulkFormat.Xlsx, secretary))).Bytes));
        using var sheet = new StreamReader(xlsx.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync();

        Assert.That(cells, Does.Contain("'=HYPERLINK(\"http://evil.example\",\"x\")"));
        Assert.That(cells.Where(c => c.Length > 0 && "=+-@\t\r$".Contains(c[0], StringComparison.Ordinal)), Is.Empty);
        Assert.That(xml, Does.Contain("HYPERLINK").And.Not.Contain("<x:f>").And.Not.Contain("<f>"));
    }

    [Test]
    public async Task Every_bad_row_is_named_and_nothing_is_taken()
    {
        await using var conf = await TestConference.Open();
        var secretary = await conf.Person(Role.Secretariat);
        var csv = $"""
            title,abstract,area,topics,author1GivenName,author1FamilyName,author1Email,author1Affiliation,author1Country
            Good,{Writing.Words(200)},TA1,"{Writing.Topic1}",Ada,One,ada@one.example,One,FR
            ,{Writing.Words(200)},TA1,,Ben,Two,ben@two.example,Two,FR
            No area,{Writing.Words(200)},TA77,,Cy,Three,cy@three.example,Three,FR
            No mail,{Writing.Words(200)},TA1,,Di,Four,,Four,FR
            Bad country,{Writing.Words(200)},TA1,,Ed,Five,ed@five.example,Five,Atlantis
            Good,{Writing.Words(200)},TA1,"{Writing.Topic1}",Ada,One,ada@one.example,One,FR
            """;

        var report = await conf.Send(new ImportSubmissions(csv, false, secretary));

        Assert.That(report.Errors.Select(e => e.Split(':')[0]), Is.EqualTo(new[] { "Line 3", "Line 4", "Line 5", "Line 6", "Line 7" }));
        Assert.That((report.Done, await conf.One<int>("select count(*) from Submission"), await conf.One<int>("select count(*) from Person where Email = 'ada@one.example'")), Is.EqualTo((false, 0, 0)));
    }

    [Test]
    public async Task A_dry_run_tells_and_stores_nothing_and_a_second_import_of_a_file_is_refused()
    {
        await using var conf = await TestConference.Open();
        var secretary = await conf.Person(Role.Secretariat);
        const string indico = """
            {"version":1,"abstracts":[{"id":7,"friendly_id":3,"title":"From Indico","content":"Short text.","submitted_dt":"2019-01-20T10:00:00+00:00","state":"accepted",
             "submitter":{"email":"eva@cern.example"},"submitted_for_tracks":[{"id":1,"title":"TA1: anything"}],
             "persons":[{"email":"co@cern.example","first_name":"Co","last_name":"Author","affiliation":"CERN","author_type":"secondary","is_speaker":true},
                        {"email":"eva@cern.example","first_name":"Eva","last_name":"Lead","affiliation":"CERN","author_type":"primary","is_speaker":false}],
             "custom_fields":[]}],"questions":[]}
            """;

        var dry = await conf.Send(new ImportSubmissions(indico, true, secretary));
        var none = await conf.One<int>("select count(*) from Submission");
        var done = await conf.Send(new ImportSubmissions(indico, false, secretary));
        var again = await conf.Send(new ImportSubmissions(indico, false, secretary));

        Assert.That((dry.Done, dry.Rows.Single().AreaCode, dry.Rows.Single().Owner, none), Is.EqualTo((false, "TA1", "eva@cern.example", 0)));
        Assert.That(dry.Rows.Single().Warnings, Has.Some.Contains("accepted there").And.Some.Contains("2 words").And.Some.Contains("country"));
        Assert.That((done.Done, again.Done, again.Errors.Single()), Is.EqualTo((true, false, "Abstract 1: The same text is here already as submission 1.")));
        Assert.That(await conf.All<string>("select concat(FamilyName, Presenting, Corresponding) from Author order by Position"), Is.EqualTo(new[] { "Lead01", "Author10" }));
        Assert.That((await conf.Send(new TypesetReceipts()), await conf.One<int>("select count(*) from Outbox")), Is.EqualTo((1, 0)));
        Assert.That(await conf.All<string>("select Action from AuditEntry where Action like '%imported' and ObjectKind like 'submission%' order by Id"), Is.EqualTo(new[] { "submission.imported", "submissions.imported" }));
    }

    [Test]
    public async Task HotCRPs_topics_tell_the_area_and_its_contact_the_account()
    {
        await using var conf = await TestConference.Open();
        var paper = $$"""
            {"object":"paper","pid":12,"status":"submitted","title":"From HotCRP","abstract":"{{Writing.Words(180)}}","authors":[{"given_name":"Al","family_name":"Pha","email":"al@pha.example","affiliation":"A"},{"first":"Be","last":"Ta","email":"be@ta.example","affiliation":"B"}],
             "contacts":[{"email":"be@ta.example"}],"topics":{"{{Writing.Topic1}}":true},"submitted_at":1548000000}
            """;

        var report = await conf.Send(new ImportSubmissions(paper, false, await conf.Person(Role.Secretariat)));

        Assert.That((report.Rows.Single().AreaCode, report.Rows.Single().Owner), Is.EqualTo(("TA1", "be@ta.example")));
        Assert.That(await conf.One<DateTimeOffset>("select SubmittedAt from Submission"), Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1548000000)));
    }

    [TestCase("not a file")]
    [TestCase("{\"abstracts\":")]
    [TestCase("[1,2]")]
    [TestCase("title,abstract\n\"open quote,x")]
    public async Task What_is_no_file_of_submissions_is_refused_in_words(string text)
    {
        await using var conf = await TestConference.Open();

        var report = await conf.Send(new ImportSubmissions(text, false, await conf.Person(Role.Secretariat)));

        Assert.That((report.Done, report.Errors.Count), Is.EqualTo((false, 1)));
    }

    [TestCase(BulkFormat.Csv)]
    [TestCase(BulkFormat.Indico)]
    [TestCase(BulkFormat.HotCrp)]
    public async Task A_damaged_file_is_taken_or_refused_and_never_breaks_anything(BulkFormat format)
    {
        await using var conf = await TestConference.Open();
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        await conf.Submitted(author, Wildly("plain, \"quoted\"; and\nbroken"));
        await conf.Submitted(author, Wildly("=second"));
        var whole = Encoding.UTF8.GetString((await conf.Send(new ExportSubmissions(format, secretary))).Bytes);
        string[] scraps = ["", "\"", ",", "\n", "{", "}", "[", "]", "null", "true", "7", "-1e999", "\\ud800", "\0", ";", "\uFEFF", "'", ":"];
        var random = new Random(20190503);

        for (var i = 0; i < 400; i++)
        {
            var text = new StringBuilder(whole);
            for (var cuts = random.Next(1, 4); cuts > 0; cuts--)
            {
                var at = random.Next(text.Length);
                text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at)).Insert(at, scraps[random.Next(scraps.Length)]);
            }

            var report = await conf.Send(new ImportSubmissions(text.ToString(), DryRun: true, secretary));
            Assert.That(report.Errors.Count + report.Rows.Count, Is.GreaterThan(0), text.ToString());
        }

        Assert.That(await conf.One<int>("select count(*) from Submission"), Is.EqualTo(2));
    }

    [Test]
    public async Task Only_the_secretariat_moves_submissions()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);

        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ExportSubmissions(BulkFormat.Csv, chair)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ImportSubmissions("x", true, chair)));
    }

    private static SubmissionContent Wildly(string text)
    {
        var content = Writing.Content(text);
        return content with
        {
            Abstract = text + " " + content.Abstract, Keywords = [text, "plain"],
            Authors = [content.Authors[0] with { FamilyName = text, Affiliation = text, Orcid = "0000-0002-1825-0097" }, content.Authors[1]],
        };
    }
}
