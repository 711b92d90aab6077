using System.Diagnostics;
using System.Text.Json;
using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Benchmarks.Running;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Web;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Benchmarks.Reviewing;

/// <summary>
/// The built server as a process of its own over a conference in the middle of its review: every submission has three reviewers, two of three reviews
/// are in, standings are collected, and each is talked over in six posts. One chair and a handful of reviewers can sign in.
/// </summary>
internal sealed class ReviewingServer : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const int People = 8;

    private readonly Process _process;
    private readonly DataFolder _folder;

    private ReviewingServer(Process process, DataFolder folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>Processor time the server has used, user and system.</summary>
    public TimeSpan Cpu => _process.Cpu();

    /// <summary>Waits until the server uses less than a twentieth of a processor; at most three minutes.</summary>
    public async Task Rest()
    {
        for (var tries = 0; tries < 90; tries++)
        {
            var cpu = Cpu;
            await Task.Delay(TimeSpan.FromSeconds(2));
            if (Cpu - cpu < TimeSpan.FromSeconds(0.1)) return;
        }
    }

    public static string Reviewer(int n) => $"reviewer{n}@institute.example";
    public static string Chair => "chair@institute.example";

    public static async Task<ReviewingServer> Start(int submissions, int reviewers)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-reviewing-").FullName);
        // Before the review deadline of the sample, so that reviews are open.
        StoryClock.Begin(folder, new DateTimeOffset(2019, 6, 3, 20, 0, 0, TimeSpan.Zero));
        await Prepare(folder, submissions, reviewers);
        var port = Loopback.FreePort();
        var start = BuiltServer.Start(folder, port);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var process = BuiltServer.Begin(start);
        var server = new ReviewingServer(process, folder, new Uri($"http://127.0.0.1:{port}"));
        await Loopback.Answers(process, server.Address);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.End();
        Directory.Delete(_folder.Root, recursive: true);
    }

    private static async Task Prepare(DataFolder folder, int submissions, int reviewers)
    {
        await using var app = Server.Build(folder);
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var sample = await File.ReadAllTextAsync(Repository.SampleConference);
        var conference = await mediator.Send(new ImportConference(sample, Actor.Timetable));
        await mediator.Send(Account(Chair, Role.Chair));
        for (var n = 0; n < Math.Min(People, reviewers); n++) await mediator.Send(Account(Reviewer(n), Role.Reviewer));
        await Fill(scope.ServiceProvider.GetRequiredService<Db>(), conference, submissions, reviewers);
        await mediator.Send(new CollectScores());
    }

    private static AddAccount Account(string email, Role role) => new()
    {
        Email = email, GivenName = "Given", FamilyName = email.Split('@')[0], Affiliation = "Institute", Country = "FR", Roles = [role], Areas = [], Password = Password, By = Actor.Timetable,
    };

    // Straight into the tables: what is measured is reading.
    private static Task Fill(Db db, Conference conference, int submissions, int reviewers) => db.Transaction(async () =>
    {
        var now = new DateTimeOffset(2019, 5, 20, 0, 0, 0, TimeSpan.Zero);
        var random = new Random(1);
        var first = Math.Min(People, reviewers);
        // Person 1 is the chair; the reviewers that can sign in follow, the others after them.
        for (var n = first; n < reviewers; n++)
            await db.Run("""
                insert into Person (Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, SecurityStamp, AccessFailedCount, TwoFactorEnabled, CreatedAt, Version)
                values (@id, @email, @email, 1, 'Given', 'Family', 'Institute', 'FR', 'x', 0, 0, @now, 1)
                """, new { id = n + 2, email = Reviewer(n), now }, default);
        for (var n = 0; n < reviewers; n++)
            await db.Run("insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@id, '[]', '[]', '[]', 0, 99, 1, 1)", new { id = n + 2 }, default);
        var text = string.Join(' ', Enumerable.Range(0, 250).Select(i => $"word{i * i % 4001}"));
        for (var number = 1; number <= submissions; number++)
        {
            await db.Run("""
                insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
                values (@number, 'UnderReview', @title, @text, @area, '[]', '["law"]', 'oral', 1, 1, 'x', 0, @now, @now, @now, 1)
                """, new { number, title = $"On lesson {number} of regulating what must not fail", text, area = conference.Areas[number % conference.Areas.Count].Code, now }, default);
            for (var k = 0; k < 3; k++)
            {
                var reviewer = ((number * 3 + k) % reviewers) + 2;
                await db.Run("insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version) values (@number, @reviewer, 'Assigned', 0, 0.5, @now, 1)", new { number, reviewer, now }, default);
                if (k == 2 && number % 2 == 0) continue;
                var score = random.Next(1, 6);
                await db.Run("""
                    insert into Review (SubmissionNumber, ReviewerId, State, Scores, Confidence, Recommendation, Overall, CommentsToAuthors, CommentsToCommittee, UpdatedAt, SubmittedAt, Version, Alias)
                    values (@number, @reviewer, 'Submitted', @scores, 3, 'Oral', @overall, 'Well told.', '', @now, @now, 1, @alias)
                    """, new
                {
                    number, reviewer, now, overall = (double)score, alias = k + 1,
                    scores = JsonSerializer.Serialize(conference.Review.Criteria.ToDictionary(c => c.Code, _ => score)),
                }, default);
            }

            for (var post = 1; post <= 6; post++)
                await db.Run("insert into DiscussionPost (SubmissionNumber, Position, PersonId, At, Text, Mentions) values (@number, @post, @person, @now, @text, '[]')", new { number, post, person = ((number * 3 + post) % reviewers) + 2, now, text = "The method is sound, but what was measured is told in one sentence only." }, default);

            await db.Run("insert into Standing (SubmissionNumber, Due, Wanted, Reviews, Document, Version) values (@number, 1, 3, 0, '{}', 1)", new { number }, default);
        }
    }, default);
}
