using System.Collections.Concurrent;
using System.Diagnostics;
using AbstractReview.App.Jobs;
using Hangfire;
using Hangfire.InMemory;
using MediatR;

namespace AbstractReview.Web.Jobs;

/// <summary>Hangfire is the alarm clock: it rings jobs after commits and, as a safety net, by the timetable. The truth is in our own tables.</summary>
internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration settings)
    {
        // A rehearsal's copy has no jobs of its own: it sends their requests when the story is there.
        if (settings["Jobs:Storage"] == "None") return services.AddSingleton<IAlarm, SilentAlarm>();
        services.AddSingleton<HangfireAlarm>();
        services.AddSingleton<IAlarm>(p => p.GetRequiredService<HangfireAlarm>());
        services.AddScoped<JobHost>();
        services.AddHangfire(hangfire =>
        {
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (settings["Jobs:Storage"] == "SqlServer") hangfire.UseSqlServerStorage(settings.GetConnectionString("Default"));
            // What a job did stands in our own tables; its rings are forgotten soon, or a busy day's would fill the memory.
            else hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromSeconds(30), IdType = InMemoryStorageIdType.Long });
        });
        services.AddHangfireServer(o =>
        {
            o.WorkerCount = 3;
            o.SchedulePollingInterval = TimeSpan.FromSeconds(5);
            o.CancellationCheckInterval = TimeSpan.FromSeconds(5);
            o.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });
        return services;
    }

    /// <summary>Sets the timetable and rings everything once: what was due when the process died is found again at once.</summary>
    public static void StartJobs(this IServiceProvider services)
    {
        var recurring = services.GetRequiredService<IRecurringJobManager>();
        var alarm = services.GetRequiredService<HangfireAlarm>();
        foreach (var job in Timetable.Jobs.Values)
        {
            recurring.AddOrUpdate<JobHost>(job.Job, host => host.Run(job.Job, CancellationToken.None), job.Cron);
            alarm.Ring(job.Job);
        }
    }
}

/// <summary>
/// Rings once however often it is asked, until the job has begun here or, since another node may have taken it, some seconds have passed; not while the
/// job runs here, but then once more; and not before the job has rested. A ring that waits for that and is lost with the process is made up for by the timetable.
/// </summary>
internal sealed class HangfireAlarm(IBackgroundJobClient client, ILogger<HangfireAlarm> log) : IAlarm
{
    private readonly ConcurrentDictionary<string, Bell> _bells = new();

    public void Ring(string job)
    {
        if (Of(job).Ring(Stopwatch.GetTimestamp()) is not { } wait) return;
        if (wait <= TimeSpan.Zero) Enqueue(job);
        else _ = EnqueueAfter(job, wait);
    }

    /// <summary>Whether it may run: not while it already does here; then it is rung for again when that has ended.</summary>
    public bool Begun(string job) => Of(job).Begun(Stopwatch.GetTimestamp());

    public void Ended(string job)
    {
        if (Of(job).Ended(Stopwatch.GetTimestamp())) Ring(job);
    }

    private Bell Of(string job) => _bells.GetOrAdd(job, _ => new Bell(Timetable.Jobs[job].Rest));

    private async Task EnqueueAfter(string job, TimeSpan rest)
    {
        await Task.Delay(rest);
        Enqueue(job);
    }

    private void Enqueue(string job)
    {
        try
        {
            client.Enqueue<JobHost>(host => host.Run(job, CancellationToken.None));
        }
        catch (Exception failure) when (failure is BackgroundJobClientException or ObjectDisposedException)
        {
            // What it was rung for is committed; the timetable finds it within the minute.
            log.LogWarning(failure, "The job {Job} could not be rung for", job);
        }
    }
}

/// <summary>When one job was rung for here, ran and has rested; in the stopwatch's ticks.</summary>
/// <param name="rest">How many times as long as it ran a job rests before it is rung for again.</param>
internal sealed class Bell(int rest)
{
    private static readonly long Quiet = 5 * Stopwatch.Frequency;

    private readonly Lock _lock = new();
    private long? _rung;
    private long? _since;
    private long _rested;
    private bool _asked;

    /// <summary>How long to wait before the job is enqueued; null where that is done already, or will be when it has ended.</summary>
    public TimeSpan? Ring(long now)
    {
        lock (_lock)
        {
            if (_since is not null)
            {
                _asked = true;
                return null;
            }

            if (_rung is { } rung && now - rung < Quiet) return null;
            _rung = Math.Max(now, _rested);
            return Stopwatch.GetElapsedTime(now, _rung.Value);
        }
    }

    /// <summary>Whether it may run; where it already does, it is as if it had been rung for.</summary>
    public bool Begun(long now)
    {
        lock (_lock)
        {
            if (_since is not null)
            {
                _asked = true;
                return false;
            }

            (_rung, _since) = (null, now);
            return true;
        }
    }

    /// <summary>Whether it was rung for while it ran.</summary>
    public bool Ended(long now)
    {
        lock (_lock)
        {
            _rested = now + rest * (now - (_since ?? now));
            _since = null;
            (var asked, _asked) = (_asked, false);
            return asked;
        }
    }
}

/// <summary>
/// What Hangfire calls: sends the job's one request, one at a time per job. No worker waits for another of this process: mail that is sent for
/// minutes would hold them all, and reviews' scores and declined reviews would wait for it.
/// </summary>
internal sealed class JobHost(IMediator mediator, HangfireAlarm alarm, JobStorage storage)
{
    private static readonly TimeSpan OtherNodes = TimeSpan.FromMinutes(10);

    [AutomaticRetry(Attempts = 3)]
    public async Task Run(string job, CancellationToken ct)
    {
        if (!alarm.Begun(job)) return;
        try
        {
            using var connection = storage.GetConnection();
            using var alone = connection.AcquireDistributedLock($"job:{job}", OtherNodes);
            await mediator.Send(Timetable.Jobs[job].Create(), ct);
        }
        finally
        {
            alarm.Ended(job);
        }
    }
}
