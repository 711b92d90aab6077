namespace AbstractReview.App.Programme.Imports;

/// <summary>A line of somebody else's timetable, times in the conference's zone.</summary>
internal sealed record ImportedEvent
{
    /// <summary>How its file calls it, for messages: <c>line 7</c>, <c>event “…”</c>.</summary>
    public required string Where { get; init; }
    public string Code { get; init; } = "";
    public Guid? Guid { get; init; }
    public string Title { get; init; } = "";
    public required DateTime Start { get; init; }
    public required DateTime End { get; init; }
    /// <summary>Code or name; empty where the file has none.</summary>
    public string Room { get; init; } = "";
    /// <summary>Code of the session it lies in; empty where the file has none.</summary>
    public string Session { get; init; } = "";
    public int? Board { get; init; }
}
