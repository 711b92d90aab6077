using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>What every way of handing in shares: the deadline, the revision with its hash, the forms asked for.</summary>
public sealed class HandingIn(Db db, ConferenceReader conferences, IAlarm alarm)
{
    /// <summary>Refuses before the call opens and after the deadline, its grace and its extensions. The secretariat's corrections are not bound by it,
    /// nor are submissions the committee returned: they come back after the deadline by nature.</summary>
    /// <exception cref="RuleBrokenException">It is too early or too late.</exception>
    public async Task MustBeOpen(Conference conference, string areaCode, StoredSubmission? standing, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (by.IsSecretariat || standing?.State == SubmissionState.Returned) return;
        Deadline.MustBeOpen(conference, areaCode == "" ? null : areaCode, standing?.Number, await conferences.Extensions(ct), now);
    }

    /// <summary>The submission with one more revision, as it is then to be stored; the revision's own row is <see cref="Record"/>'s.</summary>
    public static (StoredSubmission Next, string Json) Revise(StoredSubmission s, SubmissionContent content, DateTimeOffset now)
    {
        var json = Json.Write(content);
        return (s with
        {
            State = SubmissionState.Submitted,
            Content = content,
            Revision = s.Revision + 1,
            ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))),
            SubmittedAt = now,
            UpdatedAt = now,
        }, json);
    }

    /// <summary>Writes the revision and, at the first one, the forms the call asks for. Its receipt and its mails wait in that row for <see cref="TypesetReceipts"/>.</summary>
    public async Task Record(Conference conference, StoredSubmission s, string json, Actor by, CancellationToken ct)
    {
        await db.Run(InsertRevision, new { s.Number, s.Revision, At = s.SubmittedAt, ById = by.PersonId, Content = json, s.ContentHash }, ct);
        if (s.Revision == 1)
        {
            if (conference.Forms.FormA != FormDemand.No) await db.Run(InsertForm, new { s.Number, Kind = "A", At = s.SubmittedAt }, ct);
            if (conference.Forms.FormB != FormDemand.No) await db.Run(InsertForm, new { s.Number, Kind = "B", At = s.SubmittedAt }, ct);
        }

        db.AfterCommit(() => alarm.Ring(Alarms.Receipts));
    }

    private const string InsertRevision = """
        insert into Revision (SubmissionNumber, Revision, At, ById, Content, ContentHash, TellsAuthors)
        values (@Number, @Revision, @At, @ById, @Content, @ContentHash, 1)
        """;

    private const string InsertForm = """
        insert into OfficialForm (SubmissionNumber, Kind, State, Note, ChangedAt, Version)
        values (@Number, @Kind, 'Missing', '', @At, 1)
        """;
}
