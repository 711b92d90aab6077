using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>
/// Authors of an accepted submission, or the secretariat for them, say when whoever presents it cannot speak, or would rather not. The
/// proposal keeps to it, and the editor shows what goes against it. Answers the new version.
/// </summary>
/// <param name="Number">The submission.</param>
/// <param name="Wishes">All of them; those of before are replaced. At most <see cref="Availability.Most"/>, in the conference's time.</param>
/// <param name="Note">What times cannot say, for the committee; at most 1,000 characters.</param>
/// <param name="By">Who asks.</param>
public sealed record SayWhenAvailable(int Number, IReadOnlyList<Wish> Wishes, string Note, Actor By) : ICommand<int>
{
    /// <summary>The version that was loaded; null does not check.</summary>
    public int? Version { get; init; }
}

internal sealed class SayWhenAvailableHandler(Db db, AvailabilityRules rules, AuditLog audit, TimeProvider clock) : IRequestHandler<SayWhenAvailable, int>
{
    public async Task<int> Handle(SayWhenAvailable command, CancellationToken ct)
    {
        var (number, by) = (command.Number, command.By);
        var conference = await rules.Require(number, by, ct);
        if (!AvailabilityRules.Open(conference, by, clock.GetUtcNow())) throw new RuleBrokenException($"This could be told until the conference began. Write to {conference.Mail.Address} if something must still change.");
        var wishes = Availability.Check(command.Wishes, conference);
        var note = command.Note.ReplaceLineEndings("\n").Trim();
        if (ContentRules.CheckText("note", note, 1000) is { Count: > 0 } errors) throw new RuleBrokenException(errors);
        var version = await db.Keep((ReadVersion, Insert, Update), number, current => new { number, wishes = Json.Write(wishes), note, now = clock.GetUtcNow(), current },
            command.Version, $"When the speaker of submission {number} can be there was changed meanwhile.", ct);
        await audit.Write(by, "availability.told", "submission", number, null, new { wishes, note }, ct);
        return version;
    }

    private const string ReadVersion = "select coalesce(max(Version), 0) from Availability where SubmissionNumber = @number";

    private const string Update = """
        update Availability
        set Wishes = @wishes, Note = @note, ChangedAt = @now, Version = Version + 1
        where SubmissionNumber = @number and Version = @current
        """;

    private const string Insert = """
        insert into Availability (SubmissionNumber, Wishes, Note, ChangedAt, Version)
        values (@number, @wishes, @note, @now, 1)
        """;
}

/// <summary>Who may say it, of what, and until when.</summary>
public sealed class AvailabilityRules(ConferenceReader conferences, Relations relations, Participation participation)
{
    /// <exception cref="NotFoundException">There is no such submission for them, or none that is accepted.</exception>
    public async Task<Conference> Require(int number, Actor by, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(number, by, ct);
        if (!Access.MayEditSubmission(by, relation) || !await participation.IsAccepted(number, ct) || !relation.State.May(Verb.Finalise)) throw new NotFoundException($"Submission {number} has no speaker to ask for.");
        return await conferences.Current(ct);
    }

    public static DateTimeOffset Until(Conference conference) => conference.At(conference.Programme.Days.Min().ToDateTime(TimeOnly.MinValue));

    public static bool Open(Conference conference, Actor by, DateTimeOffset now) => by.IsSecretariat || now < Until(conference);
}
