using System.IO.Compression;
using System.Security.Cryptography;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Microsoft.Data.Sqlite;

namespace AbstractReview.App.Leaving;

/// <summary>
/// A data folder in one archive and back. The database is copied by the engine's own backup while the server runs, to one moment; the files
/// after it, since a file is on disk before the row that names it and never changes. The archive's list holds the SHA-256 of every part.
/// </summary>
public static class Backup
{
    private const string List = "sha256sums";
    private const string Database = "abstractreview.db";

    /// <summary>Writes the archive and reads it back whole; answers how many parts it has.</summary>
    /// <exception cref="RuleBrokenException">There is no database, or the archive exists already.</exception>
    public static async Task<int> Make(DataFolder folder, string archive, CancellationToken ct)
    {
        if (!File.Exists(folder.Database)) throw new RuleBrokenException($"There is no database in {folder.Root}. On SQL Server use its own BACKUP DATABASE, or “export”.");
        if (File.Exists(archive)) throw new RuleBrokenException($"{archive} exists already.");
        var half = $"{archive}.part";
        var copy = $"{half}.db";
        try
        {
            CopyDatabase(folder.Database, copy);
            await using (var file = new FileStream(half, FileMode.Create))
            {
                await Write(folder, copy, file, ct);
                file.Flush(flushToDisk: true);
            }

            await using var written = File.OpenRead(half);
            var parts = await Verify(written, null, ct);
            File.Move(half, archive);
            return parts;
        }
        finally
        {
            File.Delete(copy);
            File.Delete(half);
        }
    }

    /// <summary>Unpacks an archive into a folder without a database, every part checked; answers how many parts it has.</summary>
    /// <exception cref="RuleBrokenException">The folder holds a database, or the archive is damaged; then nothing is left in the folder.</exception>
    public static async Task<int> Restore(string archive, DataFolder folder, CancellationToken ct)
    {
        if (!File.Exists(archive)) throw new RuleBrokenException($"There is no archive {archive}.");
        if (File.Exists(folder.Database)) throw new RuleBrokenException($"{folder.Root} holds a database. Restore into a new folder.");
        Directory.CreateDirectory(folder.Root);
        var beside = Directory.CreateDirectory(Path.Combine(folder.Root, $".restore-{Guid.NewGuid():n}"));
        try
        {
            await using var file = File.OpenRead(archive);
            var parts = await Verify(file, beside, ct);
            // The database last: a folder that was half restored has none and can be restored into again.
            foreach (var part in beside.GetFiles("*", SearchOption.AllDirectories).OrderBy(f => f.Name == Database))
            {
                var to = Path.Combine(folder.Root, Path.GetRelativePath(beside.FullName, part.FullName));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                part.MoveTo(to, overwrite: true);
            }

            return parts;
        }
        catch (InvalidDataException damaged)
        {
            throw new RuleBrokenException($"The archive is damaged: {damaged.Message}");
        }
        finally
        {
            beside.Delete(recursive: true);
        }
    }

    private static void CopyDatabase(string from, string to)
    {
        File.Delete(to);
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString());
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        // One file, without a log beside it.
        using var settle = new SqliteCommand("pragma journal_mode = delete", target);
        settle.ExecuteNonQuery();
        using var check = new SqliteCommand("pragma integrity_check", target);
        if (check.ExecuteScalar() is not "ok") throw new RuleBrokenException("The database is damaged; the engine's integrity check fails. Restore the last backup.");
    }

    private static async Task Write(DataFolder folder, string database, Stream to, CancellationToken ct)
    {
        await using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        var sums = new List<string>();
        foreach (var (name, path) in Parts(folder, database))
        {
            var bytes = await File.ReadAllBytesAsync(path, ct);
            // PDFs and pictures are compressed already.
            await using (var entry = await zip.CreateEntry(name, name == Database ? CompressionLevel.Optimal : CompressionLevel.NoCompression).OpenAsync(ct)) await entry.WriteAsync(bytes, ct);
            sums.Add($"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  {name}");
        }

        await using var list = new StreamWriter(await zip.CreateEntry(List).OpenAsync(ct)) { NewLine = "\n" };
        foreach (var line in sums) await list.WriteLineAsync(line);
    }

    private static IEnumerable<(string Name, string Path)> Parts(DataFolder folder, string database)
    {
        yield return (Database, database);
        foreach (var below in new[] { "files", "keys" }.Select(b => Path.Combine(folder.Root, b)).Where(Directory.Exists))
            foreach (var path in Directory.GetFiles(below, "*", SearchOption.AllDirectories).Where(p => !p.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                yield return (Path.GetRelativePath(folder.Root, path).Replace('\\', '/'), path);
        var clock = Path.Combine(folder.Root, "story-clock");
        if (File.Exists(clock)) yield return ("story-clock", clock);
    }

    // Reads every part, holds it to the list and, where a folder is given, writes it there.
    private static async Task<int> Verify(Stream archive, DirectoryInfo? into, CancellationToken ct)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        using var list = new StreamReader(await (zip.GetEntry(List) ?? throw new InvalidDataException("it has no list of its parts")).OpenAsync(ct));
        var sums = (await list.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(l => l[66..], l => l[..64]);
        if (!sums.ContainsKey(Database) || sums.Count != zip.Entries.Count - 1) throw new InvalidDataException("its list and its parts differ");
        foreach (var (name, sum) in sums)
        {
            using var bytes = new MemoryStream();
            await using (var part = await (zip.GetEntry(name) ?? throw new InvalidDataException($"{name} is missing")).OpenAsync(ct)) await part.CopyToAsync(bytes, ct);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))) != sum) throw new InvalidDataException($"{name} does not match its sum");
            if (into is null) continue;
            var to = Path.GetFullPath(Path.Combine(into.FullName, name));
            if (!to.StartsWith(into.FullName + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new InvalidDataException($"{name} leads out of the folder");
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            await File.WriteAllBytesAsync(to, bytes.ToArray(), ct);
        }

        return sums.Count;
    }
}
