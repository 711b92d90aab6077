using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Submissions;

/// <summary>Submissions as test persons write them.</summary>
internal static class Writing
{
    public const string Topic1 = "Strong, sustainable and independent regulatory body";

    public static string Words(int count) => string.Join(' ', Enumerable.Range(1, count).Select(i => $"word{i}"));

    public static SubmissionContent Content(string title = "On regulating well", int words = 200) => new()
    {
        Title = title,
        Abstract = Words(words),
        AreaCode = "TA1",
        Topics = [Topic1],
        Keywords = ["independence"],
        Presentation = "oral",
        Authors =
        [
            new Author { GivenName = "Salma", FamilyName = "Benali", Email = "s.benali@regulator.example", Affiliation = "Regulator", Country = "MA", Presenting = true, Corresponding = true },
            new Author { GivenName = "محمد", FamilyName = "العلوي", Email = "m.alaoui@regulator.example", Affiliation = "Regulator", Country = "MA" },
        ],
    };

    public static async Task<int> Drafted(this TestConference conf, Actor author, SubmissionContent? content = null)
        => (await conf.Send(new SaveDraft(null, content ?? Content(), null, author))).Number;

    public static async Task<int> Submitted(this TestConference conf, Actor author, SubmissionContent? content = null)
    {
        var number = await conf.Drafted(author, content);
        await conf.Send(new SubmitSubmission(number, author));
        return number;
    }

    /// <summary>A decision as the committee's commands leave it.</summary>
    public static async Task Decided(this TestConference conf, int number, string kind, bool published)
    {
        var now = conf.Clock.GetUtcNow();
        await conf.Write("update Submission set State = @state, DecisionVersion = 1 where Number = @number", new { number, state = published ? "Notified" : "Decided" });
        await conf.Write("""
            insert into Decision (SubmissionNumber, DecisionVersion, Kind, Reason, DecidedById, DecidedAt, PublishedAt)
            values (@number, 1, @kind, 'Because', 0, @now, @published)
            """, new { number, kind, now, published = published ? now : (DateTimeOffset?)null });
    }

    public static async Task Assigned(this TestConference conf, int number, Actor reviewer)
    {
        if (await conf.One<int>("select count(*) from Reviewer where PersonId = @PersonId", new { reviewer.PersonId }) == 0)
            await conf.Write("insert into Reviewer (PersonId, Areas, Topics, Keywords, QuotaMin, QuotaMax, Available, Version) values (@PersonId, '[]', '[]', '[]', 0, 8, 1, 1)", new { reviewer.PersonId });
        await conf.Write("""
            insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version)
            values (@number, @PersonId, 'Assigned', 0, 0.5, @now, 1)
            """, new { number, reviewer.PersonId, now = conf.Clock.GetUtcNow() });
        await conf.Write("update Submission set State = 'UnderReview' where Number = @number and State = 'Submitted'", new { number });
    }

    public static async Task Write(this TestConference conf, string sql, object args)
        => await conf.All<int>(sql, args);
}
