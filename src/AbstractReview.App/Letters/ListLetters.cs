using System.Globalization;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>The ledger: every letter with what became of it, by id.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Show">Null for all, else <c>waiting</c> (not sent yet), <c>trouble</c> (failed or bounced), <c>missing</c> (waiting or in trouble: who has not received), <c>sent</c> or <c>repeated</c>.</param>
/// <param name="Cursor">The <c>next</c> of the page before; null for the first.</param>
/// <param name="Take">How many at most, 1 to 500.</param>
public sealed record ListLetters(string? Show, string? Cursor, int Take, Actor By) : IQuery<LetterList>
{
    /// <summary>Only letters whose recipient's name or address, or whose submission's number, holds this; null for all.</summary>
    public string? Find { get; init; }
}

/// <summary>How many letters there are in each view of the ledger.</summary>
public sealed record CountLetters(Actor By) : IQuery<LetterCounts>;

public sealed record LetterList(IReadOnlyList<LetterEntry> Items, string? Next);

public sealed record LetterCounts
{
    public required int All { get; init; }
    public required int Waiting { get; init; }
    public required int Trouble { get; init; }
    public required int Sent { get; init; }

    /// <summary>Handed over more than once because an answer was lost.</summary>
    public required int Repeated { get; init; }

    public int Missing => Waiting + Trouble;
}

public sealed record LetterEntry
{
    public required int Id { get; init; }
    public required int? Number { get; init; }
    public required int DecisionVersion { get; init; }
    public required string Kind { get; init; }
    public required string ToName { get; init; }
    public required string ToEmail { get; init; }

    /// <summary><c>Queued</c>, <c>Typeset</c>, <c>Failed</c> (could not be written) or <c>Superseded</c>.</summary>
    public required string State { get; init; }

    /// <summary>Its mail: <c>Held</c>, <c>Waiting</c>, <c>Sending</c>, <c>Sent</c>, <c>Failed</c> or <c>Superseded</c>.</summary>
    public required string MailState { get; init; }

    public required string MessageId { get; init; }
    public required int Attempts { get; init; }

    /// <summary>How often a lost answer hid whether the server had taken it, so that it was handed over again under the same Message-ID.</summary>
    public required int Repeats { get; init; }

    public required string? Error { get; init; }
    public required string? PdfSha256 { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? TypesetAt { get; init; }
    public required DateTimeOffset? NextAttemptAt { get; init; }
    public required DateTimeOffset? SentAt { get; init; }
    public required DateTimeOffset? BouncedAt { get; init; }

    /// <summary>One word for the row: what happened last.</summary>
    public string Outcome => BouncedAt is not null && State != "Superseded" ? "Bounced" : State is "Failed" or "Superseded" or "Queued" or "Erased" ? State : MailState;

    /// <summary>It failed and can be tried as it is.</summary>
    public bool MayRetry => Outcome == "Failed";

    /// <summary>Its address can be corrected: it did not arrive, or waits.</summary>
    public bool MayCorrect => Outcome is "Bounced" or "Waiting" || (State == "Typeset" && MailState == "Failed");

    /// <summary>The server took it; it can be sent once more.</summary>
    public bool MayResend => Outcome == "Sent";
}

internal sealed class ListLettersHandler(Db db) : IRequestHandler<ListLetters, LetterList>, IRequestHandler<CountLetters, LetterCounts>
{
    public async Task<LetterList> Handle(ListLetters query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the letters");
        var after = 0;
        if (query.Cursor is not null && !int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new RuleBrokenException("cursor", "The cursor is the “next” of the page before.");
        var take = Math.Clamp(query.Take, 1, 500);
        var show = string.IsNullOrEmpty(query.Show) ? null : query.Show;
        var find = string.IsNullOrWhiteSpace(query.Find) ? null : query.Find.Trim();
        var number = find is not null && int.TryParse(find.Replace("AR-", "", StringComparison.OrdinalIgnoreCase), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var rows = await db.All<LetterEntry>(Read, new { after, show, number, find = find is null ? null : LikePattern.Containing(find.ToLowerInvariant()), skip = 0, take = take + 1 }, ct);
        return new LetterList([.. rows.Take(take)], rows.Count > take ? rows[take - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    public async Task<LetterCounts> Handle(CountLetters query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the letters");
        return (await db.One<LetterCounts>(Count, null, ct))!;
    }

    internal const string Columns = """
        l.Id, l.SubmissionNumber as Number, l.DecisionVersion, l.Kind, l.ToName, o.ToEmail, l.State, o.State as MailState, o.MessageId, o.Attempts, o.Repeats,
        coalesce(l.Error, o.BounceReason, o.LastError) as Error, l.PdfSha256, l.CreatedAt, l.TypesetAt, o.NextAttemptAt, o.SentAt, o.BouncedAt
        """;

    private const string Read = $"""
        select {Columns}
        from Letter l
        join Outbox o on o.LetterId = l.Id
        where l.Id > @after
          and (@find is null or lower(l.ToName) like @find escape '!' or lower(o.ToEmail) like @find escape '!' or l.SubmissionNumber = @number)
          and (@show is null
            or (@show in ('waiting', 'missing') and l.State in ('Queued', 'Typeset') and o.State in ('Held', 'Waiting', 'Sending'))
            or (@show in ('trouble', 'missing') and l.State <> 'Superseded' and (l.State = 'Failed' or o.State = 'Failed' or o.BouncedAt is not null))
            or (@show = 'sent' and o.State = 'Sent' and o.BouncedAt is null)
            or (@show = 'repeated' and o.Repeats > 0))
        order by l.Id
        offset @skip rows fetch next @take rows only
        """;

    private const string Count = """
        select count(*) as "All",
               coalesce(sum(case when l.State in ('Queued', 'Typeset') and o.State in ('Held', 'Waiting', 'Sending') then 1 else 0 end), 0) as Waiting,
               coalesce(sum(case when l.State <> 'Superseded' and (l.State = 'Failed' or o.State = 'Failed' or o.BouncedAt is not null) then 1 else 0 end), 0) as Trouble,
               coalesce(sum(case when o.State = 'Sent' and o.BouncedAt is null then 1 else 0 end), 0) as Sent,
               coalesce(sum(case when o.Repeats > 0 then 1 else 0 end), 0) as Repeated
        from Letter l
        join Outbox o on o.LetterId = l.Id
        """;
}
