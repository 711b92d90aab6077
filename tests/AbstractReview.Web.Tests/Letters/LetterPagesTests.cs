using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AbstractReview.App.Decisions;
using AbstractReview.App.Letters;
using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Web.Tests.Reviews;
using AbstractReview.Web.Tests.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Letters;

/// <summary>The chair's pages of letters, without JavaScript, and the routes beside them.</summary>
public sealed partial class LetterPagesTests
{
    private const string Editor = "/committee/letters/templates/Oral/en";

    [Test]
    public async Task The_chair_sees_what_would_be_sent_sends_it_and_finds_it_in_the_ledger()
    {
        await using var site = await Site.Open();
        var (chair, _) = await Decided(site);
        var visit = await Visit.By(site, chair);

        var before = await visit.Read("/committee/letters");
        var sample = await visit.Read("/committee/letters/sample?kind=Oral&number=1");
        var unseen = await visit.Send("/committee/letters?handler=Send", [("expected", "what stood there before")], "/committee/letters");
        var sent = await visit.Send("/committee/letters?handler=Send", [("expected", Expected().Match(before).Groups[1].Value)], "/committee/letters");
        await site.Send(new TypesetLetters());
        await site.Send(new SendWaitingMail());
        var after = await visit.Read("/committee/letters?show=sent");

        Assert.That(before, Does.Contain("Ready to send: 1 letter").And.Contain("Form A is missing.").And.Contain("Publish and send 1 letter"));
        Assert.That(sample, Does.Contain("Your contribution AR-1 was accepted as an oral presentation").And.Contain("src=\"/api/v1/letters/preview.pdf?kind=Oral&amp;number=1#navpanes=0"));
        Assert.That((unseen.Status, sent.Status), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Found)));
        Assert.That(unseen.Page, Does.Contain("Decisions changed since you looked.").And.Contain("Publish and send 1 letter"));
        Assert.That(after, Does.Contain("Send again<span class=\"visually-hidden\">, letter 1</span>").And.Not.Contain("Ready to send"));
        Assert.That(await visit.Read("/committee/letters/1"), Does.Contain("<iframe class=\"paper\" src=\"/api/v1/letters/1.pdf#navpanes=0").And.Contain("Taken for ").And.Contain("English as it comes with the program"));
    }

    [Test]
    public async Task A_letter_that_failed_has_a_button_to_try_again_and_one_to_correct_its_address()
    {
        await using var site = await Site.Open();
        var (chair, _) = await Decided(site);
        await site.Send(new PublishDecisions(chair));
        await site.Send(new TypesetLetters());
        await Run(site, "update Outbox set State = 'Failed', LastError = '550: no such user'");
        var visit = await Visit.By(site, chair);

        Assert.That(await visit.Read("/committee/letters?show=missing"), Does.Contain("550: no such user").And.Contain("Try again").And.Contain("Correct and send"));
        var wrong = await visit.Send("/committee/letters?handler=Resend", [("id", "1"), ("email", "nobody")], "/committee/letters");
        var right = await visit.Send("/committee/letters?handler=Resend", [("id", "1"), ("email", "right@somewhere.example")], "/committee/letters");

        Assert.That((wrong.Status, right.Status), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found)));
        Assert.That(wrong.Page, Does.Contain("<a href=\"#to-1\">“nobody” is not an e-mail address.</a>").And.Contain("value=\"nobody\""));
        Assert.That(await site.One<string>("select ToEmail from Outbox where State = 'Waiting' and LetterId = 1"), Is.EqualTo("right@somewhere.example"));
    }

    [Test]
    public async Task A_text_is_previewed_checked_saved_and_returned_to_and_what_was_typed_stays()
    {
        await using var site = await Site.Open();
        var (chair, _) = await Decided(site);
        var visit = await Visit.By(site, chair);
        const string good = "Subject of {{ code }}\n---\nDear {{ name }},\n\nWell done.";

        var wrong = await visit.Send(Editor, [("Text", "Subject\n---\nDear {{ nobody }},"), ("Version", "0")]);
        var preview = await visit.Send($"{Editor}?handler=Preview", [("Text", good), ("Version", "0"), ("Number", "1")], Editor);
        var pdf = await visit.Send($"{Editor}?handler=Pdf", [("Text", good), ("Version", "0")], Editor);
        var refused = await visit.Send($"{Editor}?handler=Text", [("Text", "nothing")], Editor);
        var saved = await visit.Send(Editor, [("Text", good), ("Version", "0")]);
        var stale = await visit.Send(Editor, [("Text", good), ("Version", "0")]);
        var returned = await visit.Send($"{Editor}?handler=Return", [("older", "0")], Editor);

        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(wrong.Page, Does.Contain("Line 3: there is no field “nobody” in this letter.").And.Contain("Dear {{ nobody }},"));
        Assert.That(preview.Page, Does.Contain("Subject of AR-1").And.Contain("<p>Well done.</p>"));
        Assert.That(pdf.Page, Does.StartWith("%PDF-"));
        Assert.That((refused.Status, refused.Page), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "Write the subject, then a line with three hyphens (---), then the letter.")));
        Assert.That((saved.Status, stale.Status, returned.Status), Is.EqualTo((HttpStatusCode.Found, HttpStatusCode.Conflict, HttpStatusCode.Found)));
        Assert.That(await site.One<int>("select max(Version) from LetterTemplate"), Is.EqualTo(2));
    }

    [TestCase(Editor)]
    [TestCase("/committee/letters/templates/Thanks/ar")]
    [TestCase("/committee/letters/templates/Poster/fr?number=1")]
    [TestCase("/committee/letters/sample?kind=Oral&number=1")]
    [TestCase("/committee/letters/sample?kind=ReviewCertificate")]
    [TestCase("/committee/letters/look")]
    public async Task What_a_page_frames_is_a_PDF(string path)
    {
        await using var site = await Site.Open();
        var (chair, _) = await Decided(site);
        var visit = await Visit.By(site, chair);

        var frame = (await visit.Read(path)).Split("<iframe")[1].Split("src=\"")[1].Split('"')[0];

        Assert.That(await visit.Read(WebUtility.HtmlDecode(frame)), Does.StartWith("%PDF-"));
    }

    [Test]
    public async Task The_look_is_set_on_its_page()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([Role.Chair]));
        (string, string)[] form = [("Languages", "en"), ("Languages", "ar"), ("ReferenceOfDecision", "{acronym}/{number}/{version}"), ("ReferenceOfOthers", "L-{id}"), ("Words[ar][City]", "مراكش"), ("Version", "0")];

        var wrong = await visit.Send("/committee/letters/look", [("Languages", "en"), ("ReferenceOfDecision", "{acronym}"), ("ReferenceOfOthers", "L-{id}"), ("Version", "0")]);
        var set = await visit.Send("/committee/letters/look", form);

        Assert.That(set.Status, Is.EqualTo(HttpStatusCode.Found), set.Page);
        var look = (await site.Send(new ReadLetterLook(Actor.Timetable))).Look;
        Assert.That((string.Join(' ', look.Languages), look.Words["ar"].City, look.ReferenceOfOthers), Is.EqualTo(("en ar", "مراكش", "L-{id}")));
        Assert.That(await visit.Read("/committee/letters/look"), Does.Contain("value=\"مراكش\""));
        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(wrong.Page, Does.Contain("href=\"#ReferenceOfDecision\"").And.Contain("value=\"{acronym}\""));
    }

    [Test]
    public async Task An_invitation_is_sent_from_its_page_and_answered_without_an_account()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([Role.Chair]));

        var wrong = await visit.Send("/committee/letters/issue?handler=Invite", [("List", "ada, Ada, Example")], "/committee/letters/issue");
        var sent = await visit.Send("/committee/letters/issue?handler=Invite", [("List", "ada@example.org, Ada, Example, , FR, TA1")], "/committee/letters/issue");
        await site.Send(new TypesetLetters());
        var token = (await site.One<string>("select BodyText from Outbox where Kind = 'Invitation'"))!.Split("token=")[1][..64];
        var guest = new Visit(site.Browser());
        var shown = await guest.Read($"/invitation?token={token}");
        var accepted = await guest.Send("/invitation", [("token", token), ("accept", "true")], $"/invitation?token={token}");

        Assert.That((wrong.Status, sent.Status, accepted.Status), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found, HttpStatusCode.Found)));
        Assert.That(wrong.Page, Does.Contain("“ada” is not an e-mail address.").And.Contain("ada, Ada, Example"));
        Assert.That(shown, Does.Contain("in particular in TA1"));
        Assert.That(accepted.Location, Does.StartWith("/account/set-password?token="));
        Assert.That(await visit.Read("/committee/letters/issue"), Does.Contain("1 invited: 1 accepted, 0 declined"));
        Assert.That(await guest.Read("/invitation?token=0"), Does.Not.Contain("Accept</button>"));
    }

    [Test]
    public async Task An_author_asks_for_a_visa_letter_on_their_page_and_reads_it_there()
    {
        await using var site = await Site.Open();
        var (chair, author) = await Decided(site);
        await site.Send(new PublishDecisions(chair));
        var visit = await Visit.By(site, author);

        Assert.That(await visit.Read("/account/letters"), Does.Contain("Invitation letter for a visa"));
        var wrong = await visit.Send("/account/letters", [("kind", "Visa"), ("number", "1"), ("PassportName", "")]);
        var dated = await visit.Send("/account/letters", [("kind", "Visa"), ("number", "1"), ("PassportName", "ADA EXAMPLE"), ("BirthDate", "31.1.1980")]);
        var asked = await visit.Send("/account/letters", [("kind", "Visa"), ("number", "1"), ("PassportName", "ADA EXAMPLE"), ("BirthDate", "1980-01-31")]);
        await site.Send(new TypesetLetters());

        Assert.That((wrong.Status, asked.Status), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found)));
        Assert.That(wrong.Page, Does.Contain("<a href=\"#PassportName-Visa-1\">Write your name as it stands in your passport.</a>"));
        Assert.That(dated.Page, Does.Contain("<a href=\"#BirthDate-Visa-1\">Write the day as year, month and day, such as 1980-01-31.</a>").And.Contain("value=\"ADA EXAMPLE\"").And.Contain("value=\"31.1.1980\""));
        Assert.That(await visit.Read("/account/letters"), Does.Contain("href=\"/api/v1/letters/2.pdf\""));
    }

    [TestCase("/committee/letters"), TestCase("/committee/letters/sample"), TestCase("/committee/letters/templates"), TestCase(Editor), TestCase("/committee/letters/look"), TestCase("/committee/letters/issue"), TestCase("/committee/letters/1")]
    public async Task An_area_chair_and_an_author_see_no_page_of_letters(string path)
    {
        await using var site = await Site.Open();
        foreach (var other in new[] { await site.Person([Role.AreaChair], "TA1"), await site.Person([]) })
            Assert.That(await (await Visit.By(site, other)).Read(path), Does.Not.Contain("aria-label=\"Letters\"").And.Not.Contain("<iframe"));
    }

    [Test]
    public async Task The_API_tells_the_plan_the_ledger_and_each_story_and_puts_right_what_went_wrong()
    {
        await using var site = await Site.Open();
        var (chair, author) = await Decided(site);
        var api = await site.Api(chair);

        var plan = await api.GetFromJsonAsync<JsonElement>("/api/v1/letters/plan");
        await api.PostAsync("/api/v1/decisions/publish", null);
        await site.Send(new TypesetLetters());
        await Run(site, "update Outbox set State = 'Failed', LastError = '550'");
        var retried = await api.PostAsync("/api/v1/letters/1/retry", null);
        var again = await api.PostAsync("/api/v1/letters/1/retry", null);
        await site.Send(new SendWaitingMail());
        var resent = await api.PostAsJsonAsync("/api/v1/letters/1/resend", new { email = "right@somewhere.example" });
        var story = await api.GetFromJsonAsync<JsonElement>("/api/v1/letters/1");
        var stranger = await (await site.Api(author)).GetAsync("/api/v1/letters");
        var template = await api.PutAsJsonAsync("/api/v1/letters/templates/Oral/en", new { text = "A\n---\n{% include 'x' %}" });

        Assert.That(plan.GetProperty("total").GetInt32(), Is.EqualTo(1));
        Assert.That((retried.StatusCode, again.StatusCode, resent.StatusCode, stranger.StatusCode, template.StatusCode),
            Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NoContent, HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity)));
        Assert.That(story.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("kind").GetString()), Is.EqualTo(new[] { "Retried", "Sent", "Corrected" }));
        var pdf = await api.GetAsync("/api/v1/letters/1.pdf");
        Assert.That((pdf.Content.Headers.ContentType!.MediaType, pdf.Headers.GetValues("Content-Security-Policy").Single()), Is.EqualTo(("application/pdf", "frame-ancestors 'self'")));
    }

    // One submission decided upon and not published.
    private static async Task<(Actor Chair, Actor Author)> Decided(Site site)
    {
        var (chair, author) = (await site.Person([Role.Chair]), await site.Person([]));
        var number = await site.UnderReview(author, "TA1", await site.Person([Role.Reviewer]));
        await site.Send(new Decide(number, DecisionKind.Oral, "", chair));
        return (chair, author);
    }

    [GeneratedRegex("name=\"expected\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Expected();

    private static async Task Run(Site site, string sql)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<App.Storage.Db>().Run(sql, null, default);
    }
}
