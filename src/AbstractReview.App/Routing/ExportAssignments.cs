using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Matching.Files;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>What is assigned, as HotCRP's bulk assignment CSV; without the submissions whose reviewers the reader may not know.</summary>
public sealed record ExportAssignments(Actor By) : IQuery<string>;

internal sealed class ExportAssignmentsHandler(Db db, IdentityReadings readings) : IRequestHandler<ExportAssignments, string>
{
    public async Task<string> Handle(ExportAssignments query, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(query.By), "see the routing");
        var hidden = await HiddenNumbers.Of(db, query.By, ct);
        var rows = await db.All<Row>(Select, null, ct);
        await readings.RecordAll(query.By, "assignments", ct);
        return HotCrpAssignments.Format(rows.Where(r => !hidden.Contains(r.Number)).Select(r => new HotCrpReview(FormattableString.Invariant($"{r.Number}"), r.Email, r.Title)));
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Email { get; init; }
    }

    private const string Select = """
        select s.Number, s.Title, p.Email
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
          join Person p on p.Id = a.ReviewerId
        where a.State = 'Assigned'
        order by s.Number, p.Email
        """;
}
