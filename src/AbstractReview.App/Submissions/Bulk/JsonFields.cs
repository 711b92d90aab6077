using System.Globalization;
using System.Text.Json;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>Fields of other programs' JSON, which leave them out, make them null, or write numbers where others write text.</summary>
internal static class JsonFields
{
    public static JsonElement? Field(this JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text or a number as text; empty when there is none.</summary>
    public static string Text(this JsonElement json, string name) => json.Field(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => "",
    };

    public static bool Is(this JsonElement json, string name) => json.Field(name)?.ValueKind == JsonValueKind.True;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name)
        => json.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A list of texts, or one text apart by semicolons.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement json, string name) => json.Field(name) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)],
        { ValueKind: JsonValueKind.Object } set => [.. set.EnumerateObject().Where(t => t.Value.ValueKind != JsonValueKind.False).Select(t => t.Name)],
        { ValueKind: JsonValueKind.String } text => SpreadsheetCells.Split(text.GetString()!),
        _ => [],
    };

    /// <summary>ISO 8601 text, or seconds since 1970; null when it is neither.</summary>
    public static DateTimeOffset? Instant(this JsonElement json, string name) => json.Field(name) switch
    {
        { ValueKind: JsonValueKind.Number } seconds when seconds.TryGetInt64(out var n) && n is > 0 and < 100_000_000_000 => DateTimeOffset.FromUnixTimeSeconds(n),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
        _ => null,
    };
}
