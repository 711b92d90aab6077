namespace AbstractReview.Web.Rehearsals;

/// <summary>What a planted word stands for.</summary>
internal enum CanaryKind { Author, Reviewer, Title, Abstract, AttachmentName, CommentToAuthors, CommentToCommittee, DiscussionPost, AuthorAnswer, DecisionReason }

/// <summary>A word that occurs nowhere else, so that wherever it shows, what it stands for has shown.</summary>
/// <param name="Word">Eight lower-case letters.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Submission">The submission it belongs to; 0 for a person's.</param>
/// <param name="Person">The key in the cast of whose it is; empty for a submission's content.</param>
internal sealed record Canary(string Word, CanaryKind Kind, int Submission, string Person)
{
    public string What => Kind switch
    {
        CanaryKind.Author => $"the name, institution or address of {Person}",
        CanaryKind.Reviewer => $"the name, institution or address of {Person}",
        CanaryKind.Title => $"the title of submission {Submission}",
        CanaryKind.Abstract => $"the abstract of submission {Submission}",
        CanaryKind.AttachmentName => $"the author in the attachment of submission {Submission}",
        CanaryKind.CommentToAuthors => $"what {Person} wrote to the authors of submission {Submission}",
        CanaryKind.CommentToCommittee => $"what {Person} wrote to the committee about submission {Submission}",
        CanaryKind.DiscussionPost => $"what {Person} wrote in the discussion of submission {Submission}",
        CanaryKind.AuthorAnswer => $"what the authors of submission {Submission} answered",
        _ => $"the reason of the decision on submission {Submission}",
    };
}

/// <summary>Makes planted words: pronounceable by nobody, of one length, so that none hides in another. A different start makes different words.</summary>
internal sealed class CanaryWords(int start)
{
    private int _next = start;

    public string Next()
    {
        Span<char> word = stackalloc char[8];
        "zqx".CopyTo(word);
        var n = _next++;
        for (var i = word.Length - 1; i >= 3; i--, n /= 20) word[i] = "bcdfghjklmnpqrstvwxz"[n % 20];
        return new string(word);
    }
}
