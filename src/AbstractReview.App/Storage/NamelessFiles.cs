namespace AbstractReview.App.Storage;

/// <summary>Takes away the files that no row names any more, for whoever takes names away.</summary>
public sealed class NamelessFiles(Db db, IFiles files)
{
    /// <summary>Of these files, lets go of those that are named nowhere now: of their rows within this transaction, of what lies outside the database once it is on disk.</summary>
    internal async Task LetGo(IReadOnlyList<string> named, CancellationToken ct)
    {
        var gone = named.Except(await db.All<string>(SchemaTables.NamedFiles, null, ct)).ToList();
        await db.Run(Delete, gone.Select(sha256 => new { sha256 }).ToList(), ct);
        db.AfterCommit(() => files.Forget(gone));
    }

    private const string Delete = "delete from FileContent where Sha256 = @sha256";
}
