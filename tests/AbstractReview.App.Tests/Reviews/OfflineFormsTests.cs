using System.IO.Compression;
using System.Text;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MiniExcelLibs;

namespace AbstractReview.App.Tests.Reviews;

public class OfflineFormsTests
{
    [Test]
    public async Task An_untouched_form_changes_nothing_in_either_format([Values] OfflineFormat format)
    {
        await using var conf = await TestConference.Open();
        var (_, reviewer) = await Queue(conf);

        var file = await Export(conf, reviewer, format);
        var import = await conf.Send(new ImportReviews(Read(file), true, reviewer));

        Assert.That(import.Items.Select(i => i.Action), Is.EqualTo(new[] { ImportAction.Nothing, ImportAction.Nothing, ImportAction.Nothing }));
        Assert.That((import.Errors, await conf.One<int>("select count(*) from Review")), Is.EqualTo((Array.Empty<FieldError>(), 2)));
    }

    [Test]
    public async Task A_filled_in_form_is_shown_as_a_difference_first_and_then_taken_whole()
    {
        await using var conf = await TestConference.Open();
        var (numbers, reviewer) = await Queue(conf);
        var rows = Csv(await Export(conf, reviewer, OfflineFormat.Csv));
        Fill(rows, 1, ("score.relevance", "5"), ("score.quality", "4"), ("score.originality", "3"), ("score.clarity", "2"), ("score.usefulness", "1"), ("confidence", "2"), ("recommendation", "poster"),
            ("comments_to_authors", "Clear, \"quoted\",\nand on two lines"), ("hand_in", "yes"));
        Fill(rows, 2, ("comments_to_committee", "=HYPERLINK(\"x\")"));
        var file = Read(Join(rows));

        var preview = await conf.Send(new ImportReviews(file, false, reviewer));
        Assert.That(preview.Items.Select(i => i.Action), Is.EqualTo(new[] { ImportAction.HandIn, ImportAction.Keep, ImportAction.Nothing }));
        Assert.That((await conf.Send(new ReadMyReview(numbers[0], reviewer))).State, Is.Null, "a preview changes nothing");

        Assert.That((await conf.Send(new ImportReviews(file, true, reviewer))).Applied, Is.True);
        var first = await conf.Send(new ReadMyReview(numbers[0], reviewer));
        Assert.That((first.State, first.Form.Scores["quality"], first.Form.Recommendation, first.Form.CommentsToAuthors),
            Is.EqualTo((ReviewState.Submitted, 4, Recommendation.Poster, "Clear, \"quoted\",\nand on two lines")));
        var second = await conf.Send(new ReadMyReview(numbers[1], reviewer));
        Assert.That((second.State, second.Form.CommentsToCommittee, second.Form.CommentsToAuthors), Is.EqualTo((ReviewState.Draft, "=HYPERLINK(\"x\")", "+1 from me")));
    }

