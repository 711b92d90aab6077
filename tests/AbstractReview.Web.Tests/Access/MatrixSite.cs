using System.Net;
using System.Text.RegularExpressions;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Access;

/// <summary>A conference with a submission in every phase and somebody of every sort, put back as it was after each request that changed it.</summary>
internal sealed partial class MatrixSite : IAsyncDisposable
{
    private readonly Dictionary<Who, Actor> _people = [];
    private readonly Dictionary<Who, (HttpClient Api, HttpClient Pages, string Antiforgery)> _clients = [];
    private SqliteConnection _saved = null!;

    private MatrixSite(Site site) => Site = site;

    public Site Site { get; }

    public static async Task<MatrixSite> Open(Storage.SentTexts? sent = null)
    {
        var matrix = new MatrixSite(await Site.Open(settings: new Dictionary<string, string> { ["RateLimits:Account"] = "0", ["RateLimits:Api"] = "0" }, onFile: true, listen: sent is null ? null : sent.Listen));
        await matrix.People();
        foreach (var phase in Enum.GetValues<Phase>()) await matrix.Submission(phase);
        // For the key that signs them, which the server keeps in mind: tables that are put back have to have it. Their files may be gone by then.
        await matrix.Site.Send(new TypesetReceipts());
        await matrix.Run("delete from Receipt", new { });
        foreach (var who in Enum.GetValues<Who>()) await matrix.SignIn(who);
        matrix._saved = new SqliteConnection("Data Source=:memory:");
        matrix._saved.Open();
        using var live = matrix.Database();
        live.BackupDatabase(matrix._saved);
        return matrix;
    }

