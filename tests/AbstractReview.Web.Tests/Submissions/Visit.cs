using System.Net;
using System.Text.RegularExpressions;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Submissions;

/// <summary>A person who reads pages and sends their forms, without JavaScript.</summary>
internal sealed partial class Visit(HttpClient client)
{
    private readonly Dictionary<string, string> _cookies = [];

    public static async Task<Visit> By(Site site, Actor person) => new(await site.Api(person));

    /// <summary>The page's text after redirects, as the server wrote it.</summary>
    public async Task<string> Read(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_cookies.Count > 0) request.Headers.Add("Cookie", Cookies());
        var answer = await client.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var pair in set.Select(c => c.Split(';')[0].Split('=', 2))) _cookies[pair[0]] = pair[1];
        return answer.StatusCode == HttpStatusCode.Found ? await Read(answer.Headers.Location!.ToString()) : await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Reads the form's page, then sends the fields; answers the status, where it leads to, and the page.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Page)> Send(string path, IEnumerable<(string Name, string Value)> fields, string? formPage = null)
    {
        var token = WebUtility.HtmlDecode(Token().Match(await Read(formPage ?? path)).Groups[1].Value);
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        request.Headers.Add("Cookie", Cookies());
        var answer = await client.SendAsync(request);
        return (answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    private string Cookies() => string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}"));

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
