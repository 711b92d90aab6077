using System.Text;
using AbstractReview.App.Submissions.Bulk;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>All submissions as a file, out and in, for the secretariat.</summary>
internal static class BulkApi
{
    private const long Largest = 64L * 1024 * 1024;

    public static void MapBulk(this RouteGroupBuilder api)
    {
        api.MapGet("/submissions/export/{format}", async (string format, HttpContext http, IMediator mediator) =>
        {
            var file = await mediator.Send(new ExportSubmissions(FormatOf(format), http.Actor()), http.RequestAborted);
            http.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(file.Bytes, file.MediaType, file.Name);
        });

        api.MapPost("/submissions/import", async (bool? dryRun, HttpContext http, IMediator mediator) =>
        {
            if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Largest;
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            var report = await mediator.Send(new ImportSubmissions(await reader.ReadToEndAsync(http.RequestAborted), dryRun == true, http.Actor()), http.RequestAborted);
            return report.Errors.Count > 0 ? throw new RuleBrokenException([.. report.Errors.Select(e => new FieldError("file", e))]) : TypedResults.Ok(report);
        }).Accepts<string>("text/csv", "application/json").WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(Largest));
    }

    /// <summary>The format by its name in addresses: csv, xlsx, indico or hotcrp.</summary>
    /// <exception cref="RuleBrokenException">There is no such format.</exception>
    internal static BulkFormat FormatOf(string word)
        => Enum.TryParse<BulkFormat>(word, ignoreCase: true, out var format) && Enum.IsDefined(format) ? format
            : throw new RuleBrokenException("format", "The formats are csv, xlsx, indico and hotcrp.");
}
