using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>
/// HotCRP's paper JSON, one or a list. A submission class or a tag that is an area's code names the area; else its topics do, where all belong to one.
/// Keywords and the wish stand as fields of their own, as HotCRP writes submission fields; country, orcid, presenting and corresponding beside an author's own.
/// </summary>
internal static class HotCrpPapers
{
    public static IReadOnlyList<BulkSubmission> Read(JsonElement root, Conference conference)
        => [.. (root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : Enumerable.Repeat(root, 1)).Select((p, i) => Submission(p, i + 1, conference))];

    public static byte[] Write(IReadOnlyList<BulkSubmission> submissions)
        => JsonSerializer.SerializeToUtf8Bytes(new JsonArray([.. submissions.Select(Paper)]), Json.Options);

    private static BulkSubmission Submission(JsonElement p, int place, Conference conference)
    {
        var (status, topics, doubts) = (p.Text("status"), p.Texts("topics"), new List<string>());
        if (status is "accept" or "reject" or "desk_reject") doubts.Add($"Its status there is {status}; decisions are not taken over.");
        var contacts = p.Items("contacts").Select(c => c.ValueKind == JsonValueKind.String ? c.GetString()! : c.Text("email")).Where(e => e != "").ToList();
        return new BulkSubmission
        {
            Place = $"paper {place}",
            SourceId = p.Text("pid"),
            State = status switch { "draft" or "inprogress" => SubmissionState.Draft, "withdrawn" => SubmissionState.Withdrawn, _ => SubmissionState.Submitted },
            SubmittedAt = p.Instant("submitted_at"),
            OwnerEmail = contacts.FirstOrDefault() ?? "",
            Doubts = doubts,
            Content = new SubmissionContent
            {
                Title = p.Text("title"), Abstract = p.Text("abstract"), AreaCode = Area(p, topics, conference), Topics = topics,
                Keywords = p.Texts("keywords"), Presentation = p.Text("presentation"), Authors = Authors(p, contacts),
            },
        };
    }

    private static string Area(JsonElement p, IReadOnlyList<string> topics, Conference conference)
    {
        string[] named = [p.Text("submission_class"), .. p.Texts("tags").Select(t => t.Split('#')[0])];
        return named.Select(n => conference.Areas.FirstOrDefault(a => string.Equals(a.Code, n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(a => a is not null)?.Code
            ?? (topics.Count > 0 && conference.Areas.Where(a => topics.All(a.Topics.Contains)).ToList() is [var only] ? only.Code : p.Text("submission_class"));
    }

    private static List<Author> Authors(JsonElement p, List<string> contacts)
    {
        var authors = p.Items("authors").ToList();
        var (presenting, corresponding) = (authors.FindIndex(a => a.Is("presenting")), authors.FindIndex(a => a.Is("corresponding")));
        if (corresponding < 0) corresponding = authors.FindIndex(a => contacts.Contains(a.Text("email"), StringComparer.OrdinalIgnoreCase));
        return [.. authors.Select((a, i) => new Author
        {
            GivenName = First(a, "given_name", "first"), FamilyName = First(a, "family_name", "last", "name"), Email = a.Text("email"), Affiliation = a.Text("affiliation"),
            Country = a.Text("country").ToUpperInvariant(), Orcid = a.Text("orcid") is { Length: > 0 } orcid ? orcid : null, Presenting = i == presenting, Corresponding = i == corresponding,
        })];
    }

    private static string First(JsonElement a, params string[] names) => names.Select(n => a.Text(n)).FirstOrDefault(t => t != "") ?? "";

    private static JsonObject Paper(BulkSubmission s)
    {
        var c = s.Content;
        return new JsonObject
        {
            ["object"] = "paper",
            ["pid"] = int.TryParse(s.SourceId, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null,
            ["status"] = s.State switch { SubmissionState.Draft => "draft", SubmissionState.Withdrawn => "withdrawn", _ => "submitted" },
            ["submission_class"] = c.AreaCode, ["title"] = c.Title, ["abstract"] = c.Abstract,
            ["authors"] = new JsonArray([.. c.Authors.Select(a => new JsonObject
            {
                ["email"] = a.Email, ["given_name"] = a.GivenName, ["family_name"] = a.FamilyName, ["affiliation"] = a.Affiliation, ["country"] = a.Country, ["orcid"] = a.Orcid,
                ["presenting"] = a.Presenting, ["corresponding"] = a.Corresponding,
            })]),
            ["contacts"] = s.OwnerEmail == "" ? new JsonArray() : new JsonArray(new JsonObject { ["email"] = s.OwnerEmail }),
            ["topics"] = new JsonArray([.. c.Topics.Select(t => JsonValue.Create(t))]), ["keywords"] = new JsonArray([.. c.Keywords.Select(k => JsonValue.Create(k))]),
            ["presentation"] = c.Presentation, ["submitted_at"] = s.SubmittedAt?.ToUnixTimeSeconds(),
        };
    }
}
