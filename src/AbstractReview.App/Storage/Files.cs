using System.Security.Cryptography;

namespace AbstractReview.App.Storage;

/// <summary>Attachments, letters and editions by the SHA-256 of their content: written once, never changed.</summary>
public interface IFiles
{
    /// <summary>Stores the bytes, on disk when this returns, and answers their SHA-256 in lower-case hex.</summary>
    Task<string> Put(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>The bytes; null when there is no such file.</summary>
    /// <exception cref="DamagedFileException">They are not the bytes that were stored.</exception>
    Task<byte[]?> Get(string sha256, CancellationToken ct);

    /// <summary>Lets go of files that no row names any more, where they lie outside the database.</summary>
    void Forget(IReadOnlyList<string> sha256);
}

/// <summary>A stored file is no longer what its name says: the disk failed it, or somebody changed it.</summary>
public sealed class DamagedFileException(string sha256) : IOException($"The file {sha256} is damaged.")
{
    internal static byte[] Verified(string sha256, byte[] bytes)
        => Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256 ? bytes : throw new DamagedFileException(sha256);
}

/// <summary>Files in a folder, two levels deep: <c>files/ab/cdef…</c>.</summary>
public sealed class FolderFiles(DataFolder folder) : IFiles
{
    public async Task<string> Put(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var path = PathOf(sha256);
        if (await IsWhole(path, sha256, ct)) return sha256;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Guid.NewGuid():n}.part";
        using (var stream = new FileStream(half, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(bytes.Span);
            stream.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
        return sha256;
    }

    public async Task<byte[]?> Get(string sha256, CancellationToken ct)
        => File.Exists(PathOf(sha256)) ? DamagedFileException.Verified(sha256, await File.ReadAllBytesAsync(PathOf(sha256), ct)) : null;

    public void Forget(IReadOnlyList<string> sha256)
    {
        foreach (var name in sha256) File.Delete(PathOf(name));
    }

    // A damaged file is written again by whoever brings its bytes.
    private static async Task<bool> IsWhole(string path, string sha256, CancellationToken ct)
        => File.Exists(path) && Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, ct))) == sha256;

    private string PathOf(string sha256) => Path.Combine(folder.Files, sha256[..2], sha256[2..]);
}

/// <summary>Files in the database, where nodes share no folder.</summary>
public sealed class DatabaseFiles(Dialect dialect) : IFiles
{
    public async Task<string> Put(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var db = new Db(dialect);
        if (await db.One<int>(Count, new { sha256 }, ct) > 0) return sha256;
        try
        {
            await db.Run(Insert, new { sha256, size = bytes.Length, bytes = bytes.ToArray() }, ct);
        }
        catch (System.Data.Common.DbException error) when (db.IsDuplicate(error))
        {
            // Another node stored the same bytes meanwhile.
        }

        return sha256;
    }

    public async Task<byte[]?> Get(string sha256, CancellationToken ct)
    {
        var db = new Db(dialect);
        return await db.One<byte[]>(Select, new { sha256 }, ct) is { } bytes ? DamagedFileException.Verified(sha256, bytes) : null;
    }

    // NamelessFiles deletes their rows in the transaction that takes their last names away.
    public void Forget(IReadOnlyList<string> sha256) { }

    private const string Count = "select count(*) from FileContent where Sha256 = @sha256";
    private const string Insert = "insert into FileContent (Sha256, Size, Bytes) values (@sha256, @size, @bytes)";
    private const string Select = "select Bytes from FileContent where Sha256 = @sha256";
}

/// <summary>The folder an installation keeps its data in.</summary>
public sealed record DataFolder(string Root)
{
    public string Database => Path.Combine(Root, "abstractreview.db");
    public string Files => Path.Combine(Root, "files");
    public string Mail => Path.Combine(Root, "mail");
    public string Letters => Path.Combine(Root, "letters");
}
