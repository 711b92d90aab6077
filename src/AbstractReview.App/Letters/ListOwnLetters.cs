using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>The letters that told a submission's decisions, newest first, for its authors and those who see all letters.</summary>
public sealed record ListOwnLetters(int Number, Actor By) : IQuery<IReadOnlyList<OwnLetter>>;

public sealed record OwnLetter
{
    public required int Id { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
}

internal sealed class ListOwnLettersHandler(Db db, Relations relations) : IRequestHandler<ListOwnLetters, IReadOnlyList<OwnLetter>>
{
    public async Task<IReadOnlyList<OwnLetter>> Handle(ListOwnLetters query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        return relation.IsAuthor || Access.MaySeeLetters(query.By) ? await db.All<OwnLetter>(Read, new { query.Number }, ct) : [];
    }

    private const string Read = """
        select l.Id, o.Subject, o.BodyText as Text, l.CreatedAt as WrittenAt
        from Letter l
          join Outbox o on o.Id = (select min(m.Id) from Outbox m where m.LetterId = l.Id)
        where l.SubmissionNumber = @Number and l.Kind in ('Oral', 'Poster', 'Panel', 'Waitlist', 'Reject', 'Return') and l.State = 'Typeset'
        order by l.Id desc
        """;
}