    [Test]
    public async Task One_bad_row_stops_all_and_every_bad_cell_is_named()
    {
        await using var conf = await TestConference.Open();
        var (_, reviewer) = await Queue(conf);
        var stranger = await conf.Submission(await conf.Person());
        var rows = Csv(await Export(conf, reviewer, OfflineFormat.Csv));
        Fill(rows, 1, ("score.relevance", "9"), ("comments_to_authors", "Fine"), ("hand_in", "yes"));
        Fill(rows, 2, ("recommendation", "maybe"), ("confidence", "2.5"));
        rows.Add([.. rows[3]]);
        rows.Add([.. rows[3]]);
        Fill(rows, 5, ("submission", $"{stranger}"));

        var file = Read(Join(rows));
        var errors = (await conf.Send(new ImportReviews(file, false, reviewer))).Errors.Select(e => e.Field).ToList();

        Assert.That(errors, Is.EquivalentTo(new[]
        {
            "row2.score.relevance", "row2.score.quality", "row2.score.originality", "row2.score.clarity", "row2.score.usefulness", "row2.confidence", "row2.recommendation",
            "row3.recommendation", "row3.confidence", "row5.submission", "row6.submission",
        }));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ImportReviews(file, true, reviewer)));
        Assert.That(await conf.One<int>("select count(*) from Review where CommentsToAuthors = 'Fine'"), Is.Zero);
    }

    [Test]
    public async Task A_review_saved_since_is_never_overwritten()
    {
        await using var conf = await TestConference.Open();
        var (numbers, reviewer) = await Queue(conf);
        var rows = Csv(await Export(conf, reviewer, OfflineFormat.Csv));
        await conf.Send(new SaveReview(numbers[1], new ReviewForm { CommentsToAuthors = "Written online meanwhile" }, null, reviewer));
        Fill(rows, 2, ("comments_to_authors", "Written on the plane"));

        var import = await conf.Send(new ImportReviews(Read(Join(rows)), false, reviewer));

        Assert.That(import.Errors.Single(), Is.EqualTo(new FieldError("row3.version", "Row 3, version: this review was saved since the form was made (version 1, now 2). Export it again.")));
    }

    [Test]
    public async Task A_handed_in_review_is_replaced_only_when_the_form_says_so()
    {
        await using var conf = await TestConference.Open();
        var (numbers, reviewer) = await Queue(conf);
        var rows = Csv(await Export(conf, reviewer, OfflineFormat.Csv));
        Fill(rows, 3, ("comments_to_authors", "Better words"));
        Fill(rows, 3, ("hand_in", ""));
        Assert.That((await conf.Send(new ImportReviews(Read(Join(rows)), false, reviewer))).Errors.Single().Field, Is.EqualTo("row4.hand_in"));

        Fill(rows, 3, ("hand_in", "Yes"));
        await conf.Send(new ImportReviews(Read(Join(rows)), true, reviewer));

        var mine = await conf.Send(new ReadMyReview(numbers[2], reviewer));
        Assert.That((mine.State, mine.Form.CommentsToAuthors), Is.EqualTo((ReviewState.Submitted, "Better words")));
    }

    [Test]
    public async Task No_cell_is_a_formula_and_none_names_an_author([Values] OfflineFormat format)
    {
        await using var conf = await TestConference.Open(c => c with { Review = c.Review with { Blind = Blindness.Single } });
        var (_, reviewer) = await Queue(conf, title: "=cmd|' /C calc'!A0");

        var file = await Export(conf, reviewer, format);

        var text = format == OfflineFormat.Csv ? Encoding.UTF8.GetString(file) : Sheet(file);
        Assert.That(text, format == OfflineFormat.Csv ? Does.Contain("'=cmd").And.Not.Match("(^|[,\"\n])=") : Does.Contain("=cmd").And.Not.Contain("<f"));
        Assert.That(text, Does.Not.Contain("Family1"));
    }

    [Test]
    public async Task A_form_saved_by_a_spreadsheet_is_read_with_semicolons_moved_columns_and_numbers()
    {
        await using var conf = await TestConference.Open();
        var (numbers, reviewer) = await Queue(conf);
        var semicolons = $"notes;version;submission;score.clarity\r\nmine;0;{numbers[0]};4\r\n";
        using var workbook = new MemoryStream();
        workbook.SaveAs(new[] { new Dictionary<string, object> { ["submission"] = numbers[0], ["version"] = 0, ["score.clarity"] = 4.0 } });

        foreach (var file in new[] { Encoding.UTF8.GetBytes(semicolons), workbook.ToArray() })
        {
            var import = await conf.Send(new ImportReviews(Read(file), false, reviewer));
            Assert.That((import.Errors.Count, import.Items.Single().Action, import.Items.Single().Changes.Single().Field), Is.EqualTo((0, ImportAction.Keep, "Clarity")));
        }
    }

    [Test]
    public async Task A_column_that_was_meant_for_the_form_is_never_passed_over()
    {
        await using var conf = await TestConference.Open();
        var (numbers, reviewer) = await Queue(conf);

        var import = await conf.Send(new ImportReviews(Read(Encoding.UTF8.GetBytes($"submission,version,comment_to_authors,my notes\n{numbers[0]},0,Lost?,Mine\n")), false, reviewer));

        Assert.That(import.Errors, Is.EqualTo(new[] { new FieldError("file", "The column “comment_to_authors” is none of the form's. Mend its name, or take it out.") }));
    }

    [TestCase("\n", "no row")]
    [TestCase("submission,version,Version\n1,0,0", "twice")]
    [TestCase("nonsense", "submission")]
    [TestCase("submission,version\n1,\"0", "quote")]
    public void What_is_no_form_is_refused_with_the_remedy(string text, string word)
    {
        Assert.That(Assert.Throws<RuleBrokenException>(() => Read(Encoding.UTF8.GetBytes(text)))!.Message, Does.Contain(word));
        Assert.That(Assert.Throws<RuleBrokenException>(() => Read([0xC3, 0x28]))!.Message, Does.Contain("UTF-8"));
        Assert.That(Assert.Throws<RuleBrokenException>(() => Read([.. "PK\u0003\u0004rubbish"u8]))!.Message, Does.Contain("workbook"));
    }

    /// <summary>Three submissions: one untouched, one begun, one handed in.</summary>
    private static async Task<(int[] Numbers, Actor Reviewer)> Queue(TestConference conf, string title = "On borders and sources")
    {
        var author = await conf.Person();
        var reviewer = await conf.Reviewer();
        var numbers = new[] { await conf.Submission(author, title: title), await conf.Submission(author), await conf.Submission(author) };
        foreach (var number in numbers) await conf.Assign(number, reviewer);
        await conf.Send(new SaveReview(numbers[1], new ReviewForm { CommentsToAuthors = "+1 from me" }, null, reviewer));
        await conf.HandIn(numbers[2], reviewer);
        return (numbers, reviewer);
    }

    private static async Task<byte[]> Export(TestConference conf, Actor reviewer, OfflineFormat format) => (await conf.Send(new ExportReviews(format, reviewer))).Bytes;

    private static OfflineFile Read(byte[] file) => OfflineForms.Read(file, Rules.Value);

    private static readonly Lazy<ReviewRules> Rules = new(() => ConferenceFile.Read(File.ReadAllText(Repository.SampleConference)).Review);

    // What a spreadsheet shows of a CSV file.
    private static List<string[]> Csv(byte[] file)
    {
        using var reader = new Matching.Files.CsvReader(new StringReader(Encoding.UTF8.GetString(file).TrimStart('\uFEFF')), "form");
        var rows = new List<string[]>();
        while (reader.Read()) rows.Add(Enumerable.Range(0, reader.Count).Select(i => reader[i].ToString()).ToArray());
        return rows;
    }

    private static void Fill(List<string[]> rows, int row, params (string Column, string Value)[] cells)
    {
        foreach (var (column, value) in cells) rows[row][Array.IndexOf(rows[0], column)] = value;
    }

    private static byte[] Join(List<string[]> rows)
    {
        using var text = new StringWriter();
        var csv = new Matching.Files.CsvWriter(text);
        foreach (var row in rows) csv.Write(row);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Sheet(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        return string.Concat(zip.Entries.Select(e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        }));
    }
}
