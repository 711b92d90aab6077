using System.Globalization;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>The ledger: every letter with what became of it, by id.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Show">Null for all, else <c>waiting</c> (not sent yet), <c>trouble</c> (failed or bounced) or <c>sent</c>.</param>
/// <param name="Cursor">The <c>next</c> of the page before; null for the first.</param>
/// <param name="Take">How many at most, 1 to 500.</param>
public sealed record ListLetters(string? Show, string? Cursor, int Take, Actor By) : IQuery<LetterList>;

public sealed record LetterList(IReadOnlyList<LetterEntry> Items, string? Next);

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

    /// <summary>How often a crash hid whether the server had taken it, so that it was handed over again under the same Message-ID.</summary>
    public required int Repeats { get; init; }

    public required string? Error { get; init; }
    public required string? PdfSha256 { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? TypesetAt { get; init; }
    public required DateTimeOffset? SentAt { get; init; }
    public required DateTimeOffset? BouncedAt { get; init; }

    /// <summary>One word for the row: what happened last.</summary>
    public string Outcome => BouncedAt is not null ? "Bounced" : State is "Failed" or "Superseded" or "Queued" ? State : MailState;
}

internal sealed class ListLettersHandler(Db db) : IRequestHandler<ListLetters, LetterList>
{
    public async Task<LetterList> Handle(ListLetters query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the letters");
        var after = 0;
        if (query.Cursor is not null && !int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new RuleBrokenException("cursor", "The cursor is the “next” of the page before.");
        var take = Math.Clamp(query.Take, 1, 500);
        var rows = await db.All<LetterEntry>(Read, new { after, query.Show, skip = 0, take = take + 1 }, ct);
        return new LetterList([.. rows.Take(take)], rows.Count > take ? rows[take - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    private const string Read = """
        select l.Id, l.SubmissionNumber as Number, l.DecisionVersion, l.Kind, l.ToName, o.ToEmail, l.State, o.State as MailState, o.MessageId, o.Attempts, o.Repeats,
               coalesce(l.Error, o.BounceReason, o.LastError) as Error, l.PdfSha256, l.CreatedAt, l.TypesetAt, o.SentAt, o.BouncedAt
        from Letter l
        join Outbox o on o.LetterId = l.Id
        where l.Id > @after
          and (@Show is null
            or (@Show = 'waiting' and l.State in ('Queued', 'Typeset') and o.State in ('Held', 'Waiting', 'Sending'))
            or (@Show = 'trouble' and l.State <> 'Superseded' and (l.State = 'Failed' or o.State = 'Failed' or o.BouncedAt is not null))
            or (@Show = 'sent' and o.State = 'Sent' and o.BouncedAt is null))
        order by l.Id
        offset @skip rows fetch next @take rows only
        """;
}
