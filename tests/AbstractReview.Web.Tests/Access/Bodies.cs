using System.Net.Http.Json;
using System.Text;

namespace AbstractReview.Web.Tests.Access;

/// <summary>Bodies that are understood, for doors that would refuse an empty one by its shape before they ask who sends it.</summary>
internal static class Bodies
{
    public static HttpContent Of(Door door) => ByDoor.GetValueOrDefault(door.ToString(), new { }) is var body && body is string csv
        ? new StringContent(csv, Encoding.UTF8, "text/csv")
        : JsonContent.Create(body);

    private static readonly Dictionary<string, object> ByDoor = new()
    {
        ["POST /api/v1/submissions/{number:int}/assignments/mine/decline"] = new { reason = "Time" },
        ["PUT /api/v1/submissions/{number:int}/decision"] = new { kind = "Oral" },
        ["POST /api/v1/submissions/{number:int}/decline"] = new { reason = "No funds." },
        ["POST /api/v1/decisions/second"] = new { decisions = new[] { new { number = 4 } } },
        ["POST /api/v1/decisions/batch"] = new { rules = new[] { new { kind = "Oral", count = 1 } } },
        ["POST /api/v1/routing/proposals/import"] = "paper,action,email\n",
        ["PUT /api/v1/programme/availability/{number:int}"] = new { wishes = Array.Empty<object>() },
        ["PUT /api/v1/reviewers/me"] = new { areas = Array.Empty<string>(), topics = Array.Empty<string>(), keywords = Array.Empty<string>(), quotaMin = 0, quotaMax = 5, available = true, publications = Array.Empty<object>() },
        ["PUT /api/v1/reviewers/me/bids"] = new { bids = Array.Empty<object>() },
        ["PUT /api/v1/reviewers/me/conflicts"] = new { conflicts = Array.Empty<object>() },
    };
}
