using System.Net;
using System.Text.RegularExpressions;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Submissions;

/// <summary>A person who signs in, reads pages and sends their forms, without JavaScript.</summary>
internal sealed partial class Visit(HttpClient client)
{
    public static async Task<Visit> By(Site site, Actor person)
    {
        var visit = new Visit(site.Browser());
        await visit.Send("/account/sign-in", [("Email", person.Words), ("Password", Site.Password)]);
        return visit;
    }

    /// <summary>The page's text after redirects, as the server wrote it.</summary>
    public async Task<string> Read(string path)
    {
        var answer = await client.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.Found ? await Read(answer.Headers.Location!.ToString()) : await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Reads the form's page, then sends the fields; answers the status, where it leads to, and the page.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Page)> Send(string path, IEnumerable<(string Name, string Value)> fields, string? formPage = null)
    {
        var token = WebUtility.HtmlDecode(Token().Match(await Read(formPage ?? path)).Groups[1].Value);
        var answer = await client.PostAsync(path, new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        return (answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
