using System.Text.RegularExpressions;
using AbstractReview.App.Book;
using AbstractReview.App.Book.Formats;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Book;

public sealed partial class BuildEditionTests
{
    [Test]
    public async Task The_book_holds_every_accepted_title_author_and_area_and_nothing_rejected()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample();
        await conf.Accept(AcceptedSamples.Sample[0] with { Title = "Never to be printed anywhere" }, DecisionKind.Reject);
        var edition = await conf.Build();
        var text = Squeezed(await conf.Pdf(edition));
        foreach (var content in AcceptedSamples.Sample)
        {
            Assert.That(text, Does.Contain(Squeezed(content.Title)));
            foreach (var author in content.Authors.Where(a => a.FullName.All(c => c < 0x500))) Assert.That(text, Does.Contain(Squeezed(author.FullName)));
        }

        Assert.That(text, Does.Not.Contain("Nevertobeprinted"));
        var report = Json.Read<BookReport>((await conf.One<string>("select Report from Edition"))!);
        Assert.That(report.Placeholders, Is.Empty);
        // Two authors of the sample spell their institute in two ways.
        Assert.That(report.Warnings, Has.All.EndsWith("look like one institution."));
    }

    [Test]
    public async Task The_same_conference_gives_the_same_bytes_on_another_machine()
    {
        var hashes = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await using var conf = await TestConference.Open();
            await conf.AcceptSample(12);
            hashes.Add((await conf.Build()).Sha256);
        }

        Assert.That(hashes[1], Is.EqualTo(hashes[0]));
    }

    [Test]
    public async Task One_bad_abstract_gives_a_placeholder_and_a_line_in_the_report()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(3);
        await conf.Run("insert into Attachment (SubmissionNumber, Position, FileName, MediaType, Size, Sha256, AddedAt) values (2, 1, 'figure.png', 'image/png', 1, 'ffff', '2019-02-01T00:00:00Z')");
        var edition = await conf.Build();
        var text = Squeezed(await conf.Pdf(edition));
        Assert.That(text, Does.Contain("TheabstractofAR-2couldnotbeprintedinthisedition."));
        foreach (var content in AcceptedSamples.Sample.Take(3)) Assert.That(text, Does.Contain(Squeezed(content.Title)));
        var report = Json.Read<BookReport>((await conf.One<string>("select Report from Edition"))!);
        Assert.That(report.Placeholders, Is.EqualTo(new[] { "AR-2: The file of its figure is missing." }));
    }

    [Test]
    public async Task An_edition_is_kept_under_its_number_and_lies_in_the_data_folder()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(2);
        var first = await conf.Build();
        var second = await conf.Build(new BookOptions { Columns = 2, PageSize = "Letter", Draft = true });
        Assert.That((first.Number, second.Number), Is.EqualTo((1, 2)));
        Assert.That(BookFormats.Find("epub"), Is.EqualTo(BookFormat.Epub));
        foreach (var format in (BookFormat[])[BookFormat.Epub, BookFormat.Html, BookFormat.Bib, BookFormat.Jats])
            Assert.That(await File.ReadAllBytesAsync(Path.Combine(conf.Folder.Root, format.FileName())), Is.EqualTo(await conf.As(second, format)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.As(second, BookFormat.Crossref));
        var deposited = await conf.Build(new BookOptions { DoiPrefix = "10.5555" });
        Assert.That(await conf.As(deposited, BookFormat.Crossref), Is.Not.Empty);
        second = await conf.Build(new BookOptions { Columns = 2, PageSize = "Letter", Draft = true });
        Assert.That(File.Exists(Path.Combine(conf.Folder.Root, BookFormat.Crossref.FileName())), Is.False, "the newest edition has no deposit");
        var copy = await File.ReadAllBytesAsync(Path.Combine(conf.Folder.Root, "book-of-abstracts.pdf"));
        Assert.That(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(copy)), Is.EqualTo(second.Sha256));
    }

    [Test]
    public async Task A_draft_is_for_the_committee_until_it_is_published()
    {
        await using var conf = await TestConference.Open();
        var (chair, visitor) = (await conf.Person(Role.Chair), Actor.Visitor);
        await conf.AcceptSample(1);
        await conf.Build();
        await conf.Build(new BookOptions { Draft = true });
        Assert.That(await Newest(visitor), Is.Null, "nothing is public before a programme is released");
        await conf.Run("insert into Release (Number, Document, Summary, ReleasedAt, ReleasedById) values (1, '{}', '[]', '2019-08-01T00:00:00Z', 1)");
        Assert.That((await Newest(visitor), await Newest(chair)), Is.EqualTo(((int?)1, (int?)2)));
        await conf.Send(new PublishEdition(2, chair));
        Assert.That(await Newest(visitor), Is.EqualTo(2));

        async Task<int?> Newest(Actor by) => (await conf.Send(new ReadNewestEdition(by)))?.Number;
    }

    [Test]
    public async Task A_worker_that_died_after_storing_leaves_one_edition()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(2);
        var edition = await conf.Build();
        await conf.Run("update Job set State = 'Queued', Result = null");
        Assert.That(await conf.Send(new RunLongWork()), Is.EqualTo(1));
        Assert.That(await conf.One<string>("select Result from Job"), Is.EqualTo(Json.Write(edition)));
        Assert.That(await conf.One<int>("select count(*) from Edition"), Is.EqualTo(1));
    }

    [Test]
    public async Task Codes_count_everything_accepted_whatever_an_edition_holds()
    {
        await using var conf = await TestConference.Open();
        for (var i = 0; i < 3; i++) await conf.Accept(AcceptedSamples.Sample[0] with { Title = $"Talk {i + 1}" });
        await conf.Run("update Submission set State = 'Confirmed' where Number = 3");
        var whole = await conf.Read(new BookOptions());
        var part = await conf.Read(new BookOptions { ConfirmedOnly = true });
        var area = AcceptedSamples.Sample[0].AreaCode;
        Assert.That(whole.Entries.Select(e => e.Code), Is.EqualTo(new[] { $"{area}-O-01", $"{area}-O-02", $"{area}-O-03" }));
        Assert.That(part.Entries.Select(e => (e.Number, e.Code)), Is.EqualTo(new[] { (3, $"{area}-O-03") }));
    }

    [TestCase("10.1", "", "doiPrefix")]
    [TestCase("10.5555/x", "", "doiPrefix")]
    [TestCase("", "978-3-16-148410-1", "isbn")]
    public async Task A_wrong_option_is_named(string prefix, string isbn, string field)
    {
        await using var conf = await TestConference.Open();
        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new BuildEdition(new BookOptions { DoiPrefix = prefix, Isbn = isbn }, Actor.Timetable)));
        Assert.That(refusal!.Errors.Select(e => e.Field), Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task The_foreword_is_the_committees_to_write()
    {
        await using var conf = await TestConference.Open();
        await conf.AcceptSample(1);
        var chair = await conf.Person(Role.Chair);
        Assert.ThrowsAsync<NotAllowedException>(async () => await conf.Send(new WriteForeword("x", await conf.Person(Role.Reviewer))));
        await conf.Send(new WriteForeword("A word before.\r\n\r\nAnd another.", chair));
        Assert.That(await conf.Send(new ReadForeword(chair)), Is.EqualTo("A word before.\n\nAnd another."));
        Assert.That(Squeezed(await conf.Pdf(await conf.Build())), Does.Contain("Awordbefore."));
        Assert.That(await conf.One<int>("select count(*) from AuditEntry where Action = 'foreword.changed'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Only_who_runs_the_conference_builds_the_book()
    {
        await using var conf = await TestConference.Open();
        var reviewer = await conf.Person(Role.Reviewer);
        var chair = await conf.Person(Role.Chair);
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new BuildEdition(new BookOptions(), reviewer)));
        Assert.That(await conf.Send(new BuildEdition(new BookOptions(), chair)), Is.EqualTo(1));
    }

    private static string Squeezed(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return Squeezed(string.Join(' ', document.GetPages().Select(p => p.Text)));
    }

    private static string Squeezed(string text) => Blanks().Replace(text.Normalize(System.Text.NormalizationForm.FormKC), "");

    [GeneratedRegex(@"[\s\u00ad\u2066-\u2069]+")]
    private static partial Regex Blanks();
}

internal static class Editions
{
    public static async Task<EditionResult> Build(this TestConference conf, BookOptions? options = null)
    {
        var job = await conf.Send(new BuildEdition(options ?? new BookOptions(), Actor.Timetable));
        await conf.Send(new RunLongWork());
        return Json.Read<EditionResult>(await conf.One<string>("select Result from Job where Id = @job", new { job }) ?? throw new InvalidOperationException(await conf.One<string>("select Message from Job where Id = @job", new { job })));
    }

    /// <summary>What an edition would print now.</summary>
    public static async Task<BookContent> Read(this TestConference conf, BookOptions options)
    {
        await using var scope = conf.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BookReader>().Read(options, 1, conf.Clock.GetUtcNow(), default);
    }

    /// <summary>The edition in another format.</summary>
    public static async Task<byte[]> As(this TestConference conf, EditionResult edition, BookFormat format)
        => (await conf.Send(new ReadBook(edition.Number, await conf.Person(Role.Chair)) { Format = format })).Bytes;

    public static async Task<byte[]> Pdf(this TestConference conf, EditionResult edition)
        => await File.ReadAllBytesAsync(Path.Combine(conf.Folder.Files, edition.Sha256[..2], edition.Sha256[2..]));
}
