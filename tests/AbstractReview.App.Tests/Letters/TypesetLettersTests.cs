using AbstractReview.App.Letters;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain.Decisions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Letters;

public sealed class TypesetLettersTests
{
    [Test]
    public async Task Every_ordered_letter_is_written_once_and_its_mail_released()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(5);
        var written = await conf.Send(new TypesetLetters());
        Assert.That(await conf.All<string>("select Error from Letter where Error is not null"), Is.Empty);
        Assert.That(written, Is.EqualTo(5));
        Assert.That(await conf.Send(new TypesetLetters()), Is.Zero);
        Assert.That(await conf.One<int>("select count(*) from Letter where State = 'Typeset' and PdfSha256 is not null"), Is.EqualTo(5));
        Assert.That(await conf.One<int>("select count(*) from Outbox where State = 'Waiting' and Subject <> '' and BodyText <> '' and BodyHtml <> ''"), Is.EqualTo(5));
        Assert.That(Directory.GetFiles(conf.Folder.Letters).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "AR-1-oral.pdf", "AR-2-poster.pdf", "AR-3-panel.pdf", "AR-4-oral.pdf", "AR-5-poster.pdf" }));
    }

    [Test]
    public async Task A_letter_whose_run_was_killed_before_its_mark_is_written_again_with_the_same_bytes()
    {
        await using var conf = await TestConference.Open();
        await conf.Accept(AcceptedSamples.Sample[0]);
        await conf.Send(new TypesetLetters());
        var first = await conf.One<string>("select PdfSha256 from Letter");
        // What a kill between the files and the mark leaves behind.
        await conf.Run("update Letter set State = 'Queued', PdfSha256 = null");
        await conf.Run("update Outbox set State = 'Held'");
        conf.Clock.Advance(TimeSpan.FromHours(5));
        Assert.That(await conf.Send(new TypesetLetters()), Is.EqualTo(1));
        Assert.That(await conf.One<string>("select PdfSha256 from Letter"), Is.EqualTo(first));
    }

    [Test]
    public async Task A_superseded_letter_is_not_written()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Accept(AcceptedSamples.Sample[0]);
        await using (var scope = conf.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<LetterQueue>().Supersede(number, 2, default);
        Assert.That(await conf.Send(new TypesetLetters()), Is.Zero);
        Assert.That(await conf.One<string>("select State from Outbox"), Is.EqualTo("Superseded"));
    }

    [Test]
    public async Task Markup_and_Liquid_in_a_name_or_title_stay_text()
    {
        await using var conf = await TestConference.Open();
        var sample = AcceptedSamples.Sample[0];
        await conf.Accept(sample with { Title = "<script>alert(1)</script> {{ conference }}", Authors = [sample.Authors.First(a => a.Corresponding) with { GivenName = "{% include 'x' %}", FamilyName = "<b>O'Neill</b>" }] });
        await conf.Send(new TypesetLetters());
        var html = await conf.One<string>("select BodyHtml from Outbox");
        Assert.That(html, Does.Contain("&lt;script&gt;alert(1)&lt;/script&gt; {{ conference }}"));
        Assert.That(html, Does.Not.Contain("<script>").And.Not.Contain("<b>"));
        Assert.That(await conf.One<string>("select BodyText from Outbox"), Does.StartWith("Dear {% include 'x' %} <b>O'Neill</b>,"));
    }

    [Test]
    public async Task A_letter_without_a_template_stops_alone_and_says_why()
    {
        await using var conf = await TestConference.Open();
        await conf.Accept(AcceptedSamples.Sample[0]);
        await conf.Accept(AcceptedSamples.Sample[1]);
        await conf.Run("update Letter set Kind = 'Unheard' where Id = 1");
        Assert.That(await conf.Send(new TypesetLetters()), Is.EqualTo(1));
        Assert.That(await conf.One<string>("select Error from Letter where Id = 1 and State = 'Failed'"), Is.EqualTo("There is no template for letters of the kind Unheard."));
    }

    [TestCase(DecisionKind.Oral), TestCase(DecisionKind.Poster), TestCase(DecisionKind.Panel), TestCase(DecisionKind.Waitlist), TestCase(DecisionKind.Reject), TestCase(DecisionKind.Return)]
    public async Task Every_decision_has_its_letter_with_the_committees_words_in_it(DecisionKind kind)
    {
        await using var conf = await TestConference.Open();
        await conf.Accept(AcceptedSamples.Sample[0], kind, "Please shorten the introduction.");
        Assert.That(await conf.Send(new TypesetLetters()), Is.EqualTo(1));
        Assert.That(await conf.One<string>("select BodyText from Outbox"), Does.Contain("Please shorten the introduction.").And.Contain(AcceptedSamples.Sample[0].Title));
        Assert.That(await conf.One<string>("select Subject from Outbox"), Does.Contain("AR-1"));
    }
}
