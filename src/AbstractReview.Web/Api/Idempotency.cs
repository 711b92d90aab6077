using System.Security.Cryptography;
using System.Text.Json;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AbstractReview.Web.Api;

/// <summary>
/// <c>Idempotency-Key</c> on requests that create: the first answer is stored in the transaction that created, and given again to whoever
/// repeats the request; the same key with another body is refused. Keys are each person's own. A refused request stores nothing.
/// </summary>
internal sealed class Idempotency(Db db, TimeProvider clock, IOptions<JsonOptions> json) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (http, ct) = (context.HttpContext, context.HttpContext.RequestAborted);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key == "" || !http.Actor().SignedIn) return await next(context);
        if (key.Length > 200 || key.Any(char.IsControl)) throw new RuleBrokenException("Idempotency-Key", "A key has at most 200 characters.");
        var id = new { http.Actor().PersonId, key };
        var hash = Hash(context);
        return await db.Transaction(async () =>
        {
            if (await db.One<Answer>(Read, id, ct) is { } known)
                return known.RequestHash == hash
                    ? Again(http, known)
                    : throw new RuleBrokenException("Idempotency-Key", "This key was used for another request; take a new key for a new request.");
            return await Keep(http, id.PersonId, key, hash, await next(context), ct);
        }, ct);
    }

    // What is kept is what is sent, so that the body is written once and a repeated request gets the same bytes.
    private async Task<object?> Keep(HttpContext http, int personId, string key, string hash, object? answer, CancellationToken ct)
    {
        var value = answer is IValueHttpResult held ? held.Value : answer;
        var kept = new Answer
        {
            RequestHash = hash,
            Status = (answer as IStatusCodeHttpResult)?.StatusCode ?? 200,
            Location = (answer as ICreated)?.Location,
            ETag = http.Response.Headers.ETag.ToString(),
            Body = JsonSerializer.Serialize(value, json.Value.SerializerOptions),
        };
        await db.Run(Insert, new { personId, key, kept.RequestHash, kept.Status, kept.Location, kept.ETag, kept.Body, now = clock.GetUtcNow() }, ct);
        return Again(http, kept);
    }

    private static IResult Again(HttpContext http, Answer known)
    {
        if (known.Location is { } location) http.Response.Headers.Location = location;
        if (known.ETag != "") http.Response.Headers.ETag = known.ETag;
        return Results.Content(known.Body, "application/json; charset=utf-8", statusCode: known.Status);
    }

    // The body as it was understood: white space and the order of members do not make another request.
    private string Hash(EndpointFilterInvocationContext context)
    {
        var bodies = context.Arguments.Where(a => a is IRequestBody or bool);
        var text = $"{context.HttpContext.Request.Method} {context.HttpContext.Request.Path}\n{JsonSerializer.Serialize(bodies, json.Value.SerializerOptions)}";
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private sealed record Answer
    {
        public required string RequestHash { get; init; }
        public required int Status { get; init; }
        public required string? Location { get; init; }
        public required string ETag { get; init; }
        public required string Body { get; init; }
    }

    private const string Read = "select RequestHash, Status, Location, ETag, Body from IdempotencyKey where PersonId = @PersonId and RequestKey = @key";

    private const string Insert = """
        insert into IdempotencyKey (PersonId, RequestKey, RequestHash, Status, Location, ETag, Body, CreatedAt)
        values (@personId, @key, @RequestHash, @Status, @Location, @ETag, @Body, @now)
        """;
}

/// <summary>Marks what a request body is bound to, so that its content can be told from services.</summary>
internal interface IRequestBody;

/// <summary>201 with the address of what was created.</summary>
internal interface ICreated
{
    string Location { get; }
}

internal static class Created
{
    public static IResult At<T>(string location, T value) => new Result<T>(location, value);

    private sealed class Result<T>(string location, T value) : IResult, ICreated, IStatusCodeHttpResult, IValueHttpResult
    {
        public string Location => location;
        public int? StatusCode => 201;
        public object? Value => value;
        public Task ExecuteAsync(HttpContext httpContext) => TypedResults.Created(location, value).ExecuteAsync(httpContext);
    }
}
