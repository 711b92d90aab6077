using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Audit;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.App.Tests;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Api;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests;

/// <summary>What breaks around the server: it says so in plain words, loses nothing it acknowledged, and goes on when the fault is gone.</summary>
public sealed class FaultTests
{
    [SetUp]
    public void OnSqlite() => TestEngine.SqliteOnly();

    [Test]
    public async Task A_full_disk_is_told_to_programs_and_to_people_and_passes()
    {
        await using var site = await Site.Open();
        var author = await site.Person([Role.Author]);
        var api = await site.Api(author);
        Assert.That((await Post(api, "before")).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await Pages(site, "pragma max_page_count = 1");

        // What is free within the pages there are is still used.
        var (full, kept) = (await Post(api, "while full"), 1);
        for (; full.StatusCode == HttpStatusCode.Created && kept < 50; kept++) full = await Post(api, $"while full {kept}");
        await Is503(full);
        Assert.That(full.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromMinutes(1)));
        await Pages(site, "pragma max_page_count = 1000000");

        Assert.That((await Post(api, "after")).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await site.One<int>("select count(*) from Submission"), await site.Send(new CheckInvariants())), Is.EqualTo((kept + 1, Array.Empty<string>())).UsingPropertiesComparer());
    }

    [Test]
    public async Task A_database_locked_by_another_process_is_waited_for()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([Role.Author]));
        await using var other = new SqliteConnection($"Data Source={site.Folder.Database};Pooling=false");
        await other.OpenAsync();
        await Run(other, "begin immediate");
        var posted = Post(api, "while locked");
        await Task.Delay(500);
        Assert.That(posted.IsCompleted, Is.False);
        Assert.That((await api.GetAsync("/api/v1/submissions")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "readers go on");
        await Run(other, "commit");
        Assert.That((await posted).StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_damaged_attachment_is_found_by_the_check_and_not_served()
    {
        await using var site = await Site.Open();
        var author = await site.Person([Role.Author]);
        var api = await site.Api(author);
        Assert.That((await Post(api, "with a file")).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await site.Send(new PutAttachment(1, 1, "figure.pdf", "%PDF-1.4\n%%EOF"u8.ToArray(), author));
        var sha256 = await site.One<string>("select Sha256 from Attachment");
        await File.WriteAllBytesAsync(Path.Combine(site.Folder.Files, sha256![..2], sha256[2..]), "%PDF-1.4 other"u8.ToArray());

        Assert.That(await site.Send(new CheckInvariants()), Is.EqualTo(new[] { $"A file does not match its hash: {sha256}" }));
        await Is503(await api.GetAsync("/api/v1/submissions/1/attachment"));
    }

    [Test]
    public async Task A_clock_that_jumps_back_breaks_nothing()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([Role.Author]));
        Assert.That((await Post(api, "now")).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await site.Send(new TypesetReceipts());
        site.Clock.AdjustTime(site.Clock.GetUtcNow() - TimeSpan.FromHours(5));
        Assert.That((await Post(api, "five hours earlier")).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await site.Send(new TypesetReceipts());
        Assert.That(await site.One<int>("select count(*) from Outbox where State = 'Waiting' and CreatedAt > @now", new { now = site.Clock.GetUtcNow() }), Is.GreaterThan(0), "queued before the clock went back");
        await site.Send(new SendWaitingMail());
        Assert.That(await site.One<int>("select count(*) from Outbox where State <> 'Sent'"), Is.Zero);
        site.Clock.Advance(TimeSpan.FromDays(400));
        Assert.That((await Post(api, "long after the deadline")).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        await site.Send(new SendWaitingMail());
        Assert.That((await site.One<int>("select count(*) from Outbox where State in ('Waiting', 'Sending')"), await site.Send(new CheckInvariants())), Is.EqualTo((0, Array.Empty<string>())).UsingPropertiesComparer());
    }

    [Test]
    public void Storage_that_fails_is_told_in_words_that_say_what_to_do()
    {
        Assert.That(StorageTrouble.Words(new SqliteException("locked", 5)), Does.Contain("try again in a minute"));
        Assert.That(StorageTrouble.Words(new SqliteException("read-only", 8)), Does.Contain("tell the secretariat"));
        Assert.That(StorageTrouble.Words(new SqliteException("damaged", 11)), Does.Contain("restore a backup"));
        Assert.That(StorageTrouble.Words(new SqliteException("constraint", 19)), Is.Null);
    }

    private static async Task Is503(HttpResponseMessage answer)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((answer.Content.Headers.ContentType?.MediaType, problem.GetProperty("title").GetString()), Is.EqualTo(("application/problem+json", "The server cannot do this just now.")));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Not.Contain("SQLite").And.Not.Contain(" at "));
    }

    private static Task<HttpResponseMessage> Post(HttpClient api, string title)
    {
        var body = SubmissionsApiTests.Body();
        body["title"] = title;
        return api.PostAsJsonAsync("/api/v1/submissions?submit=true", body);
    }

    // On the connection that writes, as a full disk would be.
    private static async Task Pages(Site site, string pragma)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Run(pragma, null, default);
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
