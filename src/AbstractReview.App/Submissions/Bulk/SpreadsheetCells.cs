namespace AbstractReview.App.Submissions.Bulk;

/// <summary>
/// Cells that no spreadsheet takes for a formula (OWASP, CSV injection): one that begins with = + - @ or a control character is marked by an
/// apostrophe before it, which reading takes away again. A cell that had apostrophes there gets one more, so that each text comes back as it was.
/// </summary>
internal static class SpreadsheetCells
{
    private const string Risky = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20$|%";

    public static string Guard(string text) => IsRisky(text) ? "'" + text : text;

    public static string Unguard(string cell) => cell.Length > 1 && cell[0] == '\'' && IsRisky(cell[1..]) ? cell[1..] : cell;

    /// <summary>Several texts in one cell, apart by semicolons; by line breaks, with one at the end, where a text holds a semicolon itself.</summary>
    public static string Join(IReadOnlyList<string> texts) => texts.Any(t => t.Contains(';', StringComparison.Ordinal)) ? string.Concat(texts.Select(t => t + "\n")) : string.Join("; ", texts);

    public static IReadOnlyList<string> Split(string cell)
        => cell.Split(cell.Contains('\n', StringComparison.Ordinal) ? '\n' : ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsRisky(string text)
    {
        var bare = text.TrimStart('\'');
        return bare.Length > 0 && Risky.Contains(bare[0], StringComparison.Ordinal);
    }
}
