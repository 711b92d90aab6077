using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Jobs;

/// <summary>How far a job is, for who asked for it and for those who run the conference.</summary>
public sealed record ReadJob(int Id, Actor By) : IQuery<JobStatus>;

/// <param name="Id">The job.</param>
/// <param name="Kind">Such as <c>book</c>.</param>
/// <param name="State"><c>Queued</c>, <c>Running</c>, <c>Done</c> or <c>Failed</c>.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 while unknown.</param>
/// <param name="Message">What it is at, in words.</param>
/// <param name="Result">What came of it, as the kind of job writes it.</param>
public sealed record JobStatus(int Id, string Kind, string State, int Done, int Total, string Message, System.Text.Json.JsonElement? Result);

internal sealed class ReadJobHandler(Db db) : IRequestHandler<ReadJob, JobStatus>
{
    public async Task<JobStatus> Handle(ReadJob query, CancellationToken ct)
    {
        var row = await db.One<Row>(Find, new { query.Id }, ct);
        if (row is null || !(query.By.OnCommittee || query.By.RunsConference || (query.By.SignedIn && query.By.PersonId == row.RequestedById)))
            throw new NotFoundException($"There is no job {query.Id} for you.");
        return Status(row);
    }

    /// <summary>A job for a use case that has judged the asker by its own rule.</summary>
    internal static async Task<JobStatus?> Read(Db db, int id, CancellationToken ct) => await db.One<Row>(Find, new { id }, ct) is { } row ? Status(row) : null;

    private static JobStatus Status(Row row) => new(row.Id, row.Kind, row.State, row.Done, row.Total, row.Message,
        row.Result is null ? null : Json.Read<System.Text.Json.JsonElement>(row.Result));

    private sealed record Row
    {
        public required int Id { get; init; }
        public required string Kind { get; init; }
        public required string State { get; init; }
        public required int Done { get; init; }
        public required int Total { get; init; }
        public required string Message { get; init; }
        public required string? Result { get; init; }
        public required int RequestedById { get; init; }
    }

    private const string Find = "select Id, Kind, State, Done, Total, Message, Result, RequestedById from Job where Id = @Id";
}
