using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Every revision of a submission, newest first, each with what changed since the one before, word by word.</summary>
public sealed record ReadHistory(int Number, Actor By) : IQuery<IReadOnlyList<RevisionView>>;

public sealed record RevisionView(int Revision, DateTimeOffset At, string By, string ContentHash, IReadOnlyList<FieldChange> Changes);

internal sealed class ReadHistoryHandler(Db db, ConferenceReader conferences, Relations relations) : IRequestHandler<ReadHistory, IReadOnlyList<RevisionView>>
{
    public async Task<IReadOnlyList<RevisionView>> Handle(ReadHistory query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        var conference = await conferences.Current(ct);
        // Who changed what tells who wrote it.
        Access.Require(Access.MaySeeAuthors(query.By, relation, conference.Review.Blind), $"read the history of submission {query.Number}");
        var rows = await db.All<Row>(Read, new { query.Number }, ct);
        var views = new List<RevisionView>();
        SubmissionContent? before = null;
        foreach (var row in rows)
        {
            var content = Json.Read<SubmissionContent>(row.Content);
            views.Add(new RevisionView(row.Revision, row.At, PersonName.Full(row.GivenName, row.FamilyName), row.ContentHash, before is null ? [] : Differences.Between(before, content)));
            before = content;
        }

        views.Reverse();
        return views;
    }

    private sealed record Row
    {
        public required int Revision { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string Content { get; init; }
        public required string ContentHash { get; init; }
        public required string? GivenName { get; init; }
        public required string? FamilyName { get; init; }
    }

    private const string Read = """
        select r.Revision, r.At, r.Content, r.ContentHash, p.GivenName, p.FamilyName
        from Revision r
          left join Person p on p.Id = r.ById
        where r.SubmissionNumber = @Number
        order by r.Revision
        """;
}
