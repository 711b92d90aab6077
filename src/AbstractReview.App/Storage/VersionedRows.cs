using AbstractReview.Domain;

namespace AbstractReview.App.Storage;

/// <summary>Rows that stand beside a submission, at most one each, with a version of their own that counts from 1.</summary>
internal static class VersionedRows
{
    /// <summary>Inserts the row or changes it, and answers its new version.</summary>
    /// <param name="db">Within a transaction.</param>
    /// <param name="row">The three texts; each may name @number, and the two that write @current, the version that is there.</param>
    /// <param name="number">The submission.</param>
    /// <param name="values">What the two that write need, given the version that is there: 0 for none.</param>
    /// <param name="expected">The version that was loaded; null does not check.</param>
    /// <param name="changed">What to say when somebody else changed it meanwhile.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="StaleException">The version is another than the expected one, or somebody wrote just now.</exception>
    public static async Task<int> Keep(this Db db, (string ReadVersion, string Insert, string Update) row, int number, Func<int, object> values, int? expected, string changed, CancellationToken ct)
    {
        var current = await db.One<int>(row.ReadVersion, new { number }, ct);
        if ((expected ?? current) != current || await db.Run(current == 0 ? row.Insert : row.Update, values(current), ct) == 0) throw new StaleException(changed, current);
        return current + 1;
    }
}
