using System.Text.Json;
using AbstractReview.App.Storage;
using AbstractReview.App.Letters;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Book;

/// <summary>Contributions that went the whole way to a published decision, put there by rows; letters are ordered as publishing does.</summary>
internal static class AcceptedSamples
{
    public static IReadOnlyList<SubmissionContent> Sample { get; } = JsonSerializer.Deserialize<List<SubmissionContent>>(
        File.ReadAllText(Path.Combine(Repository.Root, "samples", "regulators-2019", "submissions.json")), Json.Options)!;

    /// <summary>The sample's contributions, every decision in turn; returns what the book must hold.</summary>
    public static async Task AcceptSample(this TestConference conf, int count = int.MaxValue)
    {
        foreach (var (i, content) in Sample.Take(count).Index()) await conf.Accept(content, (DecisionKind)(i % 3));
    }

    /// <returns>The submission's number.</returns>
    public static async Task<int> Accept(this TestConference conf, SubmissionContent content, DecisionKind kind = DecisionKind.Oral, string reason = "")
    {
        await using var scope = conf.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var letters = scope.ServiceProvider.GetRequiredService<LetterQueue>();
        return await db.Transaction(async () =>
        {
            var now = conf.Clock.GetUtcNow();
            var owner = await db.One<int?>("select min(Id) from Person", null, default) ?? await Owner(db, now);
            var number = await db.Next("Submission", default);
            await db.Run("""
                insert into Submission (Number, State, Title, Abstract, AreaCode, Topics, Keywords, Presentation, OwnerId, Revision, ContentHash, DecisionVersion, CreatedAt, UpdatedAt, SubmittedAt, Version)
                values (@number, 'Notified', @Title, @Abstract, @AreaCode, @topics, @keywords, @Presentation, @owner, 1, '', 1, @now, @now, @now, 1)
                """, new { number, content.Title, content.Abstract, content.AreaCode, topics = Json.Write(content.Topics), keywords = Json.Write(content.Keywords), content.Presentation, owner, now }, default);
            foreach (var (i, a) in content.Authors.Index())
                await db.Run("""
                    insert into Author (SubmissionNumber, Position, GivenName, FamilyName, Email, NormalisedEmail, Affiliation, Country, Orcid, Presenting, Corresponding)
                    values (@number, @i, @GivenName, @FamilyName, @Email, @email, @Affiliation, @Country, @Orcid, @presenting, @corresponding)
                    """, new { number, i = i + 1, a.GivenName, a.FamilyName, a.Email, email = Domain.MailAddress.Normalise(a.Email), a.Affiliation, a.Country, a.Orcid, presenting = a.Presenting ? 1 : 0, corresponding = a.Corresponding ? 1 : 0 }, default);
            await db.Run("""
                insert into Decision (SubmissionNumber, DecisionVersion, Kind, Reason, DecidedById, DecidedAt, PublishedAt)
                values (@number, 1, @kind, @reason, @owner, @now, @now)
                """, new { number, kind = kind.ToString(), reason, owner, now }, default);
            await letters.Order(Order(number, content, kind, reason), default);
            return number;
        }, default);
    }

    /// <summary>What publishing orders for a decision.</summary>
    public static LetterOrder Order(int number, SubmissionContent content, DecisionKind kind, string reason)
    {
        var to = content.Authors.First(a => a.Corresponding);
        return new LetterOrder
        {
            Kind = kind.ToString(), SubmissionNumber = number, DecisionVersion = 1, ToEmail = to.Email, ToName = to.FullName,
            Fields = new Dictionary<string, string>
            {
                ["number"] = $"{number}", ["title"] = content.Title, ["areaCode"] = content.AreaCode, ["areaTitle"] = "Area " + content.AreaCode, ["decision"] = kind.Words(), ["reason"] = reason,
                ["authors"] = string.Join(", ", content.Authors.Select(a => a.FullName)), ["givenName"] = to.GivenName, ["familyName"] = to.FamilyName,
                ["confirmBy"] = "2 August 2019", ["decisionVersion"] = "1",
            },
        };
    }

    private static async Task<int> Owner(Db db, DateTimeOffset now)
    {
        var id = await db.Next("Person", default);
        await db.Run("""
            insert into Person (Id, Email, NormalisedEmail, EmailConfirmed, GivenName, FamilyName, Affiliation, Country, SecurityStamp, AccessFailedCount, TwoFactorEnabled, CreatedAt, Version)
            values (@id, 'owner@somewhere.example', 'owner@somewhere.example', 1, 'Own', 'Er', 'Institute', 'FR', '', 0, 0, @now, 1)
            """, new { id, now }, default);
        return id;
    }
}
