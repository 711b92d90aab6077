using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An author hands in a new submission whole, without a draft before it.</summary>
public sealed record CreateSubmission(SubmissionContent Content, Actor By) : ICommand<SubmissionView>;

internal sealed class CreateSubmissionHandler(Db db, ConferenceReader conferences, SubmissionStore store, HandingIn handingIn, AuditLog audit, TimeProvider clock)
    : IRequestHandler<CreateSubmission, SubmissionView>
{
    public async Task<SubmissionView> Handle(CreateSubmission command, CancellationToken ct)
    {
        Access.Require(command.By.SignedIn, "submit without an account");
        var conference = await conferences.Current(ct);
        var content = ContentRules.Tidy(command.Content);
        var now = clock.GetUtcNow();
        await handingIn.MustBeOpen(conference, content.AreaCode, null, command.By, now, ct);
        SaveDraftHandler.Refuse(ContentRules.CheckComplete(content, conference));
        var draft = SaveDraftHandler.New(await db.Next("Submission", ct), content, command.By, now);
        var (submitted, json) = HandingIn.Revise(draft, content, now);
        await store.Insert(submitted, ct);
        await handingIn.Record(conference, submitted, json, command.By, ct);
        await audit.Write(command.By, "submission.submitted", "submission", submitted.Number, null, new { submitted.State, submitted.Revision, submitted.ContentHash }, ct);
        return SubmissionViews.Own(submitted, conference);
    }
}
