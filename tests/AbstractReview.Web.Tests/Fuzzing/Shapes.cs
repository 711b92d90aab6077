using System.Collections;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AbstractReview.Web.Tests.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Fuzzing;

/// <summary>What each door asks for, as the application tells it: bodies and queries by its OpenAPI document, forms by the page models.</summary>
internal sealed partial class Shapes
{
    private const int Deepest = 3;

    private readonly Dictionary<string, JsonNode> _operations = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _fields = [];
    private readonly JsonNode _schemas;

    private Shapes(JsonNode openApi)
    {
        _schemas = openApi["components"]!["schemas"]!;
        foreach (var (path, methods) in openApi["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject())
                _operations[$"{method.ToUpperInvariant()} {path}"] = operation!;
    }

    public static async Task<Shapes> Of(IServiceProvider services, string openApi)
    {
        var (shapes, loader) = (new Shapes(JsonNode.Parse(openApi)!), services.GetRequiredService<PageLoader>());
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, new EndpointMetadataCollection());
                var asked = compiled.BoundProperties.Select(p => (p.Name, p.ParameterType)).Concat(compiled.HandlerMethods.SelectMany(h => h.Parameters).Select(p => (p.Name, p.ParameterType)));
                shapes._fields["/" + endpoint.RoutePattern.RawText?.Trim('/')] = [.. asked.SelectMany(p => Names(p.Name, p.ParameterType, 0)).Distinct()];
            }

        return shapes;
    }

    /// <summary>The names a page's form may have.</summary>
    public IReadOnlyList<string> Fields(Door door) => _fields.GetValueOrDefault(door.Pattern, []);

    /// <summary>The names a route's query may have; a page's are its fields.</summary>
    public IReadOnlyList<string> Queries(Door door) => door.IsPage ? Fields(door)
        : Operation(door)?["parameters"]?.AsArray().Where(p => (string?)p!["in"] == "query").Select(p => (string)p!["name"]!).ToList() ?? [];

    /// <summary>A body as the door's schema describes it, but for what the generator spoils; null where it takes none.</summary>
    public JsonNode? Body(Door door, Random random)
        => Operation(door)?["requestBody"]?["content"] is JsonObject content && content["application/json"]?["schema"] is { } schema ? Sample(schema, random, random.Next(2) == 0 ? int.MaxValue : 12, 0) : null;

    private JsonNode? Operation(Door door) => _operations.GetValueOrDefault($"{door.Method} {Constraint().Replace(door.Pattern, "{$1}")}");

    // One value in so many is spoiled.
    private JsonNode? Sample(JsonNode schema, Random random, int spoil, int depth)
    {
        if (random.Next(spoil) == 0) return Spoiled(random);
        if ((string?)schema["$ref"] is { } name) return _schemas[name.Split('/')[^1]] is { } found ? Sample(found, random, spoil, depth) : null;
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices) return Sample(choices[random.Next(choices.Count)]!, random, spoil, depth);
        if (schema["enum"] is JsonArray words) return words[random.Next(words.Count)]?.DeepClone();
        var types = schema["type"] switch { JsonArray several => several.Select(t => (string)t!).Where(t => t != "null" || random.Next(4) == 0).ToList(), { } one => [(string)one!], _ => [] };
        return (types.Count == 0 ? "object" : types[random.Next(types.Count)]) switch
        {
            "string" => (string?)schema["format"] is "date-time" or "date" or "time" ? Nasty.Date(random) : random.Next(3) switch { 0 => "TA1", 1 when spoil == int.MaxValue => "security", _ => Nasty.Text(random) },
            "integer" or "number" => random.Next(3) == 0 ? Number(random) : random.Next(0, 9),
            "boolean" => random.Next(2) == 0,
            "array" => depth > 5 ? new JsonArray() : new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Sample(schema["items"] ?? new JsonObject(), random, spoil, depth + 1))]),
            "null" => null,
            _ => Members(schema, random, spoil, depth),
        };
    }

    private JsonObject Members(JsonNode schema, Random random, int spoil, int depth)
    {
        var members = new JsonObject();
        if (depth > 6) return members;
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
            if (random.Next(8) != 0) members[name] = Sample(member!, random, spoil, depth + 1);
        if (schema["additionalProperties"] is JsonObject values) members[Nasty.Text(random)] = Sample(values, random, spoil, depth + 1);
        if (spoil < int.MaxValue && random.Next(6) == 0) members[random.Next(2) == 0 ? "roles" : "id"] = new JsonArray("Chair");
        return members;
    }

    private static JsonNode? Spoiled(Random random) => random.Next(7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => Number(random),
        3 => new JsonArray(Nasty.Text(random), null, 1),
        4 => new JsonObject { [Nasty.Text(random)] = Nasty.Text(random) },
        _ => Nasty.Any(random),
    };

    // As it is written: a number past every type stays what it is.
    private static JsonNode? Number(Random random)
    {
        try
        {
            return JsonNode.Parse(Nasty.Number(random));
        }
        catch (System.Text.Json.JsonException)
        {
            return -1;
        }
    }

    private static IEnumerable<string> Names(string name, Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (depth >= Deepest || type.IsPrimitive || type.IsEnum || type == typeof(string) || type.Namespace == "System" || type.Name == nameof(IFormFile)) return [name];
        if (type.IsArray || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type)))
        {
            var item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];
            return Names($"{name}[0]", item, depth + 1).Concat(Names($"{name}[1]", item, depth + 1)).Append(name);
        }

        return type.GetProperties().Where(p => p.GetIndexParameters().Length == 0).SelectMany(p => Names($"{name}.{p.Name}", p.PropertyType, depth + 1)).Concat(type.GetProperties().Select(p => p.Name));
    }

    [GeneratedRegex(@"\{(\w+)[^}/]*(?:\([^)]*\))?[^}]*\}")]
    private static partial Regex Constraint();
}
