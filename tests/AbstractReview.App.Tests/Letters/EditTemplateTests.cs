using AbstractReview.App.Letters;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;

namespace AbstractReview.App.Tests.Letters;

public sealed class EditTemplateTests
{
    private const string Mine = "About {{ code }}\n---\nDear {{ name }},\n\nYes.\n";

    [Test]
    public async Task A_saved_text_is_the_next_version_and_letters_take_it()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);

        Assert.That(await conf.Send(new SaveTemplate(LetterKind.Oral, "en", Mine, 0, chair)), Is.EqualTo(1));
        await conf.Accept(AcceptedSamples.Sample[0]);
        await conf.Send(new TypesetLetters());

        Assert.That(await conf.One<string>("select Subject from Outbox"), Is.EqualTo("About AR-1"));
        Assert.That(await conf.One<string>("select Templates from Letter"), Is.EqualTo("Oral.en 1"));
    }

    [Test]
    public async Task Every_version_is_kept_and_an_older_one_stands_again_as_a_new_one()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new SaveTemplate(LetterKind.Oral, "en", Mine, null, chair));
        await conf.Send(new SaveTemplate(LetterKind.Oral, "en", Mine.Replace("Yes.", "No.", StringComparison.Ordinal), null, chair));

        Assert.That(await conf.Send(new ReturnToTemplate(LetterKind.Oral, "en", 1, chair)), Is.EqualTo(3));
        var third = await conf.Send(new ReadTemplate(LetterKind.Oral, "en", chair));
        Assert.That(await conf.Send(new ReturnToTemplate(LetterKind.Oral, "en", 0, chair)), Is.EqualTo(4));
        var fourth = await conf.Send(new ReadTemplate(LetterKind.Oral, "en", chair));

        Assert.That((third.Text, third.Version), Is.EqualTo((Mine, 3)));
        Assert.That(fourth.Text, Is.EqualTo(LetterWriter.Shipped("Oral", "en")));
        Assert.That(fourth.History.Select(v => (v.Version, v.ChangedBy, v.IsShipped)), Is.EqualTo(new[] { (4, chair.Words, true), (3, chair.Words, false), (2, chair.Words, false), (1, chair.Words, false) }));
        Assert.That(await conf.Send(new ReadTemplateVersion(LetterKind.Oral, "en", 2, chair)), Does.Contain("No."));
    }

    [Test]
    public async Task A_text_that_fails_its_check_is_not_saved()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        Assert.That(() => conf.Send(new SaveTemplate(LetterKind.Oral, "en", "A\n---\n{% for i in (1..1000000000) %}x{% endfor %}", null, chair)), Throws.TypeOf<RuleBrokenException>());
        Assert.That(() => conf.Send(new SaveTemplate(LetterKind.Thanks, "en", "A\n---\n{{ title }}", null, chair)), Throws.TypeOf<RuleBrokenException>());
        Assert.That(await conf.One<int>("select count(*) from LetterTemplate"), Is.Zero);
    }

    [Test]
    public async Task Two_people_do_not_overwrite_each_other()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Send(new SaveTemplate(LetterKind.Oral, "en", Mine, 0, chair));
        Assert.That(() => conf.Send(new SaveTemplate(LetterKind.Oral, "en", Mine, 0, chair)), Throws.TypeOf<StaleException>());
    }

    [Test]
    public async Task Only_who_runs_the_conference_reads_or_changes_templates()
    {
        await using var conf = await TestConference.Open();
        var other = await conf.Person(Role.AreaChair, Role.Reviewer);
        Assert.That(() => conf.Send(new ReadTemplate(LetterKind.Oral, "en", other)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new SaveTemplate(LetterKind.Oral, "en", Mine, null, other)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ReturnToTemplate(LetterKind.Oral, "en", 0, other)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ListTemplates(other)), Throws.TypeOf<NotAllowedException>());
    }

    [Test]
    public async Task A_draft_is_tried_on_a_real_submission_without_being_saved()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(2);
        var chair = await conf.Person(Role.Chair);

        var preview = await conf.Send(new PreviewLetter(LetterKind.Poster, 2, chair) { Draft = ("en", Mine) });

        Assert.That((preview.Number, preview.Subject), Is.EqualTo((2, "About AR-2")));
        Assert.That(() => conf.Send(new PreviewLetter(LetterKind.Poster, 2, chair) { Draft = ("en", "A\n---\n{{ nothing }}") }), Throws.TypeOf<RuleBrokenException>());
        Assert.That(await conf.One<int>("select count(*) from LetterTemplate"), Is.Zero);
    }
}
