using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AbstractReview.Domain.Conferences;

/// <summary>Reads a conference file. A wrong file is refused whole, with every wrong field named by its path and, where the JSON itself is broken, its line.</summary>
public static class ConferenceFile
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <exception cref="RuleBrokenException">The text is no conference; every error names its field.</exception>
    public static Conference Read(string json)
    {
        Conference? conference;
        try
        {
            conference = JsonSerializer.Deserialize<Conference>(json, Json);
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } n ? $"line {n + 1}: " : "";
            throw new RuleBrokenException(error.Path?.TrimStart('$', '.') ?? "", $"{line}{FirstSentence(error.Message)}");
        }

        if (conference is null) throw new RuleBrokenException("The conference file is empty.");
        var errors = ConferenceRules.Check(conference);
        return errors.Count == 0 ? conference : throw new RuleBrokenException(errors);
    }

    public static string Write(Conference conference) => JsonSerializer.Serialize(conference, Json);

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
