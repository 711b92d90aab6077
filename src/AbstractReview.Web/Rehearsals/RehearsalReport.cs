namespace AbstractReview.Web.Rehearsals;

/// <summary>What a rehearsal found. It passes when nothing showed that must not, every door was tried, and every planted word was seen by somebody who may.</summary>
public sealed record RehearsalReport
{
    public required bool Passed { get; init; }
    /// <summary>None, Single or Double: what was rehearsed.</summary>
    public required string Blind { get; init; }
    /// <summary>Pages and routes the application lists.</summary>
    public required int Doors { get; init; }
    /// <summary>Answers that were read.</summary>
    public required int Answers { get; init; }
    public required int Mails { get; init; }
    /// <summary>Where a planted word showed to somebody who must not see it, or an answer changed with it.</summary>
    public required IReadOnlyList<RehearsalFinding> Findings { get; init; }
    /// <summary>Doors that could not be tried, because nobody told the rehearsal how to fill their address.</summary>
    public required IReadOnlyList<string> Untried { get; init; }
    /// <summary>What was planted and shown to nobody, so that its hiding proves nothing.</summary>
    public required IReadOnlyList<string> Unseen { get; init; }
    public required IReadOnlyList<RehearsalViewer> Viewers { get; init; }
}

/// <param name="Phase">When, such as "under review".</param>
/// <param name="Viewer">To whom, such as "a reviewer of submission 1".</param>
/// <param name="Door">Where, such as <c>GET /api/v1/submissions/1</c> or <c>mail: Your letter</c>.</param>
/// <param name="What">What showed.</param>
/// <param name="Near">The words around it.</param>
public sealed record RehearsalFinding(string Phase, string Viewer, string Door, string What, string Near);

/// <param name="Viewer">Who went.</param>
/// <param name="Answers">How many answers they got.</param>
/// <param name="Opened">How many of those were no refusal.</param>
/// <param name="Seen">How many planted words they saw, and may.</param>
public sealed record RehearsalViewer(string Viewer, int Answers, int Opened, int Seen);
