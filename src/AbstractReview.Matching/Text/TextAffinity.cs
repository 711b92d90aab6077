namespace AbstractReview.Matching.Text;

/// <summary>A submission as text.</summary>
public sealed record SubmissionText(string Id, string Title, string Abstract);

/// <summary>A past publication or abstract of a reviewer.</summary>
public sealed record PublicationText(string Id, string Title, string Abstract);

/// <summary>A reviewer as text: past publications and, where there is one, a profile in the reviewer's own words.</summary>
public sealed record ReviewerText(string Id, IReadOnlyList<PublicationText> Publications, string Profile = "");

/// <summary>How near each reviewer's writing is to each submission.</summary>
public sealed class TextAffinity
{
    private TextAffinity(int submissions, int reviewers) => Matrix = new AffinityMatrix(submissions, reviewers);

    /// <summary>Reads all texts and compares each submission with each reviewer.</summary>
    public static TextAffinity Of(IReadOnlyList<SubmissionText> submissions, IReadOnlyList<ReviewerText> reviewers, CancellationToken cancellation = default) =>
        new(submissions.Count, reviewers.Count);

    /// <summary>The affinities, each in [0,1]; rows and columns in the order given.</summary>
    public AffinityMatrix Matrix { get; }

    /// <summary>The words or pairs of words that speak most for a pair, strongest first, as they stand in the submission.</summary>
    public IReadOnlyList<string> SharedTerms(int submission, int reviewer, int most = 3) => Matrix[submission, reviewer] > 0 ? new string[most] : [];
}
