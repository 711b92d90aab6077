using System.Security.Cryptography;
using System.Text.Json;
using AbstractReview.App.Book;
using AbstractReview.App.Storage;
using AbstractReview.App.Tests.Book;
using AbstractReview.Web.Cli;
using Microsoft.Data.Sqlite;
using MimeKit;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace AbstractReview.Web.Tests.Cli;

/// <summary>The main job, end to end: told once for all of these tests.</summary>
[TestFixture]
public sealed class DemoTests
{
    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public async Task Tell()
    {
        _folder = Directory.CreateTempSubdirectory("abstractreview-demo-");
        Assert.That(await CommandLine.Run(["demo", "--exit", "--data", _folder.FullName]), Is.Zero);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task The_data_hold_together()
        => Assert.That(await CommandLine.Run(["check", "--data", _folder.FullName]), Is.Zero);

    [Test]
    public async Task Every_decided_submission_has_one_letter_and_one_mail_that_carries_it()
    {
        var decided = await All<int>("select SubmissionNumber from Decision where PublishedAt is not null order by SubmissionNumber");
        var attached = new List<string>();
        foreach (var file in _folder.EnumerateFiles("mail/*.eml"))
        {
            using var message = await MimeMessage.LoadAsync(file.FullName);
            // Receipts go with mails too.
            attached.AddRange(message.Attachments.OfType<MimePart>().Select(a => a.FileName!).Where(f => f.StartsWith("letter-", StringComparison.Ordinal)));
        }

        Assert.That(decided, Has.Count.EqualTo(95));
        Assert.That(attached.Order(), Is.EqualTo(decided.Select(n => $"letter-AR-{n}.pdf").Order()));
        Assert.That(_folder.EnumerateFiles("letters/*.pdf").Select(f => f.Name.Split('-')[1]).Order(), Is.EqualTo(decided.Select(n => $"{n}").Order()));
    }

    [TestCase("all.csv", null)]
    [TestCase("all.json", "indico")]
    [TestCase("all.json", "hotcrp")]
    public async Task Every_submission_goes_out_in_the_formats_of_the_field_and_comes_in_again(string name, string? format)
    {
        var other = _folder.CreateSubdirectory($"other-{format}");
        var (file, conference) = (Path.Combine(other.FullName, name), Repository.SampleConference);
        string[] asked = format is null ? [] : ["--format", format];

        Assert.That(await CommandLine.Run(["submissions", "export", file, .. asked, "--data", _folder.FullName]), Is.Zero);
        Assert.That(await CommandLine.Run(["import", conference, file, "--data", other.FullName]), Is.Zero);

        const string read = "select concat(Title, ' / ', AreaCode, ' / ', length(Abstract)) from Submission order by 1";
        Assert.That(await All<string>(read, other.FullName), Is.EqualTo(await All<string>(read)));
    }

    [Test]
    public async Task A_file_that_does_not_tell_its_format_is_refused()
        => Assert.That(await CommandLine.Run(["submissions", "export", Path.Combine(_folder.FullName, "refused.json"), "--data", _folder.FullName]), Is.EqualTo(1));

    [Test]
    public async Task The_book_holds_every_accepted_title()
    {
        var titles = await All<string>("""
            select s.Title from Submission s
            join Decision d on d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion
            where d.Kind in ('Oral', 'Poster', 'Panel') and s.State in ('Notified', 'Confirmed')
            """);
        using var book = PdfDocument.Open(Path.Combine(_folder.FullName, "book-of-abstracts.pdf"));
        var text = Squeezed(string.Concat(book.GetPages().Select(p => ContentOrderTextExtractor.GetText(p))));

        Assert.That(titles.Where(t => !text.Contains(Squeezed(t), StringComparison.Ordinal)), Is.Empty);
        Assert.That(titles, Has.Count.GreaterThan(60));
    }

    [Test]
    public void Its_book_has_no_fault_a_printer_or_a_reader_would_find()
    {
        var pdf = File.ReadAllBytes(Path.Combine(_folder.FullName, "book-of-abstracts.pdf"));

        Assert.That(PrintedBook.Faults(pdf, new BookOptions()), Is.Empty);
        Assert.That(PrintedBook.Tool("qpdf", pdf, "--check", "FILE"), Does.EndWith("exit 0"));
    }

    [Test]
    public void The_calendar_has_an_event_for_every_slot()
    {
        using var programme = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.FullName, "programme.json")));
        var slots = programme.RootElement.GetProperty("schedule").GetProperty("conference").GetProperty("days").EnumerateArray()
            .SelectMany(day => day.GetProperty("rooms").EnumerateObject()).Sum(room => room.Value.GetArrayLength());

        Assert.That(File.ReadLines(Path.Combine(_folder.FullName, "programme.ics")).Count(line => line == "BEGIN:VEVENT"), Is.EqualTo(slots));
    }

    [TestCase("pdf")]
    [TestCase("html")]
    [TestCase("xml")]
    [TestCase("csv")]
    [TestCase("xlsx")]
    public void The_programme_is_there(string format)
        => Assert.That(new FileInfo(Path.Combine(_folder.FullName, $"programme.{format}")).Length, Is.GreaterThan(10_000));

    [Test]
    public void There_are_accounts_of_every_role()
    {
        using var accounts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.FullName, "demo-accounts.json")));

        var roles = accounts.RootElement.EnumerateArray().CountBy(a => a.GetProperty("role").GetString()!).ToDictionary();

        Assert.That(roles.Keys.Order(), Is.EqualTo(new[] { "AreaChair", "Author", "Chair", "Reviewer", "Secretariat" }));
        Assert.That(roles.Values, Is.All.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task Told_elsewhere_it_makes_the_same_book_and_told_again_it_changes_nothing()
    {
        var other = Directory.CreateTempSubdirectory("abstractreview-demo-");
        try
        {
            await CommandLine.Run(["demo", "--exit", "--data", other.FullName]);
            var first = Hash(other, "book-of-abstracts.pdf");
            await CommandLine.Run(["demo", "--exit", "--data", other.FullName]);

            Assert.That((first, Hash(other, "programme.xml")), Is.EqualTo((Hash(_folder, "book-of-abstracts.pdf"), Hash(_folder, "programme.xml"))));
            Assert.That(other.EnumerateFiles("mail/*.eml").Count(), Is.EqualTo(_folder.EnumerateFiles("mail/*.eml").Count()));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            other.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_backup_restores_to_the_same_conference()
    {
        using var other = new Folder();
        var archive = Path.Combine(other.Path, "backup.zip");
        Assert.That(await CommandLine.Run(["backup", archive, "--data", _folder.FullName]), Is.Zero);
        Assert.That(await CommandLine.Run(["restore", archive, "--data", Path.Combine(other.Path, "restored")]), Is.Zero);
        Assert.That(await Exported(Path.Combine(other.Path, "restored"), Path.Combine(other.Path, "a")), Is.EqualTo(await Exported(_folder.FullName, Path.Combine(other.Path, "b"))));
        Assert.That(await CommandLine.Run(["restore", archive, "--data", Path.Combine(other.Path, "restored")]), Is.EqualTo(1), "a folder with a database is not restored over");
    }

    [Test]
    public async Task A_damaged_backup_is_refused_and_leaves_nothing()
    {
        using var other = new Folder();
        var archive = Path.Combine(other.Path, "backup.zip");
        Assert.That(await CommandLine.Run(["backup", archive, "--data", _folder.FullName]), Is.Zero);
        await using (var file = File.Open(archive, FileMode.Open))
        {
            file.Position = file.Length / 2;
            var old = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)~old);
        }

        Assert.That(await CommandLine.Run(["restore", archive, "--data", Path.Combine(other.Path, "restored")]), Is.EqualTo(1));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(other.Path, "restored")), Is.Empty);
    }

    [Test]
    public async Task An_export_is_imported_to_the_same_conference()
    {
        using var other = new Folder();
        var first = await Exported(_folder.FullName, Path.Combine(other.Path, "a"));
        Assert.That(await CommandLine.Run(["import", Path.Combine(other.Path, "a"), "--data", Path.Combine(other.Path, "again")]), Is.Zero);
        Assert.That(await Exported(Path.Combine(other.Path, "again"), Path.Combine(other.Path, "b")), Is.EqualTo(first));
        Assert.That(first.Keys, Has.Some.StartsWith("csv/").And.Some.EqualTo("tables/Submission.jsonl").And.Some.StartsWith("pdf/letter-").And.Some.StartsWith("pdf/book-of-abstracts-"));
        Assert.That(await CommandLine.Run(["import", Path.Combine(other.Path, "a"), "--data", _folder.FullName]), Is.EqualTo(1), "a conference is not imported over another");
    }

    /// <summary>Exports a folder's conference; every file with its hash.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> Exported(string data, string into)
    {
        Assert.That(await CommandLine.Run(["export", into, "--data", data]), Is.Zero);
        return Directory.GetFiles(into, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(into, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("abstractreview-other-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    private async Task<IReadOnlyList<T>> All<T>(string sql, string? folder = null)
    {
        using var dialect = new SqliteDialect(new DataFolder(folder ?? _folder.FullName).Database);
        var db = new Db(dialect);
        return await db.All<T>(sql, null, default);
    }

    private static string Hash(DirectoryInfo folder, string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder.FullName, file))));

    // Line ends, hyphens and the forms of letters aside.
    private static string Squeezed(string text)
        => string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '\u2010' or '\u00AD') && !char.IsControl(c)));
}
