namespace AbstractReview.Domain.Submissions;

/// <summary>What an author writes: the part of a submission that revisions keep. Field names are those of the API.</summary>
public sealed record SubmissionContent
{
    public string Title { get; init; } = "";
    public string Abstract { get; init; } = "";
    public string AreaCode { get; init; } = "";
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public IReadOnlyList<Author> Authors { get; init; } = [];
    /// <summary>The author's wish: <c>oral</c>, <c>poster</c>, <c>panel</c> or <c>either</c>.</summary>
    public string Presentation { get; init; } = "either";
}

public sealed record Author
{
    public string GivenName { get; init; } = "";
    public string FamilyName { get; init; } = "";
    public string Email { get; init; } = "";
    public string Affiliation { get; init; } = "";
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "";
    public string? Orcid { get; init; }
    public bool Presenting { get; init; }
    public bool Corresponding { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public string FullName => PersonName.Full(GivenName, FamilyName);
}
