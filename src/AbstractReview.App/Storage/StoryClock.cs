using System.Globalization;

namespace AbstractReview.App.Storage;

/// <summary>
/// The clock of a demonstration: it stands where the story put it while the story is told, and runs on from there once the
/// conference is served. It lies in a file of the data folder; an installation without that file runs on the machine's clock.
/// </summary>
public sealed class StoryClock : TimeProvider
{
    private readonly string _file;
    private DateTimeOffset _story;
    private long? _since;

    private StoryClock(DataFolder folder, DateTimeOffset story) => (_file, _story) = (FileOf(folder), story);

    /// <summary>The clock of a folder whose story was told, running from where it stood; else the machine's.</summary>
    public static TimeProvider Of(DataFolder folder)
    {
        if (!File.Exists(FileOf(folder))) return System;
        var clock = new StoryClock(folder, Read(folder));
        clock.Run();
        return clock;
    }

    /// <summary>A clock that stands at the beginning of a story, or where a story that was broken off stood.</summary>
    public static StoryClock Begin(DataFolder folder, DateTimeOffset at)
    {
        var told = File.Exists(FileOf(folder)) ? Read(folder) : at;
        var clock = new StoryClock(folder, told);
        clock.Set(at);
        return clock;
    }

    /// <summary>Puts the clock there; a process that starts after a crash goes on from there. The story never goes back.</summary>
    public void Set(DateTimeOffset at)
    {
        if (at > _story) _story = at;
        File.WriteAllText(_file + ".part", _story.ToString("O", CultureInfo.InvariantCulture));
        File.Move(_file + ".part", _file, overwrite: true);
    }

    /// <summary>Lets it run on at the machine's pace.</summary>
    public void Run() => _since = GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _since is { } since ? _story + GetElapsedTime(since) : _story;

    private static DateTimeOffset Read(DataFolder folder) => DateTimeOffset.Parse(File.ReadAllText(FileOf(folder)), CultureInfo.InvariantCulture);

    private static string FileOf(DataFolder folder) => Path.Combine(folder.Root, "story-clock");
}
