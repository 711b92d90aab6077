using AbstractReview.App.Storage;
using Microsoft.Data.Sqlite;

namespace AbstractReview.App.Tests.Storage;

/// <summary>Commands that share a commit: each whole or not at all, numbered in order, and answered only when on disk.</summary>
public sealed class GroupCommitTests
{
    private DirectoryInfo _folder = null!;
    private SqliteDialect _dialect = null!;

    [SetUp]
    public async Task Create()
    {
        TestEngine.SqliteOnly();
        _folder = Directory.CreateTempSubdirectory("abstractreview-");
        _dialect = new SqliteDialect(File);
        await new Db(_dialect).Run("create table Counter (Name text not null primary key, Value integer not null); create table Item (Id integer not null primary key, Name text not null)", null, default);
    }

    [TearDown]
    public void Delete()
    {
        _dialect?.Dispose();
        _folder?.Delete(recursive: true);
    }

    [Test]
    public async Task Two_hundred_at_once_are_all_kept_and_numbered_without_a_gap()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Add($"item {i}"))));
        Assert.That(numbers.Order(), Is.EqualTo(Enumerable.Range(1, 200)));
        Assert.That(await new Db(_dialect).All<int>("select Id from Item order by rowid", null, default), Is.EqualTo(Enumerable.Range(1, 200)));
    }

    [Test]
    public async Task One_that_fails_takes_its_own_rows_back_and_nobody_elses()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            try
            {
                return await Add($"item {i}", fail: i % 3 == 0);
            }
            catch (InvalidDataException)
            {
                return 0;
            }
        })));
        Assert.That(outcomes.Count(n => n == 0), Is.EqualTo(20));
        Assert.That(outcomes.Where(n => n > 0).Order(), Is.EqualTo(Enumerable.Range(1, 40)), "a failed command gives its number back");
        Assert.That(await new Db(_dialect).One<int>("select count(*) from Item", null, default), Is.EqualTo(40));
    }

    [Test]
    public async Task What_is_acknowledged_is_read_by_another_connection_at_once()
    {
        await using var other = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=false");
        await other.OpenAsync();
        for (var i = 1; i <= 20; i++)
        {
            var others = Enumerable.Range(0, 5).Select(n => Task.Run(() => Add($"other {i}.{n}"))).ToList();
            var number = await Add($"item {i}");
            await using var command = new SqliteCommand("select Name from Item where Id = @id", other);
            command.Parameters.AddWithValue("@id", number);
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo($"item {i}"));
            await Task.WhenAll(others);
        }
    }

    [Test]
    public async Task A_cancelled_one_leaves_those_before_it_committed()
    {
        using var cancelled = new CancellationTokenSource();
        var first = new TaskCompletionSource();
        var holding = new Db(_dialect).Transaction(async () => { await first.Task; return 1; }, default);
        var waiting = Enumerable.Range(0, 5).Select(i => Add($"item {i}")).ToList();
        var late = new Db(_dialect).Transaction(() => Task.FromResult(1), cancelled.Token);
        await cancelled.CancelAsync();
        first.SetResult();
        Assert.That(await holding, Is.EqualTo(1));
        Assert.That((await Task.WhenAll(waiting)).Order(), Is.EqualTo(Enumerable.Range(1, 5)));
        Assert.That(async () => await late, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_quick_one_is_answered_though_a_long_one_runs_behind_it()
    {
        var (first, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = new Db(_dialect).Transaction(() => first.Task, default);
        var quick = Add("quick");
        var takesLong = new Db(_dialect).LongTransaction(() => end.Task, default);
        var after = Add("after");
        first.SetResult();
        Assert.That(await quick.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(1));
        Assert.That((takesLong.IsCompleted, after.IsCompleted), Is.EqualTo((false, false)));
        end.SetResult();
        await Task.WhenAll(holding, takesLong);
        Assert.That(await after, Is.EqualTo(2));
    }

    [Test]
    public async Task A_snapshot_stands_still_and_nobody_waits_for_it()
    {
        await Add("before");
        var db = new Db(_dialect);
        var (seen, later) = await db.Snapshot(async () =>
        {
            var counted = await db.One<int>("select count(*) from Item", null, default);
            await Add("meanwhile").WaitAsync(TimeSpan.FromSeconds(20));
            Assert.That(async () => await db.Run("delete from Item", null, default), Throws.InvalidOperationException);
            return (counted, await db.One<int>("select count(*) from Item", null, default));
        }, default);
        Assert.That((seen, later, await db.One<int>("select count(*) from Item", null, default)), Is.EqualTo((1, 1, 2)));
    }

    [Test]
    public async Task Commands_go_on_once_another_process_lets_go_of_the_file()
    {
        await using var other = new SqliteConnection($"Data Source={File};Pooling=false");
        await other.OpenAsync();
        await using var begin = new SqliteCommand("begin immediate", other);
        await begin.ExecuteNonQueryAsync();
        var waiting = Enumerable.Range(0, 3).Select(i => Task.Run(() => Add($"item {i}"))).ToList();
        await Task.Delay(300);
        Assert.That(waiting.Any(w => w.IsCompleted), Is.False);
        await using var commit = new SqliteCommand("commit", other);
        await commit.ExecuteNonQueryAsync();
        Assert.That((await Task.WhenAll(waiting)).Order(), Is.EqualTo(Enumerable.Range(1, 3)));
    }

    [Test]
    public async Task A_full_file_fails_every_command_of_the_group_and_the_next_group_works()
    {
        var db = new Db(_dialect);
        var error = Assert.ThrowsAsync<SqliteException>(() => db.Transaction(async () =>
        {
            await db.Run("pragma max_page_count = 10", null, default);
            await db.Run("insert into Item (Id, Name) values (1, @name)", new { name = new string('x', 1_000_000) }, default);
            return 0;
        }, default));
        Assert.That(error!.SqliteErrorCode, Is.EqualTo(13));
        Assert.That(await Add("after"), Is.EqualTo(1));
    }

    private string File => Path.Combine(_folder.FullName, "test.db");

    private Task<int> Add(string name, bool fail = false)
    {
        var db = new Db(_dialect);
        return db.Transaction(async () =>
        {
            var id = await db.Next("Item", default);
            await db.Run("insert into Item (Id, Name) values (@id, @name)", new { id, name }, default);
            return fail ? throw new InvalidDataException("as told") : id;
        }, default);
    }
}
