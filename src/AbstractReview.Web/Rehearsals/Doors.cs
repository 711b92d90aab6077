using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace AbstractReview.Web.Rehearsals;

/// <summary>Every page and route that answers a GET, as the application itself lists them, with the addresses to try each by.</summary>
internal sealed record Door(string Pattern, IReadOnlyList<string> Addresses, bool IsStream)
{
    // What may stand in an address, by the parameter's name; a search is tried apart.
    private static readonly Dictionary<string, string[]> Fillings = new()
    {
        ["number"] = ["1", "2"], ["id"] = ["1", "2", "3", "4", "5", "6"], ["position"] = ["1"], ["edition"] = ["1"], ["page"] = ["1"], ["release"] = ["1"], ["code"] = ["404"], ["documentName"] = ["v1"], ["way"] = ["withdraw", "decline"], ["kind"] = ["A", "B", "Oral"], ["language"] = ["en"],
        ["format"] = ["pdf", "ics", "json", "xml", "csv", "xlsx", "html"],
    };

    /// <summary>Whether the rehearsal knows how to fill the address.</summary>
    public bool IsKnown => Addresses.Count > 0;

    /// <summary>A list or a page without parameters; one's own account and errors find nothing.</summary>
    public bool IsSearchable => !IsStream && Addresses is [var only] && only == Pattern && !Pattern.StartsWith("/account", StringComparison.Ordinal) && Pattern is not ("/error" or "/openapi/v1.json");

    public static IReadOnlyList<Door> All(IServiceProvider services) => services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && !e.RoutePattern.Parameters.Any(p => p.IsCatchAll) && Answers(e, "GET"))
        .Select(e => new Door("/" + e.RoutePattern.RawText?.Trim('/'), Fill(e.RoutePattern), IsEvents(e)))
        .DistinctBy(d => d.Pattern).OrderBy(d => d.Pattern, StringComparer.Ordinal).ToList();

    private static bool Answers(RouteEndpoint endpoint, string method)
        => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } methods || methods.HttpMethods.Contains(method);

    private static bool IsEvents(RouteEndpoint endpoint)
        => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(m => m.ContentTypes.Contains("text/event-stream"));

    private static List<string> Fill(RoutePattern pattern)
    {
        List<string> addresses = [""];
        foreach (var segment in pattern.PathSegments)
        {
            List<string> texts = [""];
            foreach (var part in segment.Parts) texts = [.. texts.SelectMany(t => Texts(part).Select(p => t + p))];
            addresses = [.. addresses.SelectMany(a => texts.Select(t => t == "" ? a : $"{a}/{t}"))];
        }

        return [.. addresses.Select(a => a == "" ? "/" : a).Distinct()];
    }

    private static IEnumerable<string> Texts(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => [literal.Content],
        RoutePatternSeparatorPart separator => [separator.Content],
        RoutePatternParameterPart { IsOptional: true } optional => Fillings.GetValueOrDefault(optional.Name, []).Append(""),
        RoutePatternParameterPart parameter => Fillings.GetValueOrDefault(parameter.Name, []),
        _ => [],
    };
}
