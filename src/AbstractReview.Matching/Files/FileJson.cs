using System.Text.Encodings.Web;
using System.Text.Json;

namespace AbstractReview.Matching.Files;

internal static class FileJson
{
    /// <summary>One line, camelCase, names of any script left readable.</summary>
    public static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
