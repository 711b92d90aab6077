using System.Text.RegularExpressions;
using AbstractReview.App.Decisions;
using AbstractReview.App.Letters;
using AbstractReview.App.Programme;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.Web.Tests.Submissions;

public sealed partial class AfterTheDecisionTests
{
    [Test]
    public async Task An_author_reads_the_letter_confirms_and_makes_the_submission_ready()
    {
        await using var site = await Site.Open(c => c with { Final = new() { Text = true } });
        var (author, chair) = (await site.Person([]), await site.Person([Role.Chair]));
        var visit = await Visit.By(site, author);
        await visit.Send("/submissions/new", SubmissionPagesTests.Fields());
        await visit.Send("/submissions/1/check", []);
        await site.Send(new Decide(1, DecisionKind.Oral, "A clear account.", chair));
        Assert.That(await visit.Read("/submissions/1"), Does.Not.Contain("A clear account.").And.Not.Contain("Before the conference"));
        await site.Send(new PublishDecisions(chair));
        await site.Send(new TypesetLetters());

        var page = await visit.Read("/submissions/1");
        var letter = await visit.Get(LetterLink().Match(page).Groups[1].Value);
        var confirmed = await visit.Send("/submissions/1?handler=Confirm", [], "/submissions/1");
        var saved = await visit.Send("/submissions/1/prepare", [("version", "0"), ("Form.Presenting", "1"), ("Form.Biography", "Ten years <at> it."), ("Form.Title", "On regulating better"), ("Form.Abstract", Text(200)), ("Form.Consent", "no")]);
        var refused = await visit.Send("/submissions/1/prepare", [("version", "1"), ("Form.Presenting", "1"), ("Form.Biography", Text(101)), ("Form.Title", "T"), ("Form.Abstract", Text(200)), ("Form.Consent", "no")]);
        var after = await visit.Read("/submissions/1");

        Assert.That(letter.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/pdf"));
        Assert.That((confirmed.Location, saved.Location, (int)refused.Status), Is.EqualTo(("/submissions/1/prepare", "/submissions/1", 422)));
        Assert.That(refused.Page, Does.Contain("href=\"#Form_Biography\""));
        Assert.That(after, Does.Contain("On regulating better").And.Contain("Refused").And.Contain("Written"));
        Assert.That(await visit.Read("/submissions/1/prepare"), Does.Contain("Ten years &lt;at&gt; it."));
    }

    [Test]
    public async Task A_place_in_a_released_programme_shows_and_is_a_calendar_file()
    {
        await using var site = await Site.Open();
        var (author, chair) = (await site.Person([]), await site.Person([Role.Chair]));
        var visit = await Visit.By(site, author);
        await visit.Send("/submissions/new", SubmissionPagesTests.Fields());
        await visit.Send("/submissions/1/check", []);
        await site.Send(new Decide(1, DecisionKind.Oral, "", chair));
        await site.Send(new PublishDecisions(chair));
        Assert.That((int)(await visit.Get("/api/v1/submissions/1/slot.ics")).StatusCode, Is.EqualTo(404));
        Assert.That(await visit.Read("/submissions/1"), Does.Contain("Participation confirmed").And.Not.Contain("Scheduled"));
        await site.Send(new ProposeProgramme(chair) { Repeatable = true, Seconds = 1 });
        await site.Send(new App.Jobs.RunLongWork());
        await site.Send(new ReleaseProgramme(chair));

        var page = await visit.Read("/submissions/1");
        var file = await visit.Get("/api/v1/submissions/1/slot.ics");
        var text = await file.Content.ReadAsStringAsync();

        Assert.That(page, Does.Contain("Your place in the programme").And.Contain("/slot.ics"));
        Assert.That(page, Does.Match("""is-done">Scheduled <span class="hint"><time [^>]*datetime="2019-1[^>]*>[^<]+</time>.*, <bdi>[^<]+</bdi></span></li>"""), "its day, time and room stand in the timeline");
        Assert.That((file.Content.Headers.ContentType?.MediaType, Regex.Count(text, "BEGIN:VEVENT")), Is.EqualTo(("text/calendar", 1)));
        Assert.That(text, Does.Contain("On regulating well"));
    }

    [Test]
    public async Task A_named_author_objects_without_an_account()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([]));
        var fields = SubmissionPagesTests.Fields();
        fields.AddRange([("Form.Authors[1].FamilyName", "Other"), ("Form.Authors[1].Email", "other@other.example"), ("Form.Authors[1].Affiliation", "Other"), ("Form.Authors[1].Country", "FR")]);
        await visit.Send("/submissions/new", fields);
        await visit.Send("/submissions/1/check", []);
        await site.Send(new TypesetReceipts());
        var link = ObjectionLink().Match((await site.One<string>("select BodyText from Outbox where ToEmail = 'other@other.example'"))!).Groups[1].Value;
        var stranger = new Visit(site.Browser());

        var page = await stranger.Read(link);
        var empty = await stranger.Send(link, [("Key", link.Split('=')[1]), ("Words", "")]);
        var sent = await stranger.Send(link, [("Key", link.Split('=')[1]), ("Words", "It was not me.")]);
        var guessed = await stranger.Get("/submissions/1/objection?key=AAAAAAAAAAAAAAAAAAAAAA");

        Assert.That(page, Does.Contain("On regulating well").And.Contain("You are named as an author"));
        Assert.That(((int)empty.Status, sent.Location, (int)guessed.StatusCode), Is.EqualTo((422, link, 404)));
        Assert.That(await stranger.Read(link), Does.Contain("Your objection is with the secretariat"));
        Assert.That(await (await Visit.By(site, await site.Person([Role.Secretariat]))).Read("/secretariat/objections"), Does.Contain("It was not me."));
    }

    private static string Text(int words) => string.Join(' ', Enumerable.Range(1, words).Select(i => $"final{i}"));

    [GeneratedRegex("href=\"(/api/v1/letters/\\d+\\.pdf)\"")]
    private static partial Regex LetterLink();

    [GeneratedRegex("https?://[^/]+(/submissions/\\d+/objection\\?key=[A-Za-z0-9_-]+)")]
    private static partial Regex ObjectionLink();
}
