using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>
/// Takes a filled-in offline form: first as a difference to look at, then, with <paramref name="Apply"/>, all of it or nothing. A review that was saved since
/// the form was made is never overwritten.
/// </summary>
/// <param name="File">The form as <see cref="OfflineForms.Read"/> gives it.</param>
/// <param name="Apply">Changes; without it nothing does.</param>
/// <param name="By">The reviewer.</param>
public sealed record ImportReviews(OfflineFile File, bool Apply, Actor By) : ILongCommand<ReviewImport>;

/// <param name="Applied">The changes are made.</param>
/// <param name="Items">What each row does.</param>
/// <param name="Errors">Why it cannot be applied, row by row; empty when it can.</param>
public sealed record ReviewImport(bool Applied, IReadOnlyList<ImportedReview> Items, IReadOnlyList<FieldError> Errors)
{
    public int Changes => Items.Count(i => i.Action != ImportAction.Nothing);
}

public enum ImportAction { Nothing, Keep, HandIn }

public sealed record ImportedReview(int Row, int Number, string Title, ImportAction Action, IReadOnlyList<FieldChange> Changes);

internal sealed class ImportReviewsHandler(Db db, Relations relations, ConferenceReader conference, ReviewRows rows, ReviewKeeping reviews, TimeProvider clock) : IRequestHandler<ImportReviews, ReviewImport>
{
    public async Task<ReviewImport> Handle(ImportReviews command, CancellationToken ct)
    {
        Access.Require(command.By.SignedIn, "import reviews without signing in");
        var call = await conference.Current(ct);
        var (items, errors) = (new List<ImportedReview>(), new List<FieldError>(command.File.Errors));
        foreach (var row in command.File.Rows)
            if (await Look(row, call, command.By, errors, ct) is { } item)
                items.Add(item);
        if (!command.Apply) return new ReviewImport(false, items, errors);
        if (errors.Count > 0) throw new RuleBrokenException(errors);
        foreach (var (item, row) in items.Join(command.File.Rows, i => i.Row, r => r.Row, (i, r) => (i, r)).Where(x => x.i.Action != ImportAction.Nothing))
        {
            var form = row.Over((await rows.Of(row.Number, command.By.PersonId, ct))?.Form ?? new ReviewForm());
            if (item.Action == ImportAction.HandIn) await reviews.Submit(row.Number, form, row.Version, command.By, ct);
            else await reviews.Save(row.Number, form, row.Version, command.By, ct);
        }

        return new ReviewImport(true, items, []);
    }

    /// <summary>What the row would do; null, and its errors told, where it cannot.</summary>
    private async Task<ImportedReview?> Look(OfflineReview row, Conference call, Actor by, List<FieldError> errors, CancellationToken ct)
    {
        var told = errors.Count;
        var relation = await relations.Of(row.Number, by, ct);
        // The same words whether it exists or not.
        if (relation is null || !Access.MaySeeSubmission(by, relation) || !Access.MayReview(by, relation))
        {
            Refuse("submission", $"submission {row.Number} is not in your queue.");
            return null;
        }

        var before = await rows.Of(row.Number, by.PersonId, ct);
        var form = row.Over(before?.Form ?? new ReviewForm());
        var changes = ReviewDifferences.Between(before?.Form ?? new ReviewForm(), form, call.Review);
        var handsIn = row.HandIn && (changes.Count > 0 || before?.State != ReviewState.Submitted);
        var title = (await db.One<string>(ReadTitle, new { row.Number }, ct))!;
        if (changes.Count == 0 && !handsIn) return new ImportedReview(row.Row, row.Number, title, ImportAction.Nothing, []);
        if (row.Version != (before?.Version ?? 0)) Refuse("version", $"this review was saved since the form was made (version {row.Version}, now {before?.Version ?? 0}). Export it again.");
        if (!ReviewTime.IsOpen(call, relation.State, clock.GetUtcNow())) Refuse("submission", $"reviews of submission {row.Number} are closed.");
        if (!handsIn && before?.State == ReviewState.Submitted) Refuse("hand_in", "this review was handed in. Write “yes” here to replace it, or re-open it first.");
        foreach (var error in handsIn ? form.CheckComplete(call.Review) : form.CheckDraft(call.Review)) Refuse(Column(error.Field), error.Message);
        return errors.Count > told ? null : new ImportedReview(row.Row, row.Number, title, handsIn ? ImportAction.HandIn : ImportAction.Keep, changes);

        void Refuse(string column, string message) => errors.Add(new FieldError($"row{row.Row}.{column}", $"Row {row.Row}, {column}: {message}"));
    }

    private static string Column(string field) => field switch
    {
        "commentsToAuthors" => "comments_to_authors",
        "commentsToCommittee" => "comments_to_committee",
        _ => field.StartsWith("scores.", StringComparison.Ordinal) ? "score." + field["scores.".Length..] : field,
    };

    private const string ReadTitle = "select Title from Submission where Number = @Number";
}
