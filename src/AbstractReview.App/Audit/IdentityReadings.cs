using System.Globalization;
using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Audit;

/// <summary>
/// Who read who reviews what. Called by whatever shows a reviewer's name to somebody who is not that reviewer; the audit takes it once for a
/// person, a submission and a day, and reading again costs one look at a key.
/// </summary>
public sealed class IdentityReadings(Db db, AuditLog audit, TimeProvider clock)
{
    /// <summary>The reviewers of one submission were shown.</summary>
    public Task Record(Actor by, int submission, CancellationToken ct)
        => Record(by, "submission", submission.ToString(CultureInfo.InvariantCulture), ct);

    /// <summary>A view of many reviewers at once was shown, such as their leniencies.</summary>
    public Task RecordAll(Actor by, string view, CancellationToken ct) => Record(by, "conference", view, ct);

    private async Task Record(Actor by, string kind, string id, CancellationToken ct)
    {
        if (!by.SignedIn) return;
        var key = new { by.PersonId, kind, id, day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        if (await db.One<int>(Known, key, ct) > 0) return;
        await db.Transaction(async () =>
        {
            // Two windows of one person may have come here together.
            if (await db.One<int>(Known, key, ct) > 0) return;
            await db.Run(Insert, key, ct);
            await audit.Write(by, "reviewers.read", kind, id, null, null, ct);
        }, ct);
    }

    private const string Known = "select count(*) from IdentityReading where PersonId = @PersonId and ObjectKind = @kind and ObjectId = @id and Day = @day";

    private const string Insert = "insert into IdentityReading (PersonId, ObjectKind, ObjectId, Day) values (@PersonId, @kind, @id, @day)";
}
