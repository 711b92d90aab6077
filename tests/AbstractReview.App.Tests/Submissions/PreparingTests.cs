using AbstractReview.App.Book;
using AbstractReview.App.Jobs;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Submissions;

public class PreparingTests
{
    [Test]
    public async Task Authors_say_who_presents_and_the_change_is_a_revision()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await Accepted(conf, author);

        await conf.Send(Prepare(number, author) with { Presenting = 2, Biography = "Ten years at the regulator.", Consent = true });

        var (view, prepared) = (await conf.Send(new ReadSubmission(number, author)), await conf.Send(new ReadPreparation(number, author)));
        Assert.That((view.State, view.Revision, view.Authors[0].Presenting, view.Authors[1].Presenting), Is.EqualTo((SubmissionState.Notified, 2, false, true)));
        Assert.That((prepared.Biography, prepared.Consent, prepared.Version), Is.EqualTo(("Ten years at the regulator.", true, 1)));
    }

    [Test]
    public async Task The_final_text_is_taken_within_the_chairs_limits_only()
    {
        await using var conf = await TestConference.Open(c => c with { Final = new() { Text = true, AbstractWordsMax = 210 } });
        var author = await conf.Person();
        var number = await Accepted(conf, author);

        var refused = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(Prepare(number, author) with { Abstract = Writing.Words(211) }));
        await conf.Send(Prepare(number, author) with { Title = "On regulating better", Abstract = Writing.Words(210) });

        Assert.That(refused!.Errors.Single().Field, Is.EqualTo("abstract"));
        Assert.That((await conf.Send(new ReadSubmission(number, author))).Title, Is.EqualTo("On regulating better"));
        Assert.That((await conf.Send(new ReadHistory(number, author)))[0].Changes.Select(c => c.Field), Is.EqualTo(new[] { "title", "abstract" }));
    }

    [Test]
    public async Task Where_the_chair_takes_no_final_text_the_accepted_one_stands()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await Accepted(conf, author);

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(Prepare(number, author) with { Title = "Another" }));
        Assert.That((await conf.Send(new ReadSubmission(number, author))).Revision, Is.EqualTo(1));
    }

    [TestCase("Reject", true)]
    [TestCase("Oral", false)]
    public async Task Nothing_is_prepared_unless_an_acceptance_is_published(string kind, bool published)
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await conf.Submitted(author);
        await conf.Decided(number, kind, published);

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(Prepare(number, author)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadPreparation(number, author)));
    }

    [Test]
    public async Task After_its_day_only_the_secretariat_changes_it()
    {
        await using var conf = await TestConference.Open(c => c with { Final = new() { Until = new DateTime(2019, 8, 20, 12, 0, 0) } });
        var (author, secretary) = (await conf.Person(), await conf.Person(Role.Secretariat));
        var number = await Accepted(conf, author);
        conf.Clock.SetUtcNow(new DateTimeOffset(2019, 8, 20, 12, 0, 0, TimeSpan.Zero));

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(Prepare(number, author) with { Consent = true }));
        await conf.Send(Prepare(number, secretary) with { Consent = true });

        Assert.That((await conf.Send(new ReadPreparation(number, secretary))).Consent, Is.True);
    }

    [Test]
    public async Task Two_tabs_do_not_overwrite_one_another()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var number = await Accepted(conf, author);
        await conf.Send(Prepare(number, author) with { Consent = true, Version = 0 });

        Assert.That(Assert.ThrowsAsync<StaleException>(() => conf.Send(Prepare(number, author) with { Consent = false, Version = 0 }))!.Current, Is.EqualTo(1));
    }

    [TestCase(false, null, true)]
    [TestCase(false, false, false)]
    [TestCase(true, null, false)]
    [TestCase(true, true, true)]
    public async Task The_book_prints_an_abstract_only_as_its_authors_consent(bool needed, bool? consent, bool printed)
    {
        await using var conf = await TestConference.Open(c => c with { Final = new() { ConsentNeeded = needed } });
        var (author, chair) = (await conf.Person(), await conf.Person(Role.Chair));
        var number = await Accepted(conf, author);
        if (consent is not null) await conf.Send(Prepare(number, author) with { Consent = consent });

        await conf.Send(new BuildEdition(new BookOptions(), chair));
        await conf.Send(new RunLongWork());
        using var book = UglyToad.PdfPig.PdfDocument.Open((await conf.Send(new ReadBook(1, chair))).Bytes);
        var text = string.Join(' ', book.GetPages().SelectMany(p => p.GetWords().Select(w => w.Text)));

        Assert.That(text, Does.Contain("regulating"));
        Assert.That((text.Contains("word150", StringComparison.Ordinal), text.Contains("consent", StringComparison.Ordinal)), Is.EqualTo((printed, !printed)));
    }

    private static PrepareSubmission Prepare(int number, Actor by) => new() { Number = number, By = by };

    private static async Task<int> Accepted(TestConference conf, Actor author)
    {
        var number = await conf.Submitted(author);
        await conf.Decided(number, "Oral", published: true);
        return number;
    }
}
