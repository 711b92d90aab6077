using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AbstractReview.App.Accounts;
using AbstractReview.Domain;

namespace AbstractReview.Web.Rehearsals;

/// <summary>What was answered, as one text of headers and words.</summary>
internal sealed record Answer(string Door, HttpStatusCode Status, string Text);

/// <summary>Goes as one player through every door and every link found there, by cookie on pages and by token on the API.</summary>
internal sealed partial class Walk(RehearsalStage stage, IReadOnlyList<Door> doors, IReadOnlyList<string> searches) : IDisposable
{
    /// <summary>Links of one page that differ only in their query: a calendar of years would never end.</summary>
    private const int MostQueries = 12;

    /// <summary>How long a stream of events is listened to.</summary>
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _streams = [.. doors.Where(d => d.IsStream).SelectMany(d => d.Addresses)];
    private readonly Dictionary<string, Session> _sessions = [];

    /// <param name="key">The player; <see cref="RehearsalCast.Visitor"/> does not sign in.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<IReadOnlyList<Answer>> As(string key, CancellationToken ct)
    {
        var session = _sessions.TryGetValue(key, out var known) ? known : _sessions[key] = await Begin(key, ct);
        var (answers, seen, queries) = (new List<Answer>(), new HashSet<string>(), new Dictionary<string, int>());
        var waiting = new Queue<string>(doors.SelectMany(d => d.Addresses).Where(seen.Add));
        while (waiting.TryDequeue(out var address))
        {
            answers.Add(await Ask(session, address, ct));
            foreach (Match link in Link().Matches(answers[^1].Text))
                if (link.Groups[1].Value is var to && IsWorthIt(to, queries) && seen.Add(to)) waiting.Enqueue(to);
        }

        // What is found tells as much as what is shown: every list is searched for planted words, always the same.
        foreach (var door in doors.Where(d => d.IsSearchable))
            foreach (var word in searches) answers.Add(await Ask(session, $"{door.Pattern}?search={word}&q={word}", ct));
        return answers;
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values) session.Client.Dispose();
    }

    private static bool IsWorthIt(string link, Dictionary<string, int> queries)
    {
        if (StaticFile().IsMatch(link) || link.Contains("returnUrl", StringComparison.Ordinal)) return false;
        var path = link.Split('?')[0];
        return path == link || (queries[path] = queries.GetValueOrDefault(path) + 1) <= MostQueries;
    }

    private async Task<Answer> Ask(Session session, string address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (address.StartsWith("/api/", StringComparison.Ordinal)) request.Headers.Authorization = session.Token;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (_streams.Contains(address)) patience.CancelAfter(Listening);
        try
        {
            using var response = await session.Client.SendAsync(request, patience.Token);
            return await Read(address, response, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // A stream of events that has nothing to tell, and never ends.
            return new Answer($"GET {address}", HttpStatusCode.OK, "");
        }
    }

    private static async Task<Answer> Read(string address, HttpResponseMessage response, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "Set-Cookie" or "Content-Length")))
            text.Append(name).Append(": ").AppendJoin(", ", values).Append('\n');
        text.Append(PlainText.Of(await response.Content.ReadAsByteArrayAsync(ct)));
        return new Answer($"GET {address}", response.StatusCode, text.ToString());
    }

    private async Task<Session> Begin(string key, CancellationToken ct)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = stage.Address, Timeout = TimeSpan.FromSeconds(60) };
        if (key == RehearsalCast.Visitor) return new Session(client, null);
        var form = await client.GetStringAsync("/account/sign-in", ct);
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = stage.Cast[key].Email, ["Password"] = RehearsalStage.Password, ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Antiforgery().Match(form).Groups[1].Value),
        });
        using var response = await client.PostAsync("/account/sign-in", content, ct);
        if (response.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"In the rehearsal {key} could not sign in.");
        var person = (await stage.As(key, ct)).PersonId;
        return new Session(client, new AuthenticationHeaderValue("Bearer", await stage.Send(new IssueToken(person, "rehearsal", "read", null, Actor.Timetable), ct)));
    }

    private sealed record Session(HttpClient Client, AuthenticationHeaderValue? Token);

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]*)["]""")]
    private static partial Regex Antiforgery();

    [GeneratedRegex("""(?:href|src)="(/[^"#]*)["#]""")]
    private static partial Regex Link();

    [GeneratedRegex(@"\.(css|js|svg|txt|webmanifest)(\?|$)")]
    private static partial Regex StaticFile();
}
