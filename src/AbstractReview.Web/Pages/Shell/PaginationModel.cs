namespace AbstractReview.Web.Pages.Shell;

/// <summary>Which rows of how many are shown. <paramref name="Url"/> gives the address of a page (1-based), filters kept.</summary>
public sealed record PaginationModel(int Page, int Size, int Total, Func<int, string> Url, string Unit = "rows")
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);
    public int First => Total == 0 ? 0 : (Page - 1) * Size + 1;
    public int Last => Math.Min(Page * Size, Total);

    /// <summary>The first, the last and those around the present page; null stands for a gap.</summary>
    public IEnumerable<int?> Shown()
    {
        var previous = 0;
        foreach (var page in Enumerable.Range(1, Pages).Where(p => p == 1 || p == Pages || Math.Abs(p - Page) <= 1))
        {
            if (page > previous + 1) yield return null;
            yield return previous = page;
        }
    }
}
