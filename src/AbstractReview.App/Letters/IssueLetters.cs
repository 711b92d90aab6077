using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>Who would receive letters of a kind that no decision orders, and who has one already.</summary>
/// <param name="Kind">Thanks, ReviewCertificate or PresentationCertificate.</param>
/// <param name="By">Who asks.</param>
public sealed record ReadIssuable(LetterKind Kind, Actor By) : IQuery<IReadOnlyList<IssuableLetter>>;

/// <summary>Orders the letter for everybody who is due one and has none yet. Answers how many.</summary>
/// <param name="Kind">Thanks, ReviewCertificate or PresentationCertificate.</param>
/// <param name="By">Who issues them.</param>
public sealed record IssueLetters(LetterKind Kind, Actor By) : ILongCommand<int>;

/// <param name="Name">Who receives it.</param>
/// <param name="Email">Where.</param>
/// <param name="About">Their reviews or their contribution, in words.</param>
/// <param name="Ordered">The letter they have already.</param>
public sealed record IssuableLetter(string Name, string Email, string About, int? Ordered);

internal sealed class IssueLettersHandler(Db db, LetterQueue queue, LetterOrders orders, ReviewersWithReviews reviewers, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ReadIssuable, IReadOnlyList<IssuableLetter>>, IRequestHandler<IssueLetters, int>
{
    public async Task<IReadOnlyList<IssuableLetter>> Handle(ReadIssuable query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the letters");
        var ordered = (await db.All<OrderedLetter>(ReadOrdered, new { kind = query.Kind.ToString() }, ct)).ToDictionary(l => l.LetterKey, l => l.Id);
        return [.. (await Due(query.Kind, ct)).Select(due => new IssuableLetter(due.Order.ToName, due.Order.ToEmail, due.About, ordered.TryGetValue(due.Order.Key, out var id) ? id : null))];
    }

    public async Task<int> Handle(IssueLetters command, CancellationToken ct)
    {
        Access.Require(Access.MayIssueLetters(command.By), "issue letters");
        var issued = 0;
        foreach (var (order, _) in await Due(command.Kind, ct))
            if (await queue.Order(order with { IssuedById = command.By.PersonId }, ct)) issued++;
        if (issued > 0) await audit.Write(command.By, "letters.issued", "letterKind", command.Kind.ToString(), null, new { issued }, ct);
        return issued;
    }

    private async Task<IReadOnlyList<(LetterOrder Order, string About)>> Due(LetterKind kind, CancellationToken ct)
    {
        if (kind.IsAboutReviews())
            return [.. (await reviewers.All(ct)).Select(r => (LetterOrders.Reviewer(r, kind), $"{r.Reviews} {(r.Reviews == 1 ? "review" : "reviews")} in {r.Areas}"))];
        if (kind != LetterKind.PresentationCertificate) throw new RuleBrokenException("kind", $"Letters of the kind {kind} are not issued to everybody at once.");
        var due = new List<(LetterOrder, string)>();
        foreach (var number in await db.All<int>(ReadAccepted, null, ct))
            if (await orders.About(number, ct) is { Presenting: { } presenting } about && kind.Against(about.State, about.Decision, await orders.PresentedAt(number, ct), clock.GetUtcNow()) is null)
                due.Add((await orders.Participation(about, presenting, kind, ct), $"AR-{number}: {about.Title}"));
        return due;
    }

    private sealed record OrderedLetter
    {
        public required string LetterKey { get; init; }
        public required int Id { get; init; }
    }

    private const string ReadOrdered = "select LetterKey, Id from Letter where Kind = @kind";
    private const string ReadAccepted = "select Number from Submission where State in ('Notified', 'Confirmed') order by Number";
}
