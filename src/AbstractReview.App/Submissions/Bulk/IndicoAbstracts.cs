using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>
/// Indico's <c>abstracts.json</c>. Tracks are areas, by code or title. What Indico has no field for (topics, keywords, the wish) goes into
/// custom_fields by those names; orcid and is_corresponding stand beside a person's own fields, where Indico passes over them.
/// </summary>
internal static class IndicoAbstracts
{
    public static IReadOnlyList<BulkSubmission> Read(JsonElement root, Conference conference)
        => [.. root.Items("abstracts").Select((a, i) => Submission(a, i + 1, conference))];

    public static byte[] Write(IReadOnlyList<BulkSubmission> submissions, Conference conference)
    {
        var root = new JsonObject { ["version"] = 1, ["abstracts"] = new JsonArray([.. submissions.Select(s => Abstract(s, conference))]), ["questions"] = new JsonArray() };
        return JsonSerializer.SerializeToUtf8Bytes(root, Json.Options);
    }

    private static BulkSubmission Submission(JsonElement a, int place, Conference conference)
    {
        var doubts = new List<string>();
        var state = a.Text("state") switch
        {
            "withdrawn" => SubmissionState.Withdrawn,
            "merged" or "duplicate" => SubmissionState.Withdrawn,
            "invited" => SubmissionState.Draft,
            _ => SubmissionState.Submitted,
        };
        if (a.Text("state") is "merged" or "duplicate") doubts.Add("It was merged or a duplicate there; it comes as withdrawn.");
        if (a.Text("state") is "accepted" or "rejected") doubts.Add($"It was {a.Text("state")} there; decisions are not taken over.");
        var tracks = a.Field("accepted_track") is { } accepted ? [accepted] : a.Items("submitted_for_tracks").ToList();
        if (tracks.Count > 1) doubts.Add("It was submitted for several tracks; the first is taken.");
        var submitter = a.Field("submitter")?.Text("email") ?? "";
        return new BulkSubmission
        {
            Place = $"abstract {place}",
            SourceId = a.Text("friendly_id") is { Length: > 0 } id ? id : a.Text("id"),
            State = state,
            SubmittedAt = a.Instant("submitted_dt"),
            OwnerEmail = submitter,
            Doubts = doubts,
            Content = new SubmissionContent
            {
                Title = a.Text("title"), Abstract = a.Text("content"), AreaCode = tracks.Count == 0 ? "" : Area(tracks[0], conference),
                Topics = Custom(a, "Topics"), Keywords = Custom(a, "Keywords"), Presentation = Custom(a, "Presentation") is [var wish, ..] ? wish : "",
                Authors = Authors(a, submitter),
            },
        };
    }

    private static string Area(JsonElement track, Conference conference)
    {
        var (code, title) = (track.Text("code"), track.Text("title"));
        var area = conference.Area(code) ?? conference.Areas.FirstOrDefault(x => string.Equals(x.Title, title, StringComparison.OrdinalIgnoreCase))
            ?? conference.Areas.FirstOrDefault(x => title.StartsWith(x.Code + " ", StringComparison.OrdinalIgnoreCase) || title.StartsWith(x.Code + ":", StringComparison.OrdinalIgnoreCase));
        return area?.Code ?? (title == "" ? code : title);
    }

    private static IReadOnlyList<string> Custom(JsonElement a, string name)
        => a.Items("custom_fields").FirstOrDefault(f => string.Equals(f.Text("name"), name, StringComparison.OrdinalIgnoreCase)) is { ValueKind: JsonValueKind.Object } field ? field.Texts("value") : [];

    private static List<Author> Authors(JsonElement a, string submitter)
    {
        var persons = a.Items("persons").Where(p => p.Text("author_type") != "none").OrderBy(p => p.Text("author_type") == "secondary" ? 1 : 0).ToList();
        var (speaker, corresponding) = (persons.FindIndex(p => p.Is("is_speaker")), persons.FindIndex(p => p.Is("is_corresponding")));
        if (corresponding < 0) corresponding = persons.FindIndex(p => string.Equals(p.Text("email"), submitter, StringComparison.OrdinalIgnoreCase));
        return [.. persons.Select((p, i) => new Author
        {
            GivenName = p.Text("first_name"), FamilyName = p.Text("last_name"), Email = p.Text("email"), Affiliation = p.Text("affiliation"),
            Country = p.Field("affiliation_link")?.Text("country_code").ToUpperInvariant() ?? "", Orcid = p.Text("orcid") is { Length: > 0 } orcid ? orcid : null,
            Presenting = i == speaker, Corresponding = i == corresponding,
        })];
    }

    private static JsonObject Abstract(BulkSubmission s, Conference conference)
    {
        var c = s.Content;
        var track = conference.Area(c.AreaCode) is { } area ? new JsonObject { ["id"] = conference.Areas.ToList().IndexOf(area) + 1, ["code"] = area.Code, ["title"] = area.Title } : null;
        var id = int.TryParse(s.SourceId, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        return new JsonObject
        {
            ["id"] = id, ["friendly_id"] = id, ["title"] = c.Title, ["content"] = c.Abstract,
            ["submitted_dt"] = s.SubmittedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture),
            ["state"] = s.State switch { SubmissionState.Withdrawn => "withdrawn", SubmissionState.Draft => "invited", _ => "submitted" },
            ["submitter"] = s.OwnerEmail == "" ? null : new JsonObject { ["email"] = s.OwnerEmail },
            ["submitted_for_tracks"] = track is null ? new JsonArray() : new JsonArray(track),
            ["persons"] = new JsonArray([.. c.Authors.Select((a, i) => new JsonObject
            {
                ["email"] = a.Email, ["first_name"] = a.GivenName, ["last_name"] = a.FamilyName, ["affiliation"] = a.Affiliation, ["affiliation_link"] = new JsonObject { ["name"] = a.Affiliation, ["country_code"] = a.Country },
                ["is_speaker"] = a.Presenting, ["author_type"] = i == 0 ? "primary" : "secondary", ["orcid"] = a.Orcid, ["is_corresponding"] = a.Corresponding,
            })]),
            ["custom_fields"] = new JsonArray(
                Field(1, "Topics", new JsonArray([.. c.Topics.Select(t => JsonValue.Create(t))])), Field(2, "Keywords", new JsonArray([.. c.Keywords.Select(k => JsonValue.Create(k))])),
                Field(3, "Presentation", JsonValue.Create(c.Presentation))),
            ["comments"] = new JsonArray(), ["reviews"] = new JsonArray(),
        };
    }

    private static JsonObject Field(int id, string name, JsonNode? value) => new() { ["id"] = id, ["name"] = name, ["value"] = value };
}
