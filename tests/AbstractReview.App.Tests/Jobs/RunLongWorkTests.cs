using System.Collections.Concurrent;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Jobs;

/// <summary>Long work is claimed with a lease and a fencing number: nodes that stop, die or race never do it twice nor lose it.</summary>
public class RunLongWorkTests
{
    [Test]
    public async Task A_node_that_stops_hands_its_work_back_and_the_next_one_does_it()
    {
        var work = new Work();
        await using var conf = await TestConference.Open(services: s => s.AddSingleton<ILongWork>(work));
        await Queue(conf, "one");
        using var stop = new CancellationTokenSource();
        work.During = async ct =>
        {
            await stop.CancelAsync();
            ct.ThrowIfCancellationRequested();
        };

        Assert.That(async () => await conf.Send(new RunLongWork(), stop.Token), Throws.InstanceOf<OperationCanceledException>());
        var handedBack = await State(conf);
        work.During = null;
        await conf.Send(new RunLongWork());

        Assert.That((handedBack, await State(conf)), Is.EqualTo((new JobState("Queued", null, 1), new JobState("Done", await conf.One<string>("select ClaimedBy from Job"), 2))));
        Assert.That(work.Finished, Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task Who_was_silent_for_longer_than_the_lease_cannot_finish_what_another_took_over()
    {
        var work = new Work();
        await using var conf = await TestConference.Open(services: s => s.AddSingleton<ILongWork>(work));
        await Queue(conf, "one");
        // While this node works, another finds the lease run out and claims the job.
        work.During = async _ => await conf.Run("update Job set Fence = Fence + 1, ClaimedBy = 'elsewhere:1', ClaimedUntil = @until", new { until = DateTimeOffset.UtcNow.AddHours(1) });

        await conf.Send(new RunLongWork());

        Assert.That(await State(conf), Is.EqualTo(new JobState("Running", "elsewhere:1", 2)));
    }

    [Test]
    public async Task What_a_dead_node_left_is_taken_up_when_its_lease_has_run_out_and_not_before()
    {
        var work = new Work();
        await using var conf = await TestConference.Open(services: s => s.AddSingleton<ILongWork>(work));
        await Queue(conf, "one");
        await conf.Run("update Job set State = 'Running', Fence = 1, ClaimedBy = 'elsewhere:1', ClaimedUntil = @until", new { until = DateTimeOffset.UtcNow.AddHours(1) });
        var tooEarly = await conf.Send(new RunLongWork());
        await conf.Run("update Job set ClaimedUntil = @until", new { until = DateTimeOffset.UtcNow.AddSeconds(-1) });

        var then = await conf.Send(new RunLongWork());

        Assert.That((tooEarly, then, (await State(conf)).State), Is.EqualTo((0, 1, "Done")));
    }

    [Test]
    public async Task Four_workers_at_once_do_each_of_twenty_jobs_once()
    {
        var work = new Work { During = async _ => await Task.Yield() };
        await using var conf = await TestConference.Open(services: s => s.AddSingleton<ILongWork>(work));
        var names = Enumerable.Range(1, 20).Select(i => $"job {i}").ToList();
        foreach (var name in names) await Queue(conf, name);

        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => conf.Send(new RunLongWork()))));

        Assert.That(done.Sum(), Is.EqualTo(20));
        Assert.That(work.Finished, Is.EquivalentTo(names));
    }

    private static async Task Queue(TestConference conf, string input)
    {
        var chair = await conf.Person(Role.Chair);
        await using var scope = conf.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Transaction(() => scope.ServiceProvider.GetRequiredService<JobQueue>().Queue("unit", input, chair, default), default);
    }

    private static async Task<JobState> State(TestConference conf) => (await conf.One<JobState>("select State, ClaimedBy, Fence from Job where Id = 1"))!;

    private sealed record JobState(string State, string? ClaimedBy, long Fence);

    private sealed class Work : ILongWork
    {
        public string Kind => "unit";
        public Func<CancellationToken, Task>? During { get; set; }
        public ConcurrentQueue<string> Finished { get; } = [];

        public async Task<string> Run(string input, Actor by, JobProgress progress, CancellationToken ct)
        {
            if (During is { } during) await during(ct);
            Finished.Enqueue(Json.Read<string>(input));
            return "{}";
        }
    }
}
