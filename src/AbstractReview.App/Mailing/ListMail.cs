using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Mailing;

/// <summary>The outbox, newest first, a page at a time; never what a mail says.</summary>
/// <param name="State">One of <see cref="MailList.States"/>; null for all.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Size">Rows a page, 1 to 200.</param>
/// <param name="By">Who asks.</param>
public sealed record ListMail(string? State, int Page, int Size, Actor By) : IQuery<MailList>;

public sealed record MailList(IReadOnlyList<MailEntry> Items, int Total)
{
    public static IReadOnlyList<string> States { get; } = ["Held", "Waiting", "Sending", "Sent", "Failed", "Superseded"];
}

public sealed record MailEntry
{
    public required int Id { get; init; }
    public required string Kind { get; init; }
    public required string ToEmail { get; init; }
    public required string ToName { get; init; }
    public required string Subject { get; init; }
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required int Repeats { get; init; }
    public required string? Error { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? SentAt { get; init; }
    public required DateTimeOffset? BouncedAt { get; init; }
}

internal sealed class ListMailHandler(Db db) : IRequestHandler<ListMail, MailList>
{
    public async Task<MailList> Handle(ListMail query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the mail");
        var state = string.IsNullOrWhiteSpace(query.State) ? null : query.State;
        var take = Math.Clamp(query.Size, 1, 200);
        var total = await db.One<int>(Count, new { state }, ct);
        return new MailList(await db.All<MailEntry>(Read, new { state, skip = (Math.Max(1, query.Page) - 1) * take, take }, ct), total);
    }

    private const string Count = "select count(*) from Outbox where @state is null or State = @state";

    private const string Read = """
        select Id, Kind, ToEmail, ToName, Subject, State, Attempts, Repeats, coalesce(BounceReason, LastError) as Error, CreatedAt, SentAt, BouncedAt
        from Outbox
        where @state is null or State = @state
        order by Id desc
        offset @skip rows fetch next @take rows only
        """;
}
