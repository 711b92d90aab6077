using System.Net;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Submissions;

public class SubmissionPagesTests
{
    internal static List<(string, string)> Fields(string title = "On regulating well", int words = 200) =>
    [
        ("Form.Title", title),
        ("Form.Abstract", string.Join(' ', Enumerable.Range(1, words).Select(i => $"word{i}"))),
        ("Form.AreaCode", "TA1"),
        ("Form.Topics", "Strong, sustainable and independent regulatory body"),
        ("Form.Keywords", "independence, law"),
        ("Form.Presentation", "oral"),
        ("Form.Authors[0].GivenName", "محمد"),
        ("Form.Authors[0].FamilyName", "العلوي"),
        ("Form.Authors[0].Email", "m.alaoui@regulator.example"),
        ("Form.Authors[0].Affiliation", "Regulator"),
        ("Form.Authors[0].Country", "MA"),
        ("Form.Authors[0].Presenting", "true"),
        ("Form.Authors[0].Corresponding", "true"),
    ];

    [Test]
    public async Task An_author_writes_checks_and_submits_without_JavaScript()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));

        var saved = await visit.Send("/submissions/new", Fields());
        var submitted = await visit.Send(saved.Location!, []);
        var receipt = await visit.Read(submitted.Location!);

        Assert.That((saved.Location, submitted.Location), Is.EqualTo(("/submissions/1/check", "/submissions/1/submitted")));
        Assert.That(receipt, Does.Contain((await site.One<string>("select ContentHash from Submission"))!));
        foreach (var page in new[] { "/submissions", "/submissions/1", "/submissions/1/edit", "/submissions/1/history", "/submissions/1/withdraw" })
            Assert.That(await visit.Read(page), Does.Contain("</html>"), page);
    }

    [Test]
    public async Task A_refusal_names_the_field_and_keeps_what_was_typed()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));
        var fields = Fields("Typed & kept");
        fields[10] = ("Form.Authors[0].Country", "XX");

        var refused = await visit.Send("/submissions/new", fields);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Page, Does.Contain("Typed &amp; kept").And.Contain("href=\"#Form_Authors_0__Country\"").And.Contain("<title>Error: "));
        Assert.That(await site.One<int>("select count(*) from Submission"), Is.EqualTo(0));
    }

    [Test]
    public async Task Row_buttons_add_and_move_authors_and_store_nothing()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));

        var added = await visit.Send("/submissions/new", [.. Fields(), ("row", "add")]);

        Assert.That(added.Page, Does.Contain("Form.Authors[1].GivenName").And.Contain("value=\"محمد\""));
        Assert.That(await site.One<int>("select count(*) from Submission"), Is.EqualTo(0));
    }

    [Test]
    public async Task A_second_tab_sees_the_difference_and_may_then_save()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));
        await visit.Send("/submissions/new", Fields());
        await visit.Send("/submissions/1/edit", [.. Fields("From the first tab"), ("version", "1")]);

        var stale = await visit.Send("/submissions/1/edit", [.. Fields("From the second tab"), ("version", "1")]);
        var meant = await visit.Send("/submissions/1/edit", [.. Fields("From the second tab"), ("version", "2")]);

        Assert.That(stale.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(stale.Page, Does.Contain("<del>first</del><ins>second</ins>").And.Contain("name=\"version\" value=\"2\""));
        Assert.That((meant.Location, await site.One<string>("select Title from Submission")), Is.EqualTo(("/submissions/1/check", "From the second tab")));
    }

    [Test]
    public async Task Autosave_answers_with_the_new_version()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));
        await visit.Send("/submissions/new", Fields());

        var saved = await visit.Send("/submissions/1/edit?handler=Draft", [.. Fields("Saved by itself"), ("version", "1")], "/submissions/1/edit");

        Assert.That((saved.Status, await site.One<string>("select concat(Title, ' ', Version) from Submission")), Is.EqualTo((HttpStatusCode.NoContent, "Saved by itself 2")));
    }

    [Test]
    public async Task Autosave_begins_a_draft_and_says_where_it_goes_on()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));

        var begun = await visit.Send("/submissions/new?handler=Draft", Fields("Begun by itself"), "/submissions/new");

        Assert.That((begun.Status, begun.Location, await site.One<string>("select concat(Title, ' ', Version) from Submission")), Is.EqualTo((HttpStatusCode.Created, "/submissions/1/edit", "Begun by itself 1")));
    }

    [Test]
    public async Task A_form_whose_answer_was_lost_finds_the_draft_it_began()
    {
        await using var site = await Site.Open();
        var (author, key) = (await site.Person([]), Guid.NewGuid().ToString("n"));
        var visit = await Visit.By(site, author);
        List<(string, string)> Form(string title) => [.. Fields(title), ("form", key)];
        await visit.Send("/submissions/new?handler=Draft", Form("Lost on the way"), "/submissions/new");

        var again = await visit.Send("/submissions/new?handler=Draft", [.. Form("Sent again"), ("version", "")], "/submissions/new");
        var pressed = await visit.Send("/submissions/new", Form("Sent again"));
        var pressedTwice = await visit.Send("/submissions/new", Form("Sent again"));
        var another = await visit.Send("/submissions/new", Form("Written after going back"));
        var meant = await visit.Send("/submissions/1/edit", [.. Fields("Written after going back"), ("version", "4")]);
        var stranger = await (await Visit.By(site, await site.Person([]))).Send("/submissions/new", Form("Somebody else's"));

        Assert.That((again.Status, again.Location), Is.EqualTo((HttpStatusCode.Created, "/submissions/1/edit")));
        Assert.That((pressed.Location, pressedTwice.Location), Is.EqualTo(("/submissions/1/check", "/submissions/1/check")));
        Assert.That(another.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(another.Page, Does.Contain("Another version was saved meanwhile").And.Contain("action=\"/submissions/1/edit\"").And.Contain("name=\"version\" value=\"4\""));
        Assert.That((meant.Location, stranger.Location), Is.EqualTo(("/submissions/1/check", "/submissions/2/check")));
        Assert.That(await site.One<string>("select Title from Submission where Number = 1"), Is.EqualTo("Written after going back"));
    }

    [Test]
    public async Task A_new_form_names_whoever_begins_it_and_tells_until_when()
    {
        await using var site = await Site.Open();
        var author = await site.Person([]);
        await site.Send(new GiveExtension(null, "TA2", new DateTimeOffset(2019, 5, 20, 12, 0, 0, TimeSpan.Zero), "Floods", Actor.Timetable));
        var visit = await Visit.By(site, author);

        var form = await visit.Read("/submissions/new");

        Assert.That(form, Does.Contain($"value=\"{author.Words}\"").And.Contain("value=\"Family1\"").And.Contain("20 May 2019"));
        Assert.That(await visit.Read("/submissions"), Does.Contain("20 May 2019"));
    }

    [TestCase("<script>alert(1)</script>", "<script>alert")]
    [TestCase("\"><img src=x onerror=alert(1)>", "<img src=x")]
    [TestCase("{{7*7}} ${7*7} @(7*7) <%= 7*7 %>", "<%=")]
    [TestCase("=HYPERLINK(\"http://evil\",\"x\")", "=HYPERLINK(\"")]
    [TestCase("Title\r\nBcc: everybody@example.org", "\nBcc:")]
    [TestCase("abc \u202Egpj.exe", null)]
    [TestCase("zero\u200Bwidth\u200Djoined", null)]
    [TestCase("😀 𝕬𝖟 four bytes", null)]
    [TestCase("'; drop table Submission; --", null)]
    [TestCase("&lt;b&gt; already escaped", "<b> already")]
    public async Task Attacks_are_stored_as_typed_and_come_out_inert(string title, string? never)
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));
        var fields = Fields(title);
        fields[6] = ("Form.Authors[0].GivenName", title);
        await visit.Send("/submissions/new", fields);
        await visit.Send("/submissions/1/check", []);
        var stored = title.Replace("\r\n", " ", StringComparison.Ordinal);

        Assert.That(await site.One<string>("select s.Title from Submission s join Author a on a.SubmissionNumber = s.Number and a.GivenName = s.Title where s.State = 'Submitted'"), Is.EqualTo(stored));
        foreach (var page in new[] { "/submissions", "/submissions/1", "/submissions/1/edit", "/submissions/1/history", "/submissions/1/submitted", "/submissions/1/proof", "/submissions/1/withdraw", "/submissions/1/forms" })
            if (never is not null) Assert.That(await visit.Read(page), Does.Not.Contain(never), page);
        Assert.That(await site.One<int>("select count(*) from Outbox where Subject like '%' || char(10) || '%' or ToName like '%' || char(10) || '%'"), Is.EqualTo(0));
    }

    [Test]
    public async Task Text_with_NUL_is_refused()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));

        var refused = await visit.Send("/submissions/new", Fields("before\0after"));

        Assert.That((refused.Status, await site.One<int>("select count(*) from Submission")), Is.EqualTo((HttpStatusCode.BadRequest, 0)));
    }

    [Test]
    public async Task The_secretariat_notes_a_form_and_the_author_sees_it()
    {
        await using var site = await Site.Open();
        var (author, secretary) = (await site.Person([]), await site.Person([Role.Secretariat]));
        var visit = await Visit.By(site, author);
        await visit.Send("/submissions/new", Fields());
        await visit.Send("/submissions/1/check", []);

        var noted = await (await Visit.By(site, secretary)).Send("/secretariat/forms", [("number", "1"), ("kind", "A"), ("state", "Endorsed"), ("note", "By the ministry"), ("version", "1")]);

        Assert.That(noted.Location, Does.StartWith("/secretariat/forms?"));
        Assert.That((await site.Send(new ReadSubmission(1, author))).Forms[0], Has.Property("State").EqualTo("Endorsed").And.Property("Note").EqualTo("By the ministry"));
    }
}