    /// <summary>How a door answers somebody, for the submission in a phase: opened, refused, or nothing there.</summary>
    public async Task<Outcome> Try(Door door, Who who, Phase phase)
    {
        var address = Fill(door.Pattern, phase) + (door.Handler == "" ? "" : $"?handler={door.Handler}");
        var (api, pages, antiforgery) = _clients[who];
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), address);
        if (!door.IsSafe)
            request.Content = door.IsPage ? new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", antiforgery)]) : Bodies.Of(door);
        var before = door.IsSafe ? 0 : await Changes();
        using var patience = new CancellationTokenSource(door.IsStream ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(2));
        HttpResponseMessage answer;
        try
        {
            answer = await (door.IsPage ? pages : api).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (OperationCanceledException) when (door.IsStream)
        {
            // A stream of events that has nothing to tell yet has let them in.
            return new Outcome(HttpStatusCode.OK, Refused: false, Changed: false, Broke: false);
        }

        using var read = answer;
        var changed = !door.IsSafe && await Changes() != before;
        if (changed || (!door.IsSafe && (int)answer.StatusCode < 400)) PutBack();
        return new Outcome(answer.StatusCode, IsRefusal(answer), changed, answer.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests);
    }

    public async ValueTask DisposeAsync()
    {
        _saved.Dispose();
        foreach (var (api, pages, _) in _clients.Values)
        {
            api.Dispose();
            pages.Dispose();
        }

        await Site.DisposeAsync();
    }

    private static bool IsRefusal(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
        || (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.ToString() is var to && (to.Contains("/account/sign-in", StringComparison.Ordinal) || to.Contains("/status/40", StringComparison.Ordinal)));

    /// <summary>The token, the cookie and the forms' token that somebody is known by; a visitor has but the last.</summary>
    public (string? Token, string? Cookie, string Antiforgery) Proofs(Who who)
    {
        var (api, pages, antiforgery) = _clients[who];
        return (api.DefaultRequestHeaders.Authorization?.Parameter, pages.DefaultRequestHeaders.TryGetValues("Cookie", out var cookie) ? cookie.Single() : null, antiforgery);
    }

    /// <summary>Everything as it was when the site opened.</summary>
    public void PutBack()
    {
        using var live = Database();
        _saved.BackupDatabase(live);
    }

    internal static string Fill(string pattern, Phase phase) => Parameter().Replace(pattern, match => match.Groups[1].Value switch
    {
        "number" => ((int)phase + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "format" => pattern.Contains("/programme/", StringComparison.Ordinal) ? "ics" : "csv",
        "kind" => pattern.Contains("letters", StringComparison.Ordinal) ? "Oral" : "A",
        "language" => "en",
        "documentName" => "v1",
        "way" => "withdraw",
        "code" => "404",
        _ => "1",
    });

    private async Task<int> Changes() => await Site.One<int>("select coalesce(max(Id), 0) from AuditEntry");

    private SqliteConnection Database()
    {
        var connection = new SqliteConnection($"Data Source={Site.Folder.Database};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    private async Task People()
    {
        foreach (var who in Enum.GetValues<Who>().Where(w => w != Who.Visitor))
            _people[who] = who switch
            {
                Who.AssignedReviewer or Who.OtherReviewer or Who.ReviewerInConflict => await Site.Person([Role.Reviewer]),
                Who.AreaChair => await Site.Person([Role.AreaChair], "TA1"),
                Who.OtherAreaChair => await Site.Person([Role.AreaChair], "TA2"),
                Who.Chair => await Site.Person([Role.Chair]),
                Who.Secretariat => await Site.Person([Role.Secretariat]),
                _ => await Site.Person([]),
            };
        foreach (var who in new[] { Who.AssignedReviewer, Who.OtherReviewer, Who.ReviewerInConflict })
            await Run("insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@PersonId, '[]', '[]', '[]', 0, 8, 1, 1)", new { _people[who].PersonId });
    }

    private async Task Submission(Phase phase)
    {
        var (author, number) = (_people[Who.Author], (int)phase + 1);
        await Site.Send(new SaveDraft(null, Content(), null, author));
        await Site.Send(new PutAttachment(number, 1, "figure.pdf", "%PDF-1.4\n%%EOF\n"u8.ToArray(), author));
        if (phase == Phase.Draft) return;
        await Site.Send(new SubmitSubmission(number, author));
        await Run("insert into Conflict (ReviewerId, SubmissionNumber, Kind, Evidence, FoundAt) values (@PersonId, @number, 'Institution', 'x', @now)", new { _people[Who.ReviewerInConflict].PersonId, number, now = Site.Clock.GetUtcNow() });
        if (phase == Phase.Withdrawn) await Site.Send(new WithdrawSubmission(number, "No funds.", author));
        if (phase is not (Phase.UnderReview or Phase.Decided or Phase.Notified)) return;
        await Run("""
            insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version)
            values (@number, @PersonId, 'Assigned', 0, 0.5, @now, 1)
            """, new { number, _people[Who.AssignedReviewer].PersonId, now = Site.Clock.GetUtcNow() });
        await Run("update Submission set State = 'UnderReview' where Number = @number", new { number });
        await Site.Send(new SaveReview(number, new ReviewForm { CommentsToAuthors = "Good." }, null, _people[Who.AssignedReviewer]));
        if (phase == Phase.UnderReview) return;
        await Run("""
            insert into Decision (SubmissionNumber, DecisionVersion, Kind, Reason, DecidedById, DecidedAt, PublishedAt)
            values (@number, 1, 'Oral', '', @PersonId, @now, @published)
            """, new { number, _people[Who.Chair].PersonId, now = Site.Clock.GetUtcNow(), published = phase == Phase.Notified ? Site.Clock.GetUtcNow() : (DateTimeOffset?)null });
        await Run("update Submission set State = @state, DecisionVersion = 1 where Number = @number", new { number, state = phase.ToString() });
    }

    private SubmissionContent Content() => new()
    {
        Title = "On borders and sources", Abstract = string.Join(' ', Enumerable.Repeat("security", 200)), AreaCode = "TA1", Keywords = ["borders"],
        Topics = ["Legislative and regulatory framework for nuclear security"],
        Authors = [new Author { GivenName = "Ann", FamilyName = "Author", Email = _people[Who.Author].Words, Affiliation = "Institute", Country = "FR", Presenting = true, Corresponding = true }],
    };

    private async Task SignIn(Who who)
    {
        var pages = Site.Browser();
        if (who != Who.Visitor)
        {
            var form = Antiforgery(await pages.GetStringAsync("/account/sign-in"));
            using var answer = await pages.PostAsync("/account/sign-in", new FormUrlEncodedContent(
                [new("Email", _people[who].Words), new("Password", Site.Password), new("__RequestVerificationToken", form)]));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found), $"{who} signs in");
        }

        var token = Antiforgery(await pages.GetStringAsync(who == Who.Visitor ? "/account/sign-in" : "/account/password"));
        _clients[who] = (await Site.Api(who == Who.Visitor ? null : _people[who]), Site.Session(pages), token);
    }

    private static string Antiforgery(string page) => WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);

    private async Task Run(string sql, object args)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.Transaction(() => db.Run(sql, args, default), default);
    }

    [GeneratedRegex(@"\{(\w+)[^}]*(?:\([^)]*\))?[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <param name="Status">The answer's status.</param>
/// <param name="Refused">It was refused, or there is nothing there.</param>
/// <param name="Changed">Something was written.</param>
/// <param name="Broke">The server broke.</param>
internal sealed record Outcome(HttpStatusCode Status, bool Refused, bool Changed, bool Broke);
