namespace AbstractReview.Web.Pages.Shell;

/// <summary>A step of the way here: <c>ViewData["Trail"] = Crumb.Trail(("Reviews", "/reviews"))</c>. The page itself is not named.</summary>
public sealed record Crumb(string Text, string Url)
{
    public static IReadOnlyList<Crumb> Trail(params IEnumerable<(string Text, string Url)> steps) =>
        [.. steps.Select(step => new Crumb(step.Text, step.Url))];
}
