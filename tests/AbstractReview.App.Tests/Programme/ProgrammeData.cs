using AbstractReview.App.Jobs;
using AbstractReview.App.Programme;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Programme;

/// <summary>Accepted submissions straight into the tables, and the committee's way from proposal to release.</summary>
internal static class ProgrammeData
{
    private static readonly string[] Countries = ["MA", "FR", "CL", "JP", "EG", "UA", "GR", "VN", "IL", "DE"];

    /// <summary>An accepted submission; its first author presents and corresponds.</summary>
    public static async Task Accept(this TestConference conf, int number, string area, DecisionKind kind, params string[] emails)
    {
        await using var scope = conf.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.Transaction(async () =>
        {
            await EnsureOwner(db);
            await Insert(db, number, new SubmissionContent
            {
                Title = $"Talk {number} of {area}",
                Abstract = $"What talk {number} says, with a comma; a semicolon\nand a second line.",
                AreaCode = area,
                Topics = [$"Topic {number % 3}"],
                Authors = (emails.Length == 0 ? [$"author{number}@inst{number}.example"] : emails).Select((e, i) => new Author
                {
                    GivenName = $"Given {e.Split('@')[0]}", FamilyName = "Family", Email = e, Affiliation = $"Institute {e}", Country = Countries[number % 10], Presenting = i == 0, Corresponding = i == 0,
                }).ToList(),
            }, kind, number % 50 / 10.0);
        }, default);
    }

    /// <summary>Every sample submission, accepted: each fifth as a poster, each ninth as a panel contribution, the others as oral.</summary>
    public static async Task<int> AcceptSamples(this TestConference conf)
    {
        var samples = Json.Read<List<SubmissionContent>>(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "regulators-2019", "submissions.json")));
        await using var scope = conf.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.Transaction(async () =>
        {
            await EnsureOwner(db);
            foreach (var (i, content) in samples.Index())
                await Insert(db, i + 1, content, i % 9 == 8 ? DecisionKind.Panel : i % 5 == 4 ? DecisionKind.Poster : DecisionKind.Oral, 2 + i * 37 % 300 / 100.0);
        }, default);
        return samples.Count;
    }

    /// <summary>Runs a proposal to its end and answers its outcome.</summary>
    public static async Task<ProposalOutcome> Propose(this TestConference conf, Actor by, double seconds = 1, bool repeatable = true)
    {
        var id = await conf.Send(new ProposeProgramme(by) { Seconds = seconds, Repeatable = repeatable });
        await conf.Send(new RunLongWork());
        var job = await conf.Send(new ReadJob(id, by));
        Assert.That(job.State, Is.EqualTo("Done"), job.Message);
        return Json.Read<ProposalOutcome>(job.Result!.Value.GetRawText());
    }

    private static async Task EnsureOwner(Db db)
    {
        if (await db.One<int>("select count(*) from Person where Id = 9999", null, default) == 0)
            await db.Run("""
                insert into Person (Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, SecurityStamp, AccessFailedCount, TwoFactorEnabled, CreatedAt, Version)
                values (9999, 'owner@x.example', 'owner@x.example', 1, 'O', 'Wner', 'X', 'FR', 's', 0, 0, '2019-01-01T00:00:00Z', 1)
                """, null, default);
    }

    private static async Task Insert(Db db, int number, SubmissionContent c, DecisionKind kind, double score)
    {
        await db.Run("""
            insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, Version)
            values (@number, 'Notified', @Title, @Abstract, @AreaCode, @topics, '[]', 'oral', 9999, 1, '', 1, '2019-01-01T00:00:00Z', '2019-01-01T00:00:00Z', 1)
            """, new { number, c.Title, c.Abstract, c.AreaCode, topics = Json.Write(c.Topics) }, default);
        foreach (var (i, a) in c.Authors.Index())
            await db.Run("""
                insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Presenting, Corresponding)
                values (@number, @i, @GivenName, @FamilyName, @Email, @normal, @Affiliation, @Country, @Presenting, @Corresponding)
                """, new { number, i = i + 1, a.GivenName, a.FamilyName, a.Email, normal = MailAddress.Normalise(a.Email), a.Affiliation, a.Country, a.Presenting, a.Corresponding }, default);
        await db.Run("""
            insert into Decision (SubmissionNumber, DecisionVersion, Kind, Reason, DecidedById, DecidedAt, PublishedAt)
            values (@number, 1, @kind, '', 9999, '2019-01-01T00:00:00Z', '2019-01-01T00:00:00Z')
            """, new { number, kind = kind.ToString() }, default);
        await db.Run("""
            insert into Standing (SubmissionNumber, Due, Wanted, Reviews, Mean, WeightedMean, Document, Version)
            values (@number, 0, 3, 3, @score, @score, '{}', 1)
            """, new { number, score }, default);
    }
}
