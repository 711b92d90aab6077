namespace AbstractReview.App.Routing;

/// <summary>
/// Submissions and reviewers with all their words, as last read: the greater part by far of what a routing rests on, and what changes least.
/// They are read and hashed again only when a version moved.
/// </summary>
public sealed class RoutingTexts
{
    private volatile Entry? _entry;

    internal async Task<Known> Of(string stamp, Func<Task<Known>> read)
    {
        if (_entry is { } entry && entry.Stamp == stamp) return entry.Known;
        var known = await read();
        _entry = new Entry(stamp, known);
        return known;
    }

    /// <param name="Submissions">As they stand; what the call wants of them is filled in later.</param>
    /// <param name="Reviewers">As they stand; their other reviews are filled in later.</param>
    /// <param name="Hash">SHA-256 over both.</param>
    internal sealed record Known(IReadOnlyList<RoutedSubmission> Submissions, IReadOnlyList<RoutedReviewer> Reviewers, string Hash);

    private sealed record Entry(string Stamp, Known Known);
}
