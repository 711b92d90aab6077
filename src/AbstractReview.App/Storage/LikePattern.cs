namespace AbstractReview.App.Storage;

/// <summary>Typed text as a pattern of <c>like … escape '!'</c>.</summary>
internal static class LikePattern
{
    public static string Containing(string text)
        => $"%{text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal)}%";
}
