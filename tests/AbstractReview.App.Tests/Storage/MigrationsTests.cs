using System.Text.RegularExpressions;
using AbstractReview.App.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Storage;

/// <summary>A rolling upgrade: the older program lives with what a newer one added, and with nothing else.</summary>
public sealed partial class MigrationsTests
{
    [Test]
    public async Task An_older_program_runs_beside_a_schema_that_only_grew()
    {
        await using var conf = await TestConference.Open();
        await Applied(conf, "9001_expand_badges.sql", "create table Badge (Id integer not null primary key); alter table Submission add Colour text null");
        Assert.That(await conf.Services.GetRequiredService<Migrations>().Apply(default), Is.Zero);
        var author = await conf.Person(Domain.Role.Author);
        Assert.That((await conf.Send(new App.Submissions.CreateSubmission(Submissions.Writing.Content("After the step"), author))).Number, Is.EqualTo(1));
        Assert.That(await conf.Send(new App.Audit.CheckInvariants()), Is.Empty);
    }

    [Test]
    public async Task An_older_program_refuses_a_schema_that_was_changed_under_it()
    {
        await using var conf = await TestConference.Open();
        await Applied(conf, "9002_drop_bids.sql", "drop table Bid");
        Assert.That(() => conf.Services.GetRequiredService<Migrations>().Apply(default), Throws.InvalidOperationException.With.Message.Contain("newer version"));
    }

    [Test]
    public void A_step_that_says_it_only_adds_only_adds()
    {
        var steps = new[] { "sqlite", "sqlserver" }.SelectMany(Migrations.StepsOf).Where(s => Migrations.Expands(s.Name)).ToList();
        Assert.That(steps, Is.Not.Empty);
        foreach (var step in steps)
            foreach (var statement in Comment().Replace(step.Sql, "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                Assert.That(Adds().IsMatch(statement), $"{step.Name}: {statement}");
    }

    [Test]
    public async Task Every_table_of_the_schema_is_known_with_its_columns()
    {
        TestEngine.SqliteOnly();
        await using var conf = await TestConference.Open();
        var tables = await conf.All<string>("select name from sqlite_master where type = 'table' and name not in ('SchemaVersion', 'sqlite_sequence') order by name");
        Assert.That(SchemaTables.InOrder.Select(t => t.Name).Order(StringComparer.Ordinal), Is.EqualTo(tables));
        foreach (var table in SchemaTables.InOrder)
        {
            Assert.That(table.Columns.Keys.Order(StringComparer.Ordinal), Is.EqualTo((await conf.All<string>($"select name from pragma_table_info('{table.Name}')")).Order(StringComparer.Ordinal)), table.Name);
            Assert.That(table.Key, Is.EqualTo(await conf.All<string>($"select name from pragma_table_info('{table.Name}') where pk > 0 order by pk")), table.Name);
        }
    }

    private static async Task Applied(TestConference conf, string name, string sql)
    {
        var db = new Db(conf.Services.GetRequiredService<Dialect>());
        await db.Run(sql, null, default);
        await db.Run("insert into SchemaVersion (Step, Name, Checksum, AppliedAt) values (@step, @name, '', '')", new { step = int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name }, default);
    }

    [GeneratedRegex(@"^--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    // A new column may be empty or has a default.
    [GeneratedRegex(@"^(create table \w+ \(|create (unique )?index |alter table \w+ add (column )?\w+ \S+ (null$|not null .*default ))", RegexOptions.Singleline)]
    private static partial Regex Adds();
}
