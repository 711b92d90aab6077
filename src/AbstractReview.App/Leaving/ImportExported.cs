using System.Security.Cryptography;
using System.Text.Json;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Leaving;

/// <summary>An export becomes the conference of an empty installation again, all of it or nothing, on either engine.</summary>
public sealed record ImportExported(string Folder, Actor By) : ILongCommand<ExportManifest>
{
    /// <summary>Whether a path is the folder of an export.</summary>
    public static bool IsExport(string path) => File.Exists(Path.Combine(path, ExportManifest.File));
}

internal sealed class ImportExportedHandler(Db db, IFiles files) : IRequestHandler<ImportExported, ExportManifest>
{
    private const int AtOnce = 500;

    public async Task<ExportManifest> Handle(ImportExported command, CancellationToken ct)
    {
        Access.Require(Access.MayExportEverything(command.By), "import a conference");
        var manifest = Json.Read<ExportManifest>(await File.ReadAllTextAsync(Path.Combine(command.Folder, ExportManifest.File), ct));
        if (manifest.Format != ExportManifest.Name) throw new RuleBrokenException($"{command.Folder} was written in another format: {manifest.Format}.");
        if (!manifest.Steps.SequenceEqual(Migrations.StepsOf("sqlite").Select(s => s.Name)))
            throw new RuleBrokenException("The export is of another version of the schema. Import it with the version that wrote it, then upgrade.");
        if (await db.One<int>(CountPeople, null, ct) > 0) throw new RuleBrokenException("This installation has a conference. Import into an empty data folder.");
        await Files(command.Folder, ct);
        foreach (var table in SchemaTables.InOrder.Where(t => t.Name != "DataStamp").Reverse()) await db.Run($"delete from {table.Name}", null, ct);
        foreach (var table in SchemaTables.Exported)
        {
            var rows = await Rows(command.Folder, table, ct);
            if (rows != manifest.Rows.GetValueOrDefault(table.Name)) throw new RuleBrokenException($"{table.Name} has {rows} rows; the manifest says {manifest.Rows.GetValueOrDefault(table.Name)}.");
        }

        return manifest;
    }

    // Before the rows that name them: a file nobody names does no harm, a name without its file does.
    private async Task Files(string folder, CancellationToken ct)
    {
        var below = new DirectoryInfo(Path.Combine(folder, "files"));
        foreach (var file in below.Exists ? below.GetFiles() : [])
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName, ct);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.Name) throw new RuleBrokenException($"The file {file.Name} was changed since it was exported.");
            await files.Put(bytes, ct);
        }
    }

    private async Task<int> Rows(string folder, SchemaTable table, CancellationToken ct)
    {
        var path = Path.Combine(folder, "tables", $"{table.Name}.jsonl");
        if (!File.Exists(path)) throw new RuleBrokenException($"{path} is missing.");
        var count = 0;
        foreach (var lines in File.ReadLines(path).Chunk(AtOnce))
        {
            using var rows = JsonDocument.Parse($"[{string.Join(',', lines)}]");
            var columns = rows.RootElement[0].EnumerateObject().Select(c => c.Name).ToList();
            if (columns.FirstOrDefault(c => !table.Columns.ContainsKey(c)) is { } unknown) throw new RuleBrokenException($"{table.Name} has no column {unknown}.");
            var sql = $"insert into {table.Name} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(c => "@" + c))})";
            await db.Run(sql, rows.RootElement.EnumerateArray().Select(OpenRows.Read).ToList(), ct);
            count += lines.Length;
        }

        return count;
    }

    private const string CountPeople = "select count(*) from Person";
}
