namespace AbstractReview.Domain.Reviewers;

/// <summary>How much a reviewer wants a submission, −2 to 2.</summary>
public static class BidWords
{
    public const int Least = -2, Most = 2;

    public static readonly IReadOnlyList<(int Value, string Words)> All = [(2, "Eager"), (1, "Willing"), (0, "No opinion"), (-1, "Rather not"), (-2, "Not mine")];

    public static bool Exists(int value) => value is >= Least and <= Most;
}
