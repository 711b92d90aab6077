using System.Net;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Submissions;

public class FilesAndFormsTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, 1, 2, 3];

    [Test]
    public async Task A_new_draft_takes_two_files_with_its_text_and_without_JavaScript()
    {
        await using var site = await Site.Open();
        var author = await site.Person([]);
        var visit = await Visit.By(site, author);

        var saved = await visit.SendFiles("/submissions/new", SubmissionPagesTests.Fields(), [("Files.First", "figure.exe", Pdf), ("Files.Second", "../two.pdf", Pdf)]);
        var file = await visit.Get("/api/v1/submissions/1/attachment?position=2");

        Assert.That(saved.Location, Is.EqualTo("/submissions/1/check"));
        Assert.That((await site.Send(new ReadSubmission(1, author))).Attachments.Select(a => (a.Position, a.FileName)), Is.EqualTo(new[] { (1, "figure.pdf"), (2, "two.pdf") }));
        Assert.That((file.Content.Headers.ContentDisposition!.DispositionType, file.Headers.GetValues("X-Content-Type-Options").Single()), Is.EqualTo(("attachment", "nosniff")));
        Assert.That(await visit.Read("/submissions/1/check"), Does.Contain("figure.pdf"));
    }

    [Test]
    public async Task Another_author_added_without_JavaScript_does_not_cost_the_chosen_file()
    {
        await using var site = await Site.Open();
        var author = await site.Person([]);
        var visit = await Visit.By(site, author);

        var added = await visit.SendFiles("/submissions/new", [.. SubmissionPagesTests.Fields("With a figure"), ("row", "add")], [("Files.First", "one.pdf", Pdf)]);
        await visit.Send("/submissions/1/edit", [.. SubmissionPagesTests.Fields("With a figure"), ("version", "1")]);
        var kept = await site.Send(new ReadSubmission(1, author));

        Assert.That(added.Page, Does.Contain("action=\"/submissions/1/edit\"").And.Contain("Form.Authors[1].GivenName").And.Contain("one.pdf").And.Contain("__RequestVerificationToken"));
        Assert.That((kept.Title, kept.Attachments.Single().FileName), Is.EqualTo(("With a figure", "one.pdf")));
        Assert.That(await site.One<int>("select count(*) from Submission"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_is_not_taken_costs_neither_the_draft_nor_what_was_typed()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));

        var saved = await visit.SendFiles("/submissions/new", SubmissionPagesTests.Fields("Kept all the same"), [("Files.First", "picture.png", "<script>"u8.ToArray())]);
        var page = await visit.Read(saved.Location!);
        var again = await visit.SendFiles("/submissions/1/edit", [.. SubmissionPagesTests.Fields("Typed anew"), ("version", "1")], [("Files.Second", "picture.png", "<script>"u8.ToArray())]);

        Assert.That((saved.Location, again.Status), Is.EqualTo(("/submissions/1/edit", HttpStatusCode.UnprocessableEntity)));
        Assert.That(page, Does.Contain("Kept all the same").And.Contain("<title>Error: ").And.Contain("href=\"#Files_First\""));
        Assert.That(again.Page, Does.Contain("Typed anew").And.Contain("href=\"#Files_Second\""));
        Assert.That(await site.One<int>("select count(*) from Submission"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_text_does_not_cost_the_file_and_a_file_is_replaced_and_removed()
    {
        await using var site = await Site.Open();
        var author = await site.Person([]);
        var visit = await Visit.By(site, author);
        await visit.Send("/submissions/new", SubmissionPagesTests.Fields());
        var wrong = SubmissionPagesTests.Fields();
        wrong[8] = ("Form.Authors[0].Email", "no address");

        var refused = await visit.SendFiles("/submissions/1/edit", [.. wrong, ("version", "1")], [("Files.First", "one.pdf", Pdf)]);
        var kept = (await site.Send(new ReadSubmission(1, author))).Attachments.Select(a => a.FileName).ToList();
        await visit.SendFiles("/submissions/1/edit", [.. SubmissionPagesTests.Fields(), ("version", "1"), ("Files.RemoveFirst", "true"), ("Files.RemoveFirst", "false")], []);

        Assert.That((refused.Status, kept), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "one.pdf" })));
        Assert.That((await site.Send(new ReadSubmission(1, author))).Attachments, Is.Empty);
    }

    [Test]
    public async Task An_author_sends_a_form_and_says_that_another_comes_by_another_way()
    {
        await using var site = await Site.Open();
        var author = await site.Person([]);
        var visit = await Visit.By(site, author);
        await visit.Send("/submissions/new", SubmissionPagesTests.Fields());
        await visit.Send("/submissions/1/check", []);

        var none = await visit.SendFiles("/submissions/1/forms", [("Kind", "A")], []);
        var sent = await visit.SendFiles("/submissions/1/forms", [("Kind", "A")], [("Document", "signed.pdf", Pdf)]);
        var announced = await visit.SendFiles("/submissions/1/forms?handler=Announce", [("Kind", "B")], [], "/submissions/1/forms");

        Assert.That((none.Status, sent.Location, announced.Location), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/submissions/1/forms", "/submissions/1/forms")));
        Assert.That(none.Page, Does.Contain("href=\"#DocumentA\""));
        Assert.That((await site.Send(new ReadSubmission(1, author))).Forms.Select(f => (f.State, f.AnnouncedAt is not null)), Is.EqualTo(new[] { ("Received", false), ("Missing", true) }));
        Assert.That((await visit.Get("/submissions/1/forms/A")).Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
    }

    [Test]
    public async Task The_receipt_is_verified_on_the_secretariats_page_by_its_file()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));
        await visit.Send("/submissions/new", SubmissionPagesTests.Fields());
        await visit.Send("/submissions/1/check", []);
        var pdf = await (await visit.Get("/api/v1/submissions/1/receipt.pdf")).Content.ReadAsByteArrayAsync();
        var secretary = await Visit.By(site, await site.Person([Role.Secretariat]));

        var genuine = await secretary.SendFiles("/secretariat/receipts", [("Code", "")], [("Document", "receipt.pdf", pdf)]);
        var changed = await secretary.SendFiles("/secretariat/receipts", [("Code", "")], [("Document", "receipt.pdf", [.. pdf, 10])]);
        var empty = await secretary.SendFiles("/secretariat/receipts", [("Code", "")], []);

        Assert.That(genuine.Page, Does.Contain(">Genuine<").And.Contain("On regulating well"));
        Assert.That(changed.Page, Does.Contain(">Not genuine<"));
        Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(empty.Page, Does.Contain("href=\"#Code\""));
    }

    [Test]
    public async Task A_file_of_submissions_is_shown_first_and_taken_when_that_is_confirmed()
    {
        await using var site = await Site.Open();
        var secretary = await Visit.By(site, await site.Person([Role.Secretariat]));
        var csv = System.Text.Encoding.UTF8.GetBytes("title,abstract,area,author1FamilyName,author1Email\nBy file <b>,Text.,TA1,One,one@one.example\n");

        var shown = await secretary.SendFiles("/secretariat/submissions", [], [("Document", "x.csv", csv)]);
        var before = await site.One<int>("select count(*) from Submission");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(csv));
        var taken = await secretary.Send("/secretariat/submissions?handler=Take", [("sha256", hash)], "/secretariat/submissions");
        var again = await secretary.SendFiles("/secretariat/submissions", [], [("Document", "x.csv", csv)]);

        Assert.That(shown.Page, Does.Contain("By file &lt;b&gt;").And.Contain(hash).And.Contain("Take these 1 submissions"));
        Assert.That((before, taken.Location, await site.One<int>("select count(*) from Submission")), Is.EqualTo((0, "/secretariat/submissions", 1)));
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(again.Page, Does.Contain("Line 2: The same text is here already as submission 1."));
    }

    [Test]
    public async Task The_secretariats_pages_are_closed_to_others_and_open_for_it()
    {
        await using var site = await Site.Open();
        var (author, secretary) = (await Visit.By(site, await site.Person([])), await Visit.By(site, await site.Person([Role.Secretariat])));
        foreach (var path in new[] { "/secretariat/submissions", "/secretariat/objections", "/secretariat/duplicates", "/secretariat/extensions", "/secretariat/receipts" })
        {
            Assert.That((await secretary.Get(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
            Assert.That((await author.Get(path)).Headers.Location?.ToString() ?? "", Does.Contain("/status/403"), path);
        }
    }

    [Test]
    public async Task An_extension_is_given_in_the_conferences_zone_and_ended()
    {
        await using var site = await Site.Open();
        var secretary = await Visit.By(site, await site.Person([Role.Secretariat]));

        var refused = await secretary.Send("/secretariat/extensions", [("Form.AreaCode", "TA1"), ("Form.Until", ""), ("Form.Reason", "Kept")]);
        var given = await secretary.Send("/secretariat/extensions", [("Form.AreaCode", "TA1"), ("Form.Until", "2019-05-10T18:00"), ("Form.Reason", "Floods")]);
        var ended = await secretary.Send("/secretariat/extensions?handler=End", [("id", "1"), ("why", "Dry again")], "/secretariat/extensions");

        Assert.That((refused.Status, given.Location, ended.Location), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "/secretariat/extensions", "/secretariat/extensions")));
        Assert.That(refused.Page, Does.Contain("href=\"#Form_Until\"").And.Contain("Kept"));
        Assert.That(await site.One<DateTimeOffset>("select Until from Extension"), Is.EqualTo(new DateTimeOffset(2019, 2, 15, 12, 0, 0, TimeSpan.Zero)));
    }
}
