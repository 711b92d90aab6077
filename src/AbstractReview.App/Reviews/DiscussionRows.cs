using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>A post as stored, with who wrote it.</summary>
internal sealed record PostRow
{
    public required int SubmissionNumber { get; init; }
    public required int Position { get; init; }
    public required int PersonId { get; init; }
    /// <summary>The writer's number on this submission; null for the committee.</summary>
    public required int? Alias { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Text { get; init; }
    public required string Mentions { get; init; }

    /// <summary>The writer in the reader's words: a reviewer by number where names are hidden, the committee by name.</summary>
    public string Who(bool namesShown)
    {
        var name = PersonName.Full(GivenName, FamilyName);
        return Alias is not { } alias ? $"{name}, committee" : namesShown ? FormattableString.Invariant($"{name} (Reviewer {alias})") : FormattableString.Invariant($"Reviewer {alias}");
    }
}

/// <summary>Somebody who has a review in, or had: called by number where names are hidden.</summary>
internal sealed record DiscussantRow
{
    public required int SubmissionNumber { get; init; }
    public required int ReviewerId { get; init; }
    public required int Alias { get; init; }
    public required ReviewState State { get; init; }
    /// <summary>Still assigned and without a conflict.</summary>
    public required bool Active { get; init; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }

    /// <summary>Takes part in the discussion.</summary>
    public bool TakesPart => Active && State == ReviewState.Submitted;
}

/// <summary>The rows of discussions.</summary>
public sealed class DiscussionRows(Db db)
{
    internal Task<IReadOnlyList<PostRow>> Posts(int number, CancellationToken ct) => db.All<PostRow>(PostsOf, new { number }, ct);

    internal Task<IReadOnlyList<PostRow>> Undigested(DateTimeOffset until, CancellationToken ct)
        => db.All<PostRow>(NewPosts, new { until }, ct);

    internal Task<IReadOnlyList<DiscussantRow>> Discussants(IReadOnlyCollection<int> numbers, CancellationToken ct)
        => db.All<DiscussantRow>(ReadDiscussants, new { numbers }, ct);

    private const string ReadPosts = """
        select d.SubmissionNumber, d.Position, d.PersonId, r.Alias, p.GivenName, p.FamilyName, d.At, d.Text, d.Mentions
        from DiscussionPost d
          join Person p on p.Id = d.PersonId
          left join Review r on r.SubmissionNumber = d.SubmissionNumber and r.ReviewerId = d.PersonId
        """;

    private const string PostsOf = ReadPosts + " where d.SubmissionNumber = @number order by d.Position";
    private const string NewPosts = ReadPosts + " where d.DigestedAt is null and d.At <= @until order by d.SubmissionNumber, d.Position";

    private const string ReadDiscussants = """
        select r.SubmissionNumber, r.ReviewerId, r.Alias, r.State,
               case when a.State = 'Assigned'
                         and not exists (select 1 from Conflict c where c.ReviewerId = r.ReviewerId and c.SubmissionNumber = r.SubmissionNumber and c.DismissedAt is null)
                    then 1 else 0 end as Active,
               p.Email, p.GivenName, p.FamilyName
        from Review r
          join Assignment a on a.SubmissionNumber = r.SubmissionNumber and a.ReviewerId = r.ReviewerId
          join Person p on p.Id = r.ReviewerId
        where r.SubmissionNumber in @numbers and r.Alias is not null
        order by r.SubmissionNumber, r.Alias
        """;
}
