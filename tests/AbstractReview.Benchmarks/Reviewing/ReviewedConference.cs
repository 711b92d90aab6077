using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Web;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Benchmarks.Reviewing;

/// <summary>A data folder whose conference is reviewed and waits for decisions: laid straight into the tables, its scores collected by the job.</summary>
internal static class ReviewedConference
{
    public const string Chair = "chair@benchmark.example";
    public const string Password = "correct horse battery";

    /// <summary>Three reviews for each submission, spread over the areas of the sample's call. Answers the chair's token.</summary>
    public static async Task<string> Lay(DataFolder folder, int submissions, int reviewers)
    {
        StoryClock.Begin(folder, new DateTimeOffset(2019, 6, 20, 9, 0, 0, TimeSpan.Zero));
        await using var app = Server.Build(folder);
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await mediator.Send(new ImportConference(await File.ReadAllTextAsync(Repository.SampleConference), Actor.Timetable));
        var chair = await mediator.Send(new AddAccount { Email = Chair, GivenName = "Ada", FamilyName = "Chair", Affiliation = "Committee", Country = "FR", Roles = [Role.Chair], Areas = [], Password = Password, By = Actor.Timetable });
        var areas = (await mediator.Send(new ReadFrame(Actor.Timetable))).Conference!.Areas.Select(a => a.Code).ToList();
        await Fill(scope.ServiceProvider.GetRequiredService<Db>(), World.Draw((submissions, reviewers, _ => 3, 1), 0.4), reviewers, areas);
        await mediator.Send(new CollectScores());
        var token = await mediator.Send(new IssueToken(chair, "benchmark", "read write", null, Actor.Timetable));
        SqliteConnection.ClearAllPools();
        return token;
    }

    private static Task Fill(Db db, World world, int reviewers, List<string> areas) => db.Transaction(async () =>
    {
        var now = new DateTimeOffset(2019, 6, 1, 9, 0, 0, TimeSpan.Zero);
        foreach (var id in Enumerable.Range(1000, reviewers + world.Quality.Length))
            await db.Run(InsertPerson, new { id, email = $"person{id}@institute{id}.example", institute = $"Institute {id}", country = Country(id), now }, default);
        foreach (var id in Enumerable.Range(1000, reviewers)) await db.Run(InsertReviewer, new { id }, default);
        for (var i = 0; i < world.Quality.Length; i++)
        {
            var args = new { number = i + 1, title = $"Lesson {i + 1}: what inspectors of sources at borders found when they compared notes", area = areas[i % areas.Count], owner = 1000 + reviewers + i, email = $"person{1000 + reviewers + i}@institute{1000 + reviewers + i}.example", institute = $"Institute {1000 + reviewers + i}", country = Country(1000 + reviewers + i), text = Text(i), now };
            await db.Run(InsertSubmission, args, default);
            await db.Run(InsertAuthor, args, default);
            await db.Run(InsertStanding, args, default);
        }

        foreach (var s in world.Scores)
        {
            var args = new
            {
                number = s.Submission + 1, reviewer = 1000 + s.Reviewer, overall = s.Score, now = now.AddHours(s.Submission % 300),
                scores = """{"relevance":4,"quality":3,"originality":4,"clarity":3,"usefulness":4}""",
            };
            await db.Run(InsertAssignment, args, default);
            await db.Run(InsertReview, args, default);
        }
    }, default);

    // No two alike, or whoever looks for duplicates and conflicts would find nothing else.
    private static string Text(int seed) => string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{(seed * 7919L + i * (i + seed)) % 40_009}"));

    private static string Country(int id) => Countries.All[id * 31 % Countries.All.Count].Key;

    private const string InsertPerson = """
        insert into Person (Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, SecurityStamp, AccessFailedCount, TwoFactorEnabled, CreatedAt, Version)
        values (@id, @email, @email, 1, 'Given', 'Family', @institute, @country, 'x', 0, 0, @now, 1)
        """;

    private const string InsertReviewer = "insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@id, '[]', '[]', '[]', 0, 100, 1, 1)";

    private const string InsertSubmission = """
        insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
        values (@number, 'UnderReview', @title, @text, @area, '[]', '[]', 'either', @owner, 1, 'x', 0, @now, @now, @now, 1)
        """;

    private const string InsertAuthor = """
        insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Presenting, Corresponding)
        values (@number, 1, 'Given', 'Family', @email, @email, @institute, @country, 1, 1)
        """;

    private const string InsertStanding = "insert into Standing (SubmissionNumber, Due, Wanted, Reviews, Document, Version) values (@number, 1, 3, 0, '{}', 1)";

    private const string InsertAssignment = """
        insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version)
        values (@number, @reviewer, 'Assigned', 0, 0.5, @now, 1)
        """;

    private const string InsertReview = """
        insert into Review (SubmissionNumber, ReviewerId, State, Scores, Confidence, Recommendation, Overall, CommentsToAuthors, CommentsToCommittee, UpdatedAt, SubmittedAt, Version)
        values (@number, @reviewer, 'Submitted', @scores, 3, 'Oral', @overall, 'Well told.', 'I would take it.', @now, @now, 1)
        """;
}
