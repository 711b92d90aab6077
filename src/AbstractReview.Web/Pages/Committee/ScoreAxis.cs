using System.Globalization;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Where a score stands on a drawn axis; what lies outside the scale stands at its end.</summary>
/// <param name="Min">Lowest score of the call.</param>
/// <param name="Max">Highest score of the call.</param>
/// <param name="Width">Length of the drawing, in its own units; 6 stay free on each side.</param>
public sealed record ScoreAxis(int Min, int Max, int Width)
{
    public string X(double score)
        => (6 + (Width - 12) * (Math.Clamp(score, Min, Max) - Min) / (Max - Min)).ToString("0.#", CultureInfo.InvariantCulture);

    public static string Words(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
}
