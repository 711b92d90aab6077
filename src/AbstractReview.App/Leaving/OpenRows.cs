using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dapper;

namespace AbstractReview.App.Leaving;

/// <summary>Rows of any table as lines of JSON, the same from both engines: instants as UTC text, flags as 0 and 1, columns by name.</summary>
internal static class OpenRows
{
    private static readonly JsonSerializerOptions Verbatim = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IDictionary<string, object?> row)
        => JsonSerializer.Serialize(row.ToDictionary(c => c.Key, c => Plain(c.Value)), Verbatim);

    /// <summary>The parameters of an insert, by column.</summary>
    public static DynamicParameters Read(JsonElement row)
    {
        var parameters = new DynamicParameters();
        foreach (var column in row.EnumerateObject())
            parameters.Add(column.Name, column.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Number => column.Value.TryGetInt64(out var whole) ? whole : column.Value.GetDouble(),
                JsonValueKind.String => column.Value.GetString(),
                _ => throw new JsonException($"The column {column.Name} holds {column.Value.ValueKind}, which no row has."),
            });
        return parameters;
    }

    public static string Text(object? value) => Plain(value) switch
    {
        null => "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    private static object? Plain(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        _ => value,
    };
}
