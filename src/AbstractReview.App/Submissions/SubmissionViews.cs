using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>A stored submission in the words of the API.</summary>
internal static class SubmissionViews
{
    /// <summary>As its author sees it straight after handing it in: nothing beside the rows just written can be there yet.</summary>
    public static SubmissionView Own(StoredSubmission s, Conference conference) => Of(s, s.State, s.Content.Authors) with
    {
        May = new SubmissionPowers { Edit = true, Withdraw = true, SeeHistory = true, ReadReceipt = true, SendForms = true },
        Deadline = conference.At(conference.Dates.SubmissionDeadline),
        Forms = [.. Forms(conference, s)],
    };

    public static SubmissionView Of(StoredSubmission s, SubmissionState shown, IReadOnlyList<Author> authors) => new()
    {
        Number = s.Number,
        Version = s.Version,
        State = shown,
        Title = s.Content.Title,
        Abstract = s.Content.Abstract,
        AreaCode = s.Content.AreaCode,
        Topics = s.Content.Topics,
        Keywords = s.Content.Keywords,
        Authors = authors,
        Presentation = s.Content.Presentation,
        SubmittedAt = s.SubmittedAt,
        UpdatedAt = s.UpdatedAt,
        Revision = s.Revision,
        ContentHash = s.ContentHash,
        May = new SubmissionPowers(),
    };

    private static IEnumerable<FormView> Forms(Conference conference, StoredSubmission s)
    {
        if (conference.Forms.FormA != FormDemand.No) yield return new FormView { Kind = "A", State = "Missing", Note = "", ChangedAt = s.UpdatedAt };
        if (conference.Forms.FormB != FormDemand.No) yield return new FormView { Kind = "B", State = "Missing", Note = "", ChangedAt = s.UpdatedAt };
    }
}
