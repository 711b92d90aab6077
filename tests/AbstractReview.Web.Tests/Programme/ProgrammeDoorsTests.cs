using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Decisions;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;
using AbstractReview.Web.Tests.Accounts;
using AbstractReview.Web.Tests.Submissions;

namespace AbstractReview.Web.Tests.Programme;

/// <summary>The doors of the programme: who may do what by API and page, and what wrong input is told.</summary>
public sealed class ProgrammeDoorsTests
{
    [Test]
    public async Task The_api_edits_the_draft_by_version_and_refuses_what_it_cannot_mean()
    {
        await using var site = await Site.Open();
        var chair = await WithOneAccepted(site);
        var api = await site.Api(chair);

        var first = await Post("/edits", new { kind = "Place", number = 1, session = "S-TA1" });
        Assert.That((first.StatusCode, first.Headers.ETag!.Tag), Is.EqualTo((HttpStatusCode.OK, "\"1\"")));
        Assert.That((await Post("/edits", new { kind = "Remove", number = 1 }, "\"0\"")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "somebody placed it since version 0");
        Assert.That((await Post("/edits", new { kind = "Remove", number = 1 }, "nonsense")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Post("/edits", new { kind = "SetChairs", session = "S-TA1", people = (object?)null })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "a list that is null");
        Assert.That((await Post("/edits", new { kind = "Fly" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Post("/edits", new { kind = "Place", number = 1, session = "Nowhere" })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await Post("/edits/together", new { edits = Array.Empty<object>(), words = "Nothing" })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));

        var draft = await api.GetFromJsonAsync<JsonElement>("/api/v1/programme");
        var document = draft.GetProperty("document");
        Assert.That((await Put(new { sessions = (object?)null }, null)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Put(document, "\"0\"")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await Put(document, "\"1\"")).Headers.ETag!.Tag, Is.EqualTo("\"2\""));

        var places = await api.GetFromJsonAsync<JsonElement>("/api/v1/programme/places/1");
        var ta2 = places.EnumerateArray().First(p => p.GetProperty("session").GetString() == "S-TA2");
        Assert.That(ta2.GetProperty("clashes").EnumerateArray().Select(c => c.GetString()), Is.EqualTo(new[] { "a session of TA2" }));
        Assert.That((await api.GetAsync("/api/v1/programme/places/7")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var answer = await (await Post("/what-if", new { kind = "Withdrawn", number = 1 })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(answer.GetProperty("moves").GetInt32(), Is.Zero);
        Assert.That((await Post("/what-if", new { kind = "Away", email = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));

        async Task<HttpResponseMessage> Post(string path, object body, string? version = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/programme" + path) { Content = JsonContent.Create(body) };
            if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
            return await api.SendAsync(request);
        }

        async Task<HttpResponseMessage> Put(object body, string? version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/programme") { Content = JsonContent.Create(body) };
            if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
            return await api.SendAsync(request);
        }
    }

    [TestCase("", 401, 401)]
    [TestCase("Author", 403, 404)]
    [TestCase("AreaChair", 403, 200)]
    public async Task Only_who_runs_the_conference_changes_the_draft_and_only_the_committee_sees_it(string role, int changes, int sees)
    {
        await using var site = await Site.Open();
        var chair = await WithOneAccepted(site);
        await site.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Place, Number = 1, Session = "S-TA1" }, null, chair));
        var person = role == "" ? null : await site.Person(role == "Author" ? [] : [Role.AreaChair], role == "AreaChair" ? ["TA1"] : []);
        var api = await site.Api(person);

        foreach (var (path, body) in new (string, object)[] { ("/edits", new { kind = "Remove", number = 1 }), ("/edits/together", new { edits = new[] { new { kind = "Remove", number = 1 } }, words = "x" }), ("/what-if", new { kind = "Withdrawn", number = 1 }), ("/imports", new { schedule = 1 }), ("/imports/" + new string('a', 64) + "/apply", new { }), ("/releases", new { }), ("/proposals", new { }) })
            Assert.That((int)(await api.PostAsJsonAsync("/api/v1/programme" + path, body)).StatusCode, Is.EqualTo(changes), path);
        Assert.That((int)(await api.GetAsync("/api/v1/programme/places/1")).StatusCode, Is.EqualTo(sees == 404 ? 403 : sees));
        // Before a release a visitor and an author are told that there is none.
        Assert.That((int)(await api.GetAsync("/api/v1/programme")).StatusCode, Is.EqualTo(sees == 200 ? 200 : 404));
        Assert.That((await site.One<string>("select Document from Programme"))!, Does.Contain("AR-1"));
    }

    [Test]
    public async Task A_timetable_is_uploaded_looked_at_and_taken_over()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await WithOneAccepted(site));
        var file = System.Text.Encoding.UTF8.GetBytes("code,date,start,minutes,room\r\nAR-1,2019-10-01,12:00,15,A\r\nAR-99,2019-10-01,12:15,15,A\r\n");

        var preview = await visit.SendFiles("/committee/programme/import", [("Whole", "false")], [("Timetable", "t.csv", file)]);
        Assert.That(WebUtility.HtmlDecode(preview.Page), Does.Contain("AR-1 (oral presentation) takes place on Tuesday 1 October, 12:00–12:15 in Atlas Hall.").And.Contain("line 3: “AR-99” is no accepted submission and no session."));
        Assert.That(await site.One<int>("select count(*) from Programme"), Is.Zero, "looking changes nothing");
        var sha = Between(preview.Page, "name=\"file\" value=\"", "\"");
        var applied = await visit.Send("/committee/programme/import?handler=Apply", [("file", sha), ("version", "0"), ("Whole", "false")], "/committee/programme/import");
        Assert.That((applied.Status, applied.Location), Is.EqualTo((HttpStatusCode.Found, "/committee/programme")));
        Assert.That(await visit.Read("/committee/programme?at=AR-1"), Does.Contain("Tuesday 12:00–12:15"));

        var again = await visit.Send("/committee/programme/import?handler=Apply", [("file", sha), ("version", "0"), ("Whole", "false")], "/committee/programme/import");
        Assert.That((int)again.Status, Is.EqualTo(409));
        var none = await visit.Send("/committee/programme/import", [("Whole", "false")]);
        Assert.That(((int)none.Status, none.Page.Contains("href=\"#Timetable\"", StringComparison.Ordinal)), Is.EqualTo((422, true)));
    }

    [Test]
    public async Task Absences_needs_and_sessions_are_forms_and_a_refused_office_comes_back_filled_in()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await WithOneAccepted(site));
        const string page = "/committee/programme";
        await Edit("Away", [("email", "author@x.example"), ("from", "2019-10-01T08:00"), ("to", "2019-10-01T18:00")]);
        await Edit("Needs", [("number", "1"), ("equipment", "interpretation")]);
        await Edit("AddSession", [("code", "X1"), ("kind", "SideEvent"), ("title", "Extra"), ("room", "B"), ("start", "2019-10-02T09:00"), ("minutes", "60"), ("slotMinutes", "0"), ("panelMinutes", "0")]);
        await Edit("Change", [("session", "X1"), ("title", "Extra & more"), ("minutes", "90"), ("slotMinutes", "15"), ("panelMinutes", "0")]);
        var document = JsonDocument.Parse((await site.One<string>("select Document from Programme"))!).RootElement;
        var added = document.GetProperty("sessions").EnumerateArray().Last();
        Assert.That((added.GetProperty("title").GetString(), added.GetProperty("end").GetDateTime()), Is.EqualTo(("Extra & more", new DateTime(2019, 10, 2, 10, 30, 0))));
        Assert.That((document.GetProperty("absences").GetArrayLength(), document.GetProperty("needs")[0].GetProperty("equipment").GetString()), Is.EqualTo((1, "interpretation")));
        await Edit("Back", [("email", "author@x.example"), ("from", "2019-10-01T08:00:00.0000000"), ("to", "2019-10-01T18:00:00.0000000")]);
        await Edit("DropSession", [("session", "X1")]);
        document = JsonDocument.Parse((await site.One<string>("select Document from Programme"))!).RootElement;
        Assert.That((document.GetProperty("absences").GetArrayLength(), document.GetProperty("sessions").EnumerateArray().Any(s => s.GetProperty("code").GetString() == "X1")), Is.EqualTo((0, false)));

        var refused = await visit.Send(page + "?handler=People", [("Version", "0"), ("At", "S-TA1"), ("session", "S-TA1"), ("office", "SetChairs"), ("people", "Ada Example; Institute; FR; a@x.example\n; nobody")], page);
        Assert.That((int)refused.Status, Is.EqualTo(422));
        Assert.That(WebUtility.HtmlDecode(refused.Page), Does.Contain("Ada Example; Institute; FR; a@x.example\n; nobody</textarea>").And.Contain("href=\"#SetChairs\""));
        var wrong = await visit.Send(page + "?handler=Place", [("number", "1"), ("place", "S-TA1@soon")], page);
        Assert.That((int)wrong.Status, Is.EqualTo(422));

        async Task Edit(string handler, (string, string)[] fields)
        {
            var answer = await visit.Send($"{page}?handler={handler}", fields, page);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Found), handler + answer.Page);
        }
    }

