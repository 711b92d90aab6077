using System.Net;
using System.Text.RegularExpressions;
using AbstractReview.App.Decisions;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.App.Tests.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Matching.Files;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace AbstractReview.Web.Tests.Submissions;

/// <summary>The texts that mean harm, in whatever people write beside the abstract itself: objections, notes, reasons, biographies, names of files.</summary>
public sealed partial class AttackPagesTests
{
    // What a browser or a template would act on, were it to come out as it went in.
    private static readonly string[] Live = ["<script>alert(1)", "<img src=x", "<%= 7*7", "49 {"];

    [Test]
    public async Task Texts_beside_the_abstract_are_kept_as_typed_and_come_out_inert()
    {
        await using var site = await Site.Open();
        var (author, chair, secretary) = (await site.Person([]), await site.Person([Role.Chair]), await site.Person([Role.Secretariat]));
        var (visit, office, stranger) = (await Visit.By(site, author), await Visit.By(site, secretary), new Visit(site.Browser()));
        foreach (var (i, text) in AttackTexts.All.Index())
        {
            var number = i + 1;
            await Submit(visit, number);
            await site.Send(new TypesetReceipts());
            var link = Objection().Match((await site.One<string>($"select BodyText from Outbox where ToEmail = 'other{number}@other.example'"))!).Groups[1].Value;
            var objected = await stranger.Send(link, [("Key", link.Split('=')[1]), ("Words", text)]);
            await site.Send(new SetForm(number, "A", FormState.Refused, text, null, secretary));
            await site.Send(new GiveExtension(number, null, site.Clock.GetUtcNow().AddDays(90), text, secretary));
            await visit.SendFiles($"/submissions/{number}/edit", [.. Fields(number), ("version", "2")], [("Files.First", text.ReplaceLineEndings("").Replace('"', '\'') + ".pdf", "%PDF-1.4\n%%EOF"u8.ToArray())]);
            await site.Send(new Decide(number, DecisionKind.Oral, text, chair));
            Assert.That(objected.Location, Is.EqualTo(link), text);
        }

        await site.Send(new PublishDecisions(chair));
        foreach (var (i, text) in AttackTexts.All.Index())
        {
            await site.Send(new PrepareSubmission { Number = i + 1, Biography = text, By = author });
            if (i % 2 == 0) await site.Send(new DeclineParticipation(i + 1, text, author));
            else await site.Send(new WithdrawSubmission(i + 1, text, author));
        }

        await site.Send(new TypesetReceipts());
        await site.Send(new SendWaitingMail());

        var chairs = await Visit.By(site, chair);
        foreach (var page in new[] { "objections", "forms", "extensions", "audit", "submissions", "mail" }) Inert(await office.Read($"/secretariat/{page}"), page);
        foreach (var file in new[] { "audit.csv", "submissions/export/csv", "standings.csv" }) Assert.That(Cells(await office.Read($"/api/v1/{file}"), file).Where(c => c.Length > 0 && "=+-@\t\r".Contains(c[0], StringComparison.Ordinal)), Is.Empty, file);
        foreach (var page in new[] { "standings", "decisions", "letters", "programme" }) Inert(await chairs.Read($"/committee/{page}"), page);
        for (var number = 1; number <= AttackTexts.All.Length; number++)
        {
            foreach (var page in new[] { "", "/edit", "/history", "/prepare", "/forms", "/withdraw" }) Inert(await visit.Read($"/submissions/{number}{page}"), $"{number}{page}");
            Inert(await chairs.Read($"/committee/submissions/{number}"), $"the committee's {number}");
        }

        foreach (var file in Directory.GetFiles(site.Folder.Mail)) Inert(MimeMessage.Load(file));
        var kept = AttackTexts.All.Select(t => t.ReplaceLineEndings("\n")).Order(StringComparer.Ordinal);
        Assert.That((await All(site, "select Words from Objection")).Order(StringComparer.Ordinal), Is.EqualTo(kept));
        Assert.That((await All(site, "select Biography from Preparation")).Order(StringComparer.Ordinal), Is.EqualTo(kept));
    }
    private static void Inert(string text, string place)
    {
        Assert.That(text, Is.Not.Empty, place);
        foreach (var live in Live) Assert.That(text, Does.Not.Contain(live), place);
    }

    private static void Inert(MimeMessage mail)
    {
        Assert.That((mail.To.Count, mail.Cc.Count, mail.Bcc.Count, mail.Subject!.Contains('\n', StringComparison.Ordinal)), Is.EqualTo((1, 0, 0, false)));
        if (mail.HtmlBody is { } html) Inert(html, mail.Subject!);
    }

    private static List<string> Cells(string csv, string file)
    {
        using var reader = new CsvReader(new StringReader(csv.TrimStart('\uFEFF')), file);
        var cells = new List<string>();
        while (reader.Read()) for (var i = 0; i < reader.Count; i++) cells.Add(reader[i].ToString());
        return cells;
    }

    private static List<(string, string)> Fields(int number)
    {
        var fields = SubmissionPagesTests.Fields($"On regulating well, {number}");
        fields.AddRange([("Form.Authors[1].FamilyName", "Other"), ("Form.Authors[1].Email", $"other{number}@other.example"), ("Form.Authors[1].Affiliation", "Other"), ("Form.Authors[1].Country", "FR")]);
        return fields;
    }

    private static async Task Submit(Visit visit, int number)
    {
        await visit.Send("/submissions/new", Fields(number));
        var submitted = await visit.Send($"/submissions/{number}/check", []);
        Assert.That(submitted.Status, Is.EqualTo(HttpStatusCode.Found));
    }

    private static async Task<IEnumerable<string>> All(Site site, string sql)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().All<string>(sql, null, default);
    }

    [GeneratedRegex("https?://[^/]+(/submissions/\\d+/objection\\?key=[A-Za-z0-9_-]+)")]
    private static partial Regex Objection();
}
