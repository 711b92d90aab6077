using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>The versions of the draft after one that was seen, oldest first, at most 50: how editors hear of each other.</summary>
public sealed record ReadVersions(int After, Actor By) : IQuery<IReadOnlyList<DraftStep>>;

internal sealed class ReadVersionsHandler(Db db) : IRequestHandler<ReadVersions, IReadOnlyList<DraftStep>>
{
    public async Task<IReadOnlyList<DraftStep>> Handle(ReadVersions query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeProgrammeDraft(query.By), "see the programme's draft");
        return await db.All<DraftStep>(Read, new { query.After, skip = 0, take = 50 }, ct);
    }

    private const string Read = """
        select s.Version, s.Words, s.At, s.UndoTo, s.RedoTo, p.GivenName, p.FamilyName
        from ProgrammeStep s
        left join Person p on p.Id = s.ById
        where s.Version > @After
        order by s.Version
        offset @skip rows fetch next @take rows only
        """;
}