    [Test]
    public async Task The_public_page_is_answered_from_a_readers_cache_until_the_next_release()
    {
        await using var site = await Site.Open();
        var chair = await WithOneAccepted(site);
        var reader = site.Browser();
        Assert.That((int)(await reader.GetAsync("/programme")).StatusCode, Is.EqualTo(404));
        await site.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Place, Number = 1, Session = "S-TA1" }, null, chair));
        await site.Send(new ReleaseProgramme(chair));
        var first = await reader.GetAsync("/programme");
        Assert.That((int)(await Ask(first.Headers.ETag!.Tag)).StatusCode, Is.EqualTo(304));

        await site.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Place, Number = 1, Session = "S-TA1", Start = new DateTime(2019, 10, 1, 12, 0, 0) }, null, chair));
        Assert.That((int)(await Ask(first.Headers.ETag.Tag)).StatusCode, Is.EqualTo(304), "a draft is nobody's business");
        await site.Send(new ReleaseProgramme(chair));
        Assert.That((int)(await Ask(first.Headers.ETag.Tag)).StatusCode, Is.EqualTo(200));
        Assert.That(await Encoding(site.Browser(), "/programme"), Is.EqualTo("br"), "small for a phone in a corridor");
        Assert.That(await Encoding(await site.BrowserOf(chair), "/programme"), Is.Null, "but not where a token is on the page");
        Assert.That(await (await reader.GetAsync("/programme/releases/1")).Content.ReadAsStringAsync(), Does.Contain("There is a newer release."));
        Assert.That((int)(await reader.GetAsync("/programme/releases/3")).StatusCode, Is.EqualTo(404));
        var person = await (await reader.GetAsync("/api/v1/programme/latest.ics?person=P1")).Content.ReadAsStringAsync();
        Assert.That(person, Does.Contain("UID:regsec-2019-AR-1@").And.Contain("SEQUENCE:1"));
        foreach (var format in new[] { "badges", "chair-sheets", "panel-cards" })
            Assert.That((int)(await reader.GetAsync($"/api/v1/programme/latest.{format}")).StatusCode, Is.EqualTo(403), format);

        static async Task<string?> Encoding(HttpClient client, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
            return (await client.SendAsync(request)).Content.Headers.ContentEncoding.SingleOrDefault();
        }

        async Task<HttpResponseMessage> Ask(string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/programme");
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            return await reader.SendAsync(request);
        }
    }

    // Submission 1 of TA1, accepted as oral; answers a chair.
    private static async Task<Actor> WithOneAccepted(Site site)
    {
        var visit = await Visit.By(site, await site.Person([]));
        await visit.Send("/submissions/new", SubmissionPagesTests.Fields());
        await visit.Send("/submissions/1/check", []);
        var chair = await site.Person([Role.Chair]);
        await site.Send(new Decide(1, DecisionKind.Oral, "", chair));
        await site.Send(new PublishDecisions(chair));
        return chair;
    }

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }
}
