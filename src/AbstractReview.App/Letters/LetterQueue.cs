using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;

namespace AbstractReview.App.Letters;

/// <summary>A letter to be written, typeset and sent.</summary>
public sealed record LetterOrder
{
    /// <summary>Template name: <c>Oral</c>, <c>Poster</c>, <c>Panel</c>, <c>Waitlist</c>, <c>Reject</c>, <c>Return</c>, <c>Invitation</c>, <c>Thanks</c> …</summary>
    public required string Kind { get; init; }
    public int? SubmissionNumber { get; init; }
    /// <summary>The decision it tells of; 0 for letters about none.</summary>
    public int DecisionVersion { get; init; }
    public required string ToEmail { get; init; }
    public required string ToName { get; init; }
    /// <summary>Who asked for it; null when a decision ordered it.</summary>
    public int? IssuedById { get; init; }

    /// <summary>What the template may use besides the fixed fields, as they stood when the letter was ordered.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public string Key => FormattableString.Invariant($"letter/{Kind}/{SubmissionNumber ?? 0}/{DecisionVersion}/{Domain.MailAddress.Normalise(ToEmail)}");
}

/// <summary>Orders letters: the letter's row and its mail's row, held until the letter is typeset, in the transaction of whoever decides.</summary>
public sealed class LetterQueue(Db db, Outbox outbox, IAlarm alarm, TimeProvider clock)
{
    /// <summary>Orders the letter unless the very same was ordered before; answers whether it is new.</summary>
    public async Task<bool> Order(LetterOrder order, CancellationToken ct)
    {
        if (await db.One<int>(Count, new { order.Key }, ct) > 0) return false;
        var id = await db.Next("Letter", ct);
        await db.Run(Insert, new
        {
            id, order.Key, order.SubmissionNumber, order.DecisionVersion, order.Kind, order.ToEmail, order.ToName, Fields = Json.Write(order.Fields), order.IssuedById, now = clock.GetUtcNow(),
        }, ct);
        await outbox.Queue(new Mail { Key = order.Key, Kind = order.Kind, ToEmail = order.ToEmail, ToName = order.ToName, Subject = "", Text = "", LetterId = id }, ct);
        db.AfterCommit(() => alarm.Ring(Alarms.Letters));
        return true;
    }

    /// <summary>A changed decision: letters of earlier versions that were not sent yet will not be.</summary>
    public async Task Supersede(int submissionNumber, int newDecisionVersion, CancellationToken ct)
    {
        await db.Run(SupersedeMail, new { submissionNumber, newDecisionVersion }, ct);
        await db.Run(SupersedeLetters, new { submissionNumber, newDecisionVersion }, ct);
    }

    private const string Count = "select count(*) from Letter where LetterKey = @Key";

    private const string Insert = """
        insert into Letter (Id, LetterKey, SubmissionNumber, DecisionVersion, Kind, ToEmail, ToName, State, Fields, IssuedById, CreatedAt)
        values (@id, @Key, @SubmissionNumber, @DecisionVersion, @Kind, @ToEmail, @ToName, 'Queued', @Fields, @IssuedById, @now)
        """;

    private const string SupersedeMail = """
        update Outbox
        set State = 'Superseded'
        where State in ('Held', 'Waiting', 'Failed')
          and LetterId in (select Id from Letter where SubmissionNumber = @submissionNumber and DecisionVersion > 0 and DecisionVersion < @newDecisionVersion)
        """;

    private const string SupersedeLetters = """
        update Letter
        set State = 'Superseded'
        where SubmissionNumber = @submissionNumber and DecisionVersion > 0 and DecisionVersion < @newDecisionVersion
        """;
}
