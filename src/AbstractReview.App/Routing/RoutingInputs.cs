using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviewers;
using AbstractReview.Domain.Routing;

namespace AbstractReview.App.Routing;

/// <summary>Everything a routing rests on, in fixed order, so that the same conference has the same <see cref="Hash"/>.</summary>
public sealed record RoutingInputs
{
    public required RoutingRules Rules { get; init; }
    /// <summary>Reviews wanted for a submission whose area says nothing else.</summary>
    public required int Wanted { get; init; }
    /// <summary>What is submitted or under review, by number.</summary>
    public required IReadOnlyList<RoutedSubmission> Submissions { get; init; }
    /// <summary>Everybody with a reviewer's profile, by id; the unavailable too, for what they have in hand.</summary>
    public required IReadOnlyList<RoutedReviewer> Reviewers { get; init; }
    public required IReadOnlyList<RoutedBid> Bids { get; init; }
    /// <summary>Conflicts that were not dismissed.</summary>
    public required IReadOnlyList<StandingConflict> Conflicts { get; init; }
    /// <summary>Every assignment of these submissions, declined and released ones too.</summary>
    public required IReadOnlyList<StandingAssignment> Assignments { get; init; }
    /// <summary>The pairs that stand pinned.</summary>
    internal IEnumerable<(int Number, int ReviewerId)> Pins => Assignments.Where(a => a.State == AssignmentState.Assigned && a.Pinned).Select(a => (a.SubmissionNumber, a.ReviewerId));
    /// <summary>Pairs a chair forbade.</summary>
    public required IReadOnlyList<ForbiddenPair> Forbidden { get; init; }

    /// <summary>SHA-256 over submissions and reviewers as the texts that are compared are part of them; see <see cref="RoutingTexts"/>.</summary>
    public required string TextsHash { get; init; }

    /// <summary>SHA-256 over all of it, in lower-case hex.</summary>
    public string Hash() => Hashing(new
    {
        Rules, Bids, Conflicts, Assignments, Forbidden, TextsHash, Wanted = Submissions.Select(s => s.Wanted),
        Elsewhere = Reviewers.Where(r => r.Elsewhere > 0).Select(r => new { r.Id, r.Elsewhere }),
    });

    internal static string Hashing<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json.Write(value))));
}

public sealed record RoutedSubmission
{
    public required int Number { get; init; }
    public required string State { get; init; }
    public required string Title { get; init; }
    public required string Abstract { get; init; }
    public required string AreaCode { get; init; }
    public required IReadOnlyList<string> Topics { get; init; }
    public required IReadOnlyList<string> Keywords { get; init; }
    /// <summary>Reviews wanted, as the call says for its area.</summary>
    public required int Wanted { get; init; }
}

public sealed record RoutedReviewer
{
    public required int Id { get; init; }
    public required string Email { get; init; }
    public required string Name { get; init; }
    public required string Affiliation { get; init; }
    public required ReviewerProfile Profile { get; init; }
    /// <summary>Reviews of submissions that are decided by now: they are not routed again, but count against the quota.</summary>
    public required int Elsewhere { get; init; }
}

public sealed record RoutedBid
{
    public required int ReviewerId { get; init; }
    public required int SubmissionNumber { get; init; }
    public required int Value { get; init; }
}

public sealed record StandingConflict
{
    public required int ReviewerId { get; init; }
    public required int SubmissionNumber { get; init; }
    public required ConflictKind Kind { get; init; }
    public required string Evidence { get; init; }
}

public sealed record StandingAssignment
{
    public required int SubmissionNumber { get; init; }
    public required int ReviewerId { get; init; }
    public required AssignmentState State { get; init; }
    public required bool Pinned { get; init; }
    /// <summary>Whether the review is in: such a pair never moves.</summary>
    public required bool Reviewed { get; init; }
}

public sealed record ForbiddenPair
{
    public required int SubmissionNumber { get; init; }
    public required int ReviewerId { get; init; }
}
