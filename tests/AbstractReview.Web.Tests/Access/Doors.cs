using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Access;

/// <summary>A door: a method, an address, and for a page's form the name of what it does.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Pattern">As the application writes it.</param>
/// <param name="Handler">The page's handler; empty for its only one.</param>
/// <param name="IsPage">A page rather than a route of the API.</param>
internal sealed record Door(string Method, string Pattern, string Handler, bool IsPage)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    /// <summary>Answers with events that may never come.</summary>
    public bool IsStream { get; init; }
    public bool IsSafe => Method == "GET";
    public bool IsOfSubmission => Pattern.Contains("ubmissions/{number", StringComparison.Ordinal) || Pattern.StartsWith("/reviews/{number", StringComparison.Ordinal);
    public override string ToString() => $"{Method} {Pattern}{(Handler == "" ? "" : "?handler=" + Handler)}";

    private static bool IsEvents(RouteEndpoint endpoint)
        => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(m => m.ContentTypes.Contains("text/event-stream"));

    /// <summary>Every door the application lists, static files apart.</summary>
    public static async Task<IReadOnlyList<Door>> All(IServiceProvider services)
    {
        var (doors, loader) = (new List<Door>(), services.GetRequiredService<PageLoader>());
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.RoutePattern.Parameters.Any(p => p.IsCatchAll)) continue;
            var pattern = "/" + endpoint.RoutePattern.RawText?.Trim('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
                doors.AddRange((await loader.LoadAsync(page, new Microsoft.AspNetCore.Http.EndpointMetadataCollection())).HandlerMethods.Where(h => Methods.Contains(h.HttpMethod.ToUpperInvariant())).Select(h => new Door(h.HttpMethod.ToUpperInvariant(), pattern, h.Name ?? "", true)));
            else
                doors.AddRange((endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(Methods.Contains).Select(m => new Door(m, pattern, "", false) { IsStream = IsEvents(endpoint) }));
        }

        return doors.Distinct().OrderBy(d => d.Pattern, StringComparer.Ordinal).ThenBy(d => d.ToString(), StringComparer.Ordinal).ToList();
    }
}
