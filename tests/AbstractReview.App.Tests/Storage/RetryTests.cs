using System.Data.Common;
using System.Reflection;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.App.Tests.Submissions;
using MediatR;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace AbstractReview.App.Tests.Storage;

/// <summary>A transaction is tried again when the engine says that it may pass, never when it may have been carried out, and never around what the world sees.</summary>
public sealed class RetryTests
{
    [TestCase(0, 1)]
    [TestCase(4, 5)]
    public async Task A_transient_failure_is_tried_again_and_what_follows_the_commit_happens_once(int failures, int tries)
    {
        using var dialect = new Failing(failures, transient: true);
        var (db, worked, followed) = (new Db(dialect), 0, 0);
        var answer = await db.Transaction(() =>
        {
            db.AfterCommit(() => followed++);
            return Task.FromResult(++worked);
        }, default);
        Assert.That((answer, worked, followed, dialect.Writes), Is.EqualTo((tries, tries, 1, tries)));
    }

    [TestCase(5, true, 5)]
    [TestCase(1, false, 1)]
    public void One_that_does_not_pass_is_told(int failures, bool transient, int tries)
    {
        using var dialect = new Failing(failures, transient);
        var followed = 0;
        var db = new Db(dialect);
        Assert.ThrowsAsync<Broken>(() => db.Transaction(() =>
        {
            db.AfterCommit(() => followed++);
            return Task.CompletedTask;
        }, default));
        Assert.That((dialect.Writes, followed), Is.EqualTo((tries, 0)));
    }

    // The numbers of Microsoft's list of transient errors, a deadlock and a lock time-out; then a broken constraint, a missing table and a full disk.
    [TestCase(new[] { 1205, 1222, 3960, -2, 233, 4060, 10053, 10054, 10060, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920 }, true)]
    [TestCase(new[] { 547, 2627, 208, 1105, 102 }, false)]
    public void The_failures_of_SQL_Server_that_may_pass_are_known(int[] numbers, bool transient)
        => Assert.That(numbers.Where(n => new SqlServerDialect("Server=nowhere").IsTransient(Error(n)) != transient), Is.Empty);

    [Test]
    public void A_commit_whose_answer_was_lost_is_not_tried_again_but_a_deadlocks_victim_is()
    {
        var dialect = new SqlServerDialect("Server=nowhere");
        var doubt = Assert.ThrowsAsync<CommitInDoubtException>(() => SqlServerDialect.Commit(() => throw Error(10054)));
        Assert.That((dialect.IsTransient(doubt!), StorageTrouble.Words(doubt!)), Is.EqualTo((false, "The database did not answer whether this was saved. Look before you send it again.")));
        Assert.That(dialect.IsTransient(Assert.ThrowsAsync<SqlException>(() => SqlServerDialect.Commit(() => throw Error(1205)))!), Is.True);
    }

    [Test]
    public async Task While_a_mail_is_handed_over_no_transaction_is_open()
    {
        await using var conf = await TestConference.Open();
        await using var scope = conf.Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        await scope.ServiceProvider.GetRequiredService<Db>().Transaction(() => outbox.Queue(new Mail { Key = "test/1", Kind = "Test", ToEmail = "a@somewhere.example", ToName = "A", Subject = "S", Text = "T" }, default), default);
        var transport = new Writing(conf);
        var handler = ActivatorUtilities.CreateInstance(scope.ServiceProvider, typeof(SendWaitingMail).Assembly.GetType("AbstractReview.App.Mailing.SendWaitingMailHandler")!, transport);
        var sent = await ((IRequestHandler<SendWaitingMail, int>)handler).Handle(new SendWaitingMail(), default);
        Assert.That((sent, transport.Wrote), Is.EqualTo((1, 1)));
    }

    /// <summary>An error as the server would send it; its type has no public constructor.</summary>
    private static SqlException Error(int number)
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
        var error = typeof(SqlError).GetConstructors(any).Select(c => (Made: c, Asked: c.GetParameters())).OrderBy(c => c.Asked.Length).First(c => c.Asked.Length > 1 && c.Asked[0].ParameterType == typeof(int));
        var values = error.Asked.Select((p, i) => i == 0 ? number : p.ParameterType == typeof(string) ? "x" : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null).ToArray();
        var errors = (SqlErrorCollection)typeof(SqlErrorCollection).GetConstructors(any)[0].Invoke(null);
        typeof(SqlErrorCollection).GetMethod("Add", any, [typeof(SqlError)])!.Invoke(errors, [error.Made.Invoke(values)]);
        var create = typeof(SqlException).GetMethods(any).Where(m => m.Name == "CreateException").OrderBy(m => m.GetParameters().Length).First();
        return (SqlException)create.Invoke(null, [.. create.GetParameters().Select((p, i) => i == 0 ? errors : p.ParameterType == typeof(string) ? (object)"16.0" : null)])!;
    }

    private sealed class Broken() : DbException("Broken for this test.");

    private sealed class Failing(int failures, bool transient) : Dialect, IDisposable
    {
        private readonly SqliteDialect _inner = new(":memory:");

        public int Writes { get; private set; }

        public override string Folder => "sqlite";
        public override Task<DbConnection> Open(CancellationToken ct) => _inner.Open(ct);
        public override Task<T> Snapshot<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken ct) => _inner.Snapshot(work, ct);
        public override string Words(string sql) => sql;
        public override bool IsTransient(DbException error) => transient && error is Broken;
        public override bool IsDuplicate(DbException error) => false;

        // Fails at the commit, after the work was done.
        public override async Task<T> Write<T>(Func<DbConnection, DbTransaction?, Task<T>> work, bool takesLong, CancellationToken ct)
        {
            await using var connection = await _inner.Open(ct);
            var answer = await work(connection, null);
            return ++Writes <= failures ? throw new Broken() : answer;
        }

        public void Dispose() => _inner.Dispose();
    }

    /// <summary>Writes to the database through a connection of its own while it is handed a mail: who held a transaction would make it wait for ever.</summary>
    private sealed class Writing(TestConference conf) : IMailTransport
    {
        public int Wrote { get; private set; }

        public async Task Send(int outboxId, MimeMessage message, CancellationToken ct)
        {
            await conf.Write("update Setting set Value = Value where Name = 'x'", new { }).WaitAsync(TimeSpan.FromSeconds(10), ct);
            Wrote++;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
