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
            else hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(2), IdType = InMemoryStorageIdType.Long });
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

/// <summary>Rings once however often it is asked, until the job has begun here or, since another node may have taken it, some seconds have passed.</summary>
internal sealed class HangfireAlarm(IBackgroundJobClient client, ILogger<HangfireAlarm> log) : IAlarm
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> _rung = new();

    public void Ring(string job)
    {
        var now = Stopwatch.GetTimestamp();
        if (_rung.GetOrAdd(job, now) is var since && since != now)
        {
            if (Stopwatch.GetElapsedTime(since) < Quiet || !_rung.TryUpdate(job, now, since)) return;
        }

        try
        {
            client.Enqueue<JobHost>(host => host.Run(job, CancellationToken.None));
        }
        catch (BackgroundJobClientException failure)
        {
            // What it was rung for is committed; the timetable finds it within the minute.
            log.LogWarning(failure, "The job {Job} could not be rung for", job);
        }
    }

    public void Begun(string job) => _rung.TryRemove(job, out _);
}

/// <summary>What Hangfire calls: sends the job's one request, one at a time per job.</summary>
internal sealed class JobHost(IMediator mediator, HangfireAlarm alarm)
{
    [DisableConcurrentExecution(timeoutInSeconds: 600)]
    [AutomaticRetry(Attempts = 3)]
    public Task Run(string job, CancellationToken ct)
    {
        alarm.Begun(job);
        return mediator.Send(Timetable.Jobs[job].Create(), ct);
    }
}
