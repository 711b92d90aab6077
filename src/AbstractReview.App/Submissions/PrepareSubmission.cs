using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Authors of an accepted submission make it ready for print and programme. Answers the version of what they added.</summary>
public sealed record PrepareSubmission : ICommand<int>
{
    public required int Number { get; init; }
    /// <summary>Who presents, by their place among the authors from 1; null leaves it.</summary>
    public int? Presenting { get; init; }
    /// <summary>Of the presenting author.</summary>
    public string Biography { get; init; } = "";
    /// <summary>Whether the abstract may be published; null while they have not answered.</summary>
    public bool? Consent { get; init; }
    /// <summary>The final text, where the chair lets it be handed in; null leaves it.</summary>
    public string? Title { get; init; }
    public string? Abstract { get; init; }
    /// <summary>The version that was loaded; null does not check.</summary>
    public int? Version { get; init; }
    public required Actor By { get; init; }
}

internal sealed class PrepareSubmissionHandler(
    Db db, ConferenceReader conferences, Relations relations, Participation participation, SubmissionStore store, HandingIn handingIn, AuditLog audit, TimeProvider clock)
    : IRequestHandler<PrepareSubmission, int>
{
    public async Task<int> Handle(PrepareSubmission command, CancellationToken ct)
    {
        var (number, by, now) = (command.Number, command.By, clock.GetUtcNow());
        var relation = await relations.RequireSeen(number, by, ct);
        Access.Require(Access.MayEditSubmission(by, relation), $"prepare submission {number}");
        var conference = await conferences.Current(ct);
        await MustBeOpen(conference, relation, by, now, ct);
        var standing = await store.Load(number, ct);
        var content = Content(standing.Content, command, conference, by);
        var biography = Biography(command.Biography, conference);
        if (content != standing.Content) await Revise(conference, standing, content, by, now, ct);
        var version = await db.Keep((ReadVersion, Insert, Update), number, current => new { number, biography, command.Consent, now, current },
            command.Version, $"What you added to submission {number} was changed meanwhile.", ct);
        await audit.Write(by, "submission.prepared", "submission", number, null, new { command.Presenting, command.Consent, biography }, ct);
        return version;
    }

    private async Task MustBeOpen(Conference conference, Relation relation, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        // A decision that is pending again must not show.
        if (relation.State == SubmissionState.Decided || !await participation.IsAccepted(relation.SubmissionNumber, ct))
            throw new RuleBrokenException("state", "Only an accepted submission can be made ready for print.");
        relation.State.After(Verb.Finalise);
        var until = Preparations.Until(conference);
        if (now > until && !by.IsSecretariat) throw new RuleBrokenException($"This was open until {Deadline.Words(conference, until)}. Write to {conference.Mail.Address} if something must still change.");
    }

    private static SubmissionContent Content(SubmissionContent standing, PrepareSubmission command, Conference conference, Actor by)
    {
        var content = ContentRules.Tidy(standing with { Title = command.Title ?? standing.Title, Abstract = command.Abstract ?? standing.Abstract });
        var text = content.Title != standing.Title || content.Abstract != standing.Abstract;
        if (text && !conference.Final.Text && !by.IsSecretariat) throw new RuleBrokenException("abstract", "Title and abstract are printed as they were accepted; they cannot be changed now.");
        if (command.Presenting is { } place)
        {
            if (place < 1 || place > content.Authors.Count) throw new RuleBrokenException("presenting", "Choose one of the authors.");
            content = content with { Authors = [.. content.Authors.Select((a, i) => a with { Presenting = i + 1 == place })] };
        }

        var same = !text && content.Authors.SequenceEqual(standing.Authors);
        if (!same) SaveDraftHandler.Refuse(ContentRules.CheckComplete(content, Preparations.WithFinalLimits(conference)));
        return same ? standing : content;
    }

    private static string Biography(string text, Conference conference)
    {
        var biography = text.ReplaceLineEndings("\n").Trim();
        var most = conference.Final.BiographyWords;
        if (ContentRules.Words(biography) is var words && words > most) throw new RuleBrokenException("biography", $"The biography has {words} words; at most {most} are taken.");
        SaveDraftHandler.Refuse(ContentRules.CheckText("biography", biography, 10_000));
        return biography;
    }

    private async Task Revise(Conference conference, StoredSubmission standing, SubmissionContent content, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var (revised, json) = HandingIn.Revise(standing, content, now);
        revised = revised with { State = standing.State, SubmittedAt = standing.SubmittedAt };
        await store.Update(revised, standing.Version, authorsChanged: true, ct);
        await handingIn.Record(conference, revised with { SubmittedAt = now }, json, by, ct);
        await audit.Write(by, "submission.finalised", "submission", standing.Number, new { standing.Content.Title, standing.ContentHash }, new { content.Title, revised.ContentHash }, ct);
    }

    private const string ReadVersion = "select coalesce(max(Version), 0) from Preparation where SubmissionNumber = @number";

    private const string Update = """
        update Preparation
        set Biography = @biography, Consent = @Consent, ChangedAt = @now, Version = Version + 1
        where SubmissionNumber = @number and Version = @current
        """;

    private const string Insert = """
        insert into Preparation (SubmissionNumber, Biography, Consent, ChangedAt, Version)
        values (@number, @biography, @Consent, @now, 1)
        """;
}

/// <summary>The rules of what comes after acceptance, as the call sets them.</summary>
internal static class Preparations
{
    public static DateTimeOffset Until(Conference conference) => conference.At(conference.Final.Until ?? conference.Dates.ConfirmBy);

    public static Conference WithFinalLimits(Conference conference) => conference.Final.AbstractWordsMax == 0 ? conference
        : conference with { Limits = conference.Limits with { AbstractWordsMax = conference.Final.AbstractWordsMax, AbstractWordsMin = Math.Min(conference.Limits.AbstractWordsMin, conference.Final.AbstractWordsMax) } };
}
