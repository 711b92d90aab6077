using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An author begins a draft (no number) or changes a submission; a change after the submit must be complete and makes a revision. A null version does not check.</summary>
public sealed record SaveDraft(int? Number, SubmissionContent Content, int? Version, Actor By) : ICommand<SavedDraft>
{
    /// <summary>The key of the form that begins a draft: the same form sent again finds its draft, and changes it if nobody has since.</summary>
    public string? Form { get; init; }
}

public sealed record SavedDraft(int Number, int Version);

internal sealed class SaveDraftHandler(Db db, ConferenceReader conferences, Relations relations, SubmissionStore store, HandingIn handingIn, BegunForms begun, AuditLog audit, TimeProvider clock)
    : IRequestHandler<SaveDraft, SavedDraft>
{
    private const int FirstVersion = 1;

    public async Task<SavedDraft> Handle(SaveDraft command, CancellationToken ct)
    {
        var conference = await conferences.Current(ct);
        var content = ContentRules.Tidy(command.Content);
        if (command.Number is { } number) return await Change(number, content, command, conference, ct);
        return await begun.Find(command.Form, command.By, ct) is { } known
            ? await Change(known, content, command with { Version = command.Version ?? FirstVersion }, conference, ct)
            : await Begin(content, command, conference, ct);
    }

    private async Task<SavedDraft> Begin(SubmissionContent content, SaveDraft command, Conference conference, CancellationToken ct)
    {
        var by = command.By;
        Access.Require(by.SignedIn, "submit without an account");
        var now = clock.GetUtcNow();
        await handingIn.MustBeOpen(conference, content.AreaCode, null, by, now, ct);
        Refuse(ContentRules.CheckDraft(content, conference));
        var draft = New(await db.Next("Submission", ct), content, by, now);
        await store.Insert(draft, ct);
        await begun.Note(command.Form, draft.Number, by, ct);
        await audit.Write(by, "submission.drafted", "submission", draft.Number, null, new { content.Title }, ct);
        return new SavedDraft(draft.Number, draft.Version);
    }

    private async Task<SavedDraft> Change(int number, SubmissionContent content, SaveDraft command, Conference conference, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(number, command.By, ct);
        Access.Require(Access.MayEditSubmission(command.By, relation), $"change submission {number}");
        var standing = await store.Load(number, ct);
        if (command.Version is { } version && version != standing.Version)
            throw new StaleException($"Submission {number} was changed meanwhile: you edited version {version}, now it is version {standing.Version}.", standing.Version);
        var state = standing.State.After(Verb.Revise);
        var now = clock.GetUtcNow();
        await handingIn.MustBeOpen(conference, content.AreaCode, standing, command.By, now, ct);
        var submitted = state == SubmissionState.Submitted;
        Refuse(submitted ? ContentRules.CheckComplete(content, conference) : ContentRules.CheckDraft(content, conference));
        var (next, json) = submitted ? HandingIn.Revise(standing, content, now) : (standing with { Content = content, UpdatedAt = now }, "");
        // The same text again is not another revision.
        if (submitted && next.ContentHash == standing.ContentHash) return new SavedDraft(number, standing.Version);
        if (submitted) next = next with { SubmittedAt = standing.SubmittedAt };
        await store.Update(next, standing.Version, !content.Authors.SequenceEqual(standing.Content.Authors), ct);
        if (submitted) await handingIn.Record(conference, next with { SubmittedAt = now }, json, command.By, ct);
        await audit.Write(command.By, submitted ? "submission.revised" : "submission.drafted", "submission", number,
            new { standing.Content.Title, standing.ContentHash }, new { content.Title, next.ContentHash }, ct);
        return new SavedDraft(number, standing.Version + 1);
    }

    internal static StoredSubmission New(int number, SubmissionContent content, Actor by, DateTimeOffset now) => new()
    {
        Number = number,
        State = SubmissionState.Draft,
        OwnerId = by.PersonId,
        Revision = 0,
        ContentHash = "",
        SubmittedAt = null,
        UpdatedAt = now,
        Version = FirstVersion,
        Content = content,
    };

    internal static void Refuse(IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }
}
