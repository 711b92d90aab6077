using AbstractReview.App.Jobs;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>How far long work is, asked for or streamed.</summary>
internal static class JobsApi
{
    public static void MapJobs(this RouteGroupBuilder api)
    {
        api.MapGet("/jobs/{id:int}", async (int id, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadJob(id, http.Actor()), http.RequestAborted)));
        api.MapGet("/jobs/{id:int}/events", async (int id, HttpContext http, IMediator mediator, IHostApplicationLifetime life) =>
        {
            var first = await mediator.Send(new ReadJob(id, http.Actor()), http.RequestAborted);
            return TypedResults.ServerSentEvents(Watch(first, http, mediator, life));
        });
    }

    // Ends with the job, the watcher or the server: whoever still watches asks again, of the next server.
    private static async IAsyncEnumerable<JobStatus> Watch(JobStatus status, HttpContext http, IMediator mediator, IHostApplicationLifetime life)
    {
        yield return status;
        while (status.State is "Queued" or "Running" && !http.RequestAborted.IsCancellationRequested && !life.ApplicationStopping.IsCancellationRequested)
        {
            await Task.Delay(300, http.RequestAborted);
            var next = await mediator.Send(new ReadJob(status.Id, http.Actor()), http.RequestAborted);
            if (next == status) continue;
            status = next;
            yield return status;
        }
    }
}
