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
        var token = WebUtility.HtmlDecode(Token().Match(Content(await Read(formPage ?? path))).Groups[1].Value);
        var answer = await client.PostAsync(path, new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        return (answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The same with files, as a form of several parts.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Page)> SendFiles(
        string path, IEnumerable<(string Name, string Value)> fields, IEnumerable<(string Name, string FileName, byte[] Bytes)> files, string? formPage = null)
    {
        var token = WebUtility.HtmlDecode(Token().Match(Content(await Read(formPage ?? path))).Groups[1].Value);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", token))) content.Add(new StringContent(value), name);
        foreach (var (name, fileName, bytes) in files) content.Add(new ByteArrayContent(bytes), name, fileName);
        var answer = await client.PostAsync(path, content);
        return (answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    // The page's own form; the head has the one that signs out.
    private static string Content(string page) => page[Math.Max(0, page.IndexOf("<main", StringComparison.Ordinal))..];

    /// <summary>What a link leads to, without redirects.</summary>
    public Task<HttpResponseMessage> Get(string path) => client.GetAsync(path);

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
