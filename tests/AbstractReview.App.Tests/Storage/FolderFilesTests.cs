using AbstractReview.App.Storage;

namespace AbstractReview.App.Tests.Storage;

public sealed class FolderFilesTests
{
    [Test]
    public async Task A_damaged_file_is_refused_and_made_whole_by_who_brings_it_again()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-files-").FullName);
        var files = new FolderFiles(folder);
        var sha256 = await files.Put("the bytes"u8.ToArray(), default);
        var path = Path.Combine(folder.Files, sha256[..2], sha256[2..]);
        await File.WriteAllTextAsync(path, "other bytes");
        Assert.ThrowsAsync<DamagedFileException>(() => files.Get(sha256, default));
        Assert.That(await files.Put("the bytes"u8.ToArray(), default), Is.EqualTo(sha256));
        Assert.That(await files.Get(sha256, default), Is.EqualTo("the bytes"u8.ToArray()));
        Assert.That(Directory.GetFiles(folder.Files, "*", SearchOption.AllDirectories), Is.EqualTo(new[] { path }));
        Directory.Delete(folder.Root, recursive: true);
    }
}
