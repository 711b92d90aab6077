using AbstractReview.App.Letters;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace AbstractReview.App.Tests.Letters;

public sealed class LetterLookTests
{
    private static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    [Test]
    public async Task A_letter_in_three_languages_is_three_parts_of_one_mail_and_three_pages_of_one_PDF()
    {
        await using var conf = await TestConference.Open();
        await conf.Send(new SetLetterLook(Trilingual, null, Actor.Timetable));
        await conf.Accept(AcceptedSamples.Sample[0]);
        Assert.That(await conf.Send(new TypesetLetters()), Is.EqualTo(1));

        var html = await conf.One<string>("select BodyHtml from Outbox");
        Assert.That(html, Does.Contain("<html lang=\"en\" dir=\"ltr\">").And.Contain("<div lang=\"fr\" dir=\"ltr\">").And.Contain("<div lang=\"ar\" dir=\"rtl\">"));
        Assert.That(html, Does.Contain("<p>السيدة / السيد <bdi>Kadri Tamm</bdi>،</p>"));
        var text = await conf.One<string>("select BodyText from Outbox");
        Assert.That(text, Does.Contain("\n* * *\n").And.Contain("à la conférence «\u00A0Conférence internationale des autorités").And.Contain("المؤتمر الدولي"));
        Assert.That(await conf.One<string>("select Templates from Letter"), Is.EqualTo("Oral.en 0, Oral.fr 0, Oral.ar 0"));
        using var pdf = PdfDocument.Open(Directory.GetFiles(conf.Folder.Letters).Single());
        Assert.That(pdf.NumberOfPages, Is.EqualTo(3));
        Assert.That(Words(pdf.GetPage(2)), Does.Contain("Conférence").And.Contain("Présidence"));
    }

    [Test]
    public async Task The_look_is_on_the_page_pictures_reference_date_and_who_signs()
    {
        await using var conf = await TestConference.Open();
        var look = new LetterLookSetting { ReferenceOfDecision = "{acronym}-{year}/{kind}/{number}-{version}", Date = new DateOnly(2019, 7, 14), Signatory = "Dr Ada Example" };
        await conf.Send(new SetLetterLook(look, 0, Actor.Timetable) { Pictures = new Dictionary<string, byte[]> { ["logo"] = Dot, ["signature"] = Dot, ["stamp"] = Dot } });
        await conf.Accept(AcceptedSamples.Sample[0]);
        await conf.Send(new TypesetLetters());

        using var pdf = PdfDocument.Open(Directory.GetFiles(conf.Folder.Letters).Single());
        var words = Words(pdf.GetPage(1));
        Assert.That(words, Does.Contain("RegSec-2019-2019/Oral/1-1").IgnoreCase.And.Contain("14 July 2019").And.Contain("Dr Ada Example"));
        Assert.That(pdf.GetPage(1).GetImages().Count(), Is.EqualTo(3));
        Assert.That((await conf.Send(new ReadLookPicture("stamp", Actor.Timetable))).Bytes, Is.EqualTo(Dot));
    }

    [TestCase(LetterKind.ReviewCertificate)]
    [TestCase(LetterKind.PresentationCertificate)]
    public async Task A_certificate_is_one_page_a_language_however_long_its_title(LetterKind kind)
    {
        await using var conf = await TestConference.Open();
        await conf.Send(new SetLetterLook(Trilingual, null, Actor.Timetable) { Pictures = new Dictionary<string, byte[]> { ["logo"] = Dot, ["signature"] = Dot, ["stamp"] = Dot } });
        await conf.Accept(AcceptedSamples.Sample[0] with { Title = string.Join(' ', Enumerable.Repeat("Lessons of a border", 10)) });

        using var pdf = PdfDocument.Open((await conf.Send(new PreviewLetter(kind, null, Actor.Timetable))).Pdf);

        Assert.That(pdf.NumberOfPages, Is.EqualTo(3));
    }

    [TestCase("{acronym}", "referenceOfDecision")]
    [TestCase("{number}/{password}", "referenceOfDecision")]
    [TestCase("", "referenceOfDecision")]
    public async Task A_reference_two_letters_could_share_is_refused(string pattern, string field)
    {
        await using var conf = await TestConference.Open();
        var refused = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SetLetterLook(new LetterLookSetting { ReferenceOfDecision = pattern }, null, Actor.Timetable)))!;
        Assert.That(refused.Errors.Select(e => e.Field), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task A_picture_that_is_none_or_broken_is_refused_by_its_name()
    {
        await using var conf = await TestConference.Open();
        foreach (var bytes in new byte[][] { "<svg onload='alert(1)'/>"u8.ToArray(), Dot[..30], [0xFF, 0xD8, 0xFF, 0xE0, 0, 1], new byte[1024 * 1024 + 1] })
        {
            var refused = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SetLetterLook(new LetterLookSetting(), null, Actor.Timetable) { Pictures = new Dictionary<string, byte[]> { ["stamp"] = bytes } }))!;
            Assert.That(refused.Errors.Single().Field, Is.EqualTo("stamp"));
        }

        Assert.That(await conf.One<int>("select count(*) from Setting where Name = 'letter-look'"), Is.Zero);
    }

    [Test]
    public async Task Unknown_languages_and_stale_versions_are_refused_and_so_is_everybody_else()
    {
        await using var conf = await TestConference.Open();
        Assert.That(() => conf.Send(new SetLetterLook(new LetterLookSetting { Languages = ["en", "tlh"] }, null, Actor.Timetable)), Throws.TypeOf<RuleBrokenException>());
        Assert.That(() => conf.Send(new SetLetterLook(new LetterLookSetting(), 7, Actor.Timetable)), Throws.TypeOf<StaleException>());
        var other = await conf.Person(Role.AreaChair);
        Assert.That(() => conf.Send(new SetLetterLook(new LetterLookSetting(), null, other)), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => conf.Send(new ReadLetterLook(other)), Throws.TypeOf<NotAllowedException>());
    }

    [Test]
    public async Task A_look_is_tried_without_being_set()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(1);
        var tried = await conf.Send(new TryLetterLook(new LetterLookSetting { Signatory = "Somebody Else" }, Actor.Timetable) { Pictures = new Dictionary<string, byte[]> { ["logo"] = Dot } });
        var preview = await conf.Send(new PreviewLetter(LetterKind.Oral, null, Actor.Timetable) { Look = tried });
        using var pdf = PdfDocument.Open(preview.Pdf);
        Assert.That(Words(pdf.GetPage(1)), Does.Contain("Somebody Else"));
        Assert.That((await conf.Send(new ReadLetterLook(Actor.Timetable))).Version, Is.Zero);
    }

    internal static LetterLookSetting Trilingual { get; } = new()
    {
        Languages = ["en", "fr", "ar"],
        Words = new Dictionary<string, LookWords>
        {
            ["fr"] = new() { Conference = "Conférence internationale des autorités de sûreté", City = "Marrakech", Country = "Maroc" },
            ["ar"] = new() { Conference = "المؤتمر الدولي للهيئات الرقابية", City = "مراكش", Country = "المغرب" },
        },
    };

    private static string Words(Page page) => string.Join(' ', page.GetWords().Select(w => w.Text));
}
