using System.Globalization;
using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;
using AbstractReview.Domain.Submissions;
using AbstractReview.Web;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Benchmarks.Faults;

/// <summary>A conference whose call has closed, made through the real commands, so that its invariants hold and whatever breaks them was the fault.</summary>
internal static class FaultedConference
{
    public const string Password = "correct horse battery";
    public const string Author = "author@somewhere.example";

    /// <summary>Counts mails that are not sent, and revisions whose mails are not written yet.</summary>
    public const string Unsent = "select (select count(*) from Outbox where State <> 'Sent') + (select count(*) from Revision) - (select count(*) from Receipt)";

    private static readonly DateTimeOffset Open = new(2019, 4, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Closed = new(2019, 5, 6, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Submissions of one author each, reviewers of another country who may take any of them, a chair; answers the tokens of the chair and of the first author.</summary>
    /// <param name="folder">An empty data folder.</param>
    /// <param name="submissions">How many.</param>
    /// <param name="reviewers">How many; 0 leaves the call open.</param>
    public static async Task<(string Chair, string Author)> Lay(DataFolder folder, int submissions, int reviewers)
    {
        StoryClock.Begin(folder, Open);
        await using var app = Server.Build(folder);
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await mediator.Send(new ImportConference(await File.ReadAllTextAsync(Repository.SampleConference), Actor.Timetable));
        var areas = (await mediator.Send(new ReadFrame(Actor.Timetable))).Conference!.Areas;
        var chair = await Account(mediator, "chair@committee.example", Role.Chair, Role.Secretariat);
        var author = await Account(mediator, Author);
        for (var n = 1; n <= submissions; n++)
            await mediator.Send(new CreateSubmission(Content(n, areas[n % areas.Count].Code, areas[n % areas.Count].Topics[0]), Actor.Person(author, Author, [Role.Author], [])));
        for (var n = 1; n <= reviewers; n++)
        {
            var reviewer = await Account(mediator, $"reviewer{n}@institute{n}.example", Role.Reviewer);
            await mediator.Send(new SaveReviewer(null, new ReviewerProfile { Areas = [areas[n % areas.Count].Code], QuotaMax = 40 }, null, Actor.Person(reviewer, $"reviewer{n}@institute{n}.example", [Role.Reviewer], [])));
        }

        if (reviewers > 0) StoryClock.Begin(folder, Closed);
        var tokens = (await mediator.Send(new IssueToken(chair, "faults", "read write", null, Actor.Timetable)), await mediator.Send(new IssueToken(author, "faults", "read write", null, Actor.Timetable)));
        SqliteConnection.ClearAllPools();
        return tokens;
    }

    /// <summary>What an author sends.</summary>
    public static object Body(string title, int seed) => new
    {
        title, @abstract = Text(seed), areaCode = "TA1", topics = new[] { "Strong, sustainable and independent regulatory body" }, keywords = new[] { "law" }, presentation = "oral",
        authors = new[] { new { givenName = "Ann", familyName = "Author", email = Author, affiliation = "Institute", country = "FR", presenting = true, corresponding = true } },
    };

    /// <summary>Holds the data to its invariants, by a program of its own.</summary>
    public static async Task<string> Check(DataFolder folder)
    {
        await using var app = Server.Build(folder);
        await using var scope = app.Services.CreateAsyncScope();
        var broken = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CheckInvariants());
        return broken.Count == 0 ? "check: all is well" : $"check: {broken.Count} BROKEN: {string.Join("; ", broken.Take(10))}";
    }

    /// <summary>One value of the database, read beside the server.</summary>
    public static async Task<T> Read<T>(DataFolder folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=false;Default Timeout=60");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync())!, typeof(T), CultureInfo.InvariantCulture);
    }

    private static async Task<int> Account(IMediator mediator, string email, params Role[] roles) => await mediator.Send(new AddAccount
    {
        Email = email, GivenName = "Given", FamilyName = email.Split('@')[0], Affiliation = email.Split('@')[1], Country = "MA", Roles = roles, Areas = [], Password = Password, By = Actor.Timetable,
    });

    private static SubmissionContent Content(int n, string area, string topic) => new()
    {
        Title = $"Lesson {n} of regulating what must not fail", Abstract = Text(n), AreaCode = area, Topics = [topic], Keywords = ["law"],
        Authors = [new Author { GivenName = "Ann", FamilyName = $"Author{n}", Email = $"author{n}@somewhere{n}.example", Affiliation = $"Institute {n}", Country = "FR", Presenting = true, Corresponding = true }],
    };

    private static string Text(int seed) => string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{(seed * 7919L + i * (i + seed)) % 40_009}"));
}
