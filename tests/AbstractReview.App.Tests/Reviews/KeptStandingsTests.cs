using System.Reflection;
using System.Text.RegularExpressions;
using AbstractReview.App.Decisions;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;

namespace AbstractReview.App.Tests.Reviews;

/// <summary>Answers that are kept are as fresh as the data, and each is somebody's own.</summary>
public sealed partial class KeptStandingsTests
{
    [Test]
    public async Task Standings_are_kept_until_something_they_are_made_from_changes_and_for_each_person_apart()
    {
        await using var conf = await TestConference.Open();
        var (chair, author, reviewer) = (await conf.Person(Role.Chair), await conf.Person(Role.Chair), await conf.Reviewer());
        var number = await conf.Submission(author);
        var other = await conf.Submission(await conf.Person());
        await conf.Assign(number, reviewer);
        var before = await Seen(conf, chair);
        Assert.That(before.Select(s => s.Number), Is.EquivalentTo(new[] { number, other }));
        Assert.That((await Seen(conf, chair)).Single(s => s.Number == number), Is.SameAs(before.Single(s => s.Number == number)), "kept");
        Assert.That((await Seen(conf, author)).Select(s => s.Number), Is.EqualTo(new[] { other }), "nobody is answered with another's rows");

        await conf.HandIn(number, reviewer, 5);
        Assert.That((await Seen(conf, chair)).Single(s => s.Number == number).Due, Is.True);
        await conf.Send(new CollectScores());
        Assert.That((await Seen(conf, chair)).Single(s => s.Number == number), Has.Property("Mean").EqualTo(5).And.Property("Due").False);
        await conf.Send(new Decide(number, DecisionKind.Oral, "Good", chair));
        Assert.That((await Seen(conf, chair)).Single(s => s.Number == number).Decision, Is.EqualTo(DecisionKind.Oral));
        await conf.AsReviewer(chair);
        await conf.Conflict(number, chair);
        Assert.That((await Seen(conf, chair)).Select(s => s.Number), Is.EqualTo(new[] { other }));
        await conf.Run("delete from Conflict where SubmissionNumber = @number", new { number });
        Assert.That((await Seen(conf, chair)).Select(s => s.Number), Is.EquivalentTo(new[] { number, other }));
    }

    [Test]
    public async Task A_command_that_fails_leaves_what_is_kept()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        var number = await conf.Submission(await conf.Person());
        await Seen(conf, chair);
        var stamp = await conf.One<string>(StampOf, new { part = DataParts.Standings });

        Assert.That(async () => await conf.Send(new UndoDecision(number, chair)), Throws.Exception);
        Assert.That(await conf.One<string>(StampOf, new { part = DataParts.Standings }), Is.EqualTo(stamp));
        await conf.Send(new Decide(number, DecisionKind.Poster, "Good", chair));
        Assert.That(await conf.One<string>(StampOf, new { part = DataParts.Standings }), Is.Not.EqualTo(stamp));
    }

    [Test]
    public void Every_table_that_a_kept_answer_reads_belongs_to_its_part()
    {
        var tables = SchemaTables.InOrder.Select(t => t.Name).ToHashSet();
        Assert.That(DataParts.Tables.Values.SelectMany(t => t).Distinct(), Is.SubsetOf(tables));
        Assert.That(ReadBy(typeof(Standings), typeof(Judges)), Is.SubsetOf(Tables(DataParts.Standings)));
        Assert.That(ReadBy(typeof(Standings), typeof(Judges), typeof(ReadPlotsHandler)), Is.SubsetOf(Tables(DataParts.Reviewing)));
        Assert.That(DataParts.Tables.Values.SelectMany(t => t), Is.Unique);

        IEnumerable<string> Tables(string part) => DataParts.Of(part).SelectMany(p => DataParts.Tables[p]);

        List<string> ReadBy(params Type[] types) => [.. types.SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic)).Where(f => f.IsLiteral && f.FieldType == typeof(string))
            .SelectMany(f => Read().Matches((string)f.GetRawConstantValue()!)).Select(m => m.Groups[1].Value).Distinct()];
    }

    [TestCase("update Submission set Title = @title where Number = @n", "Standings")]
    [TestCase("  insert into Review (SubmissionNumber) values (1)", "Reviewing")]
    [TestCase("delete from Conflict where ReviewerId = 1", "Standings")]
    [TestCase("update ReviewRevision set At = @at")]
    [TestCase("insert into Author (SubmissionNumber) select Number from Submission", "Standings")]
    [TestCase("select 1 from Submission")]
    public void A_statement_tells_which_parts_it_changes(string sql, params string[] parts) => Assert.That(DataParts.ChangedBy(sql), Is.EqualTo(parts));

    private static async Task<IReadOnlyList<StandingView>> Seen(TestConference conf, Actor by) => (await conf.Send(new ReadStandings(new StandingFilter(), by))).Items;

    private const string StampOf = "select Stamp from DataStamp where Part = @part";

    [GeneratedRegex(@"\b(?:from|join)\s+(\w+)")]
    private static partial Regex Read();
}
