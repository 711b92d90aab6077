using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>What a reviewer declared, and what they may still declare.</summary>
public sealed record ReadConflicts(Actor By) : IQuery<ConflictsView>;

public sealed record ConflictsView(IReadOnlyList<DeclaredRow> Declared, IReadOnlyList<DeclarableRow> Choices);

public sealed record DeclaredRow
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Reason { get; init; }
}

public sealed record DeclarableRow
{
    public required int Number { get; init; }
    public required string Title { get; init; }
}

internal sealed class ReadConflictsHandler(Db db) : IRequestHandler<ReadConflicts, ConflictsView>
{
    public async Task<ConflictsView> Handle(ReadConflicts query, CancellationToken ct)
    {
        Access.Require(Access.MayBid(query.By), "declare conflicts");
        var args = new { reviewer = query.By.PersonId };
        return new ConflictsView(await db.All<DeclaredRow>(Declared, args, ct), await db.All<DeclarableRow>(Choices, args, ct));
    }

    private const string Declared = """
        select c.SubmissionNumber as Number, s.Title, c.Evidence as Reason
        from Conflict c
          join Submission s on s.Number = c.SubmissionNumber
        where c.ReviewerId = @reviewer and c.Kind = 'Declared'
        order by c.SubmissionNumber
        """;

    private const string Choices = "select s.Number, s.Title from Submission s " + Biddable.Where + " order by s.Number";
}
