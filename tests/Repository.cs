namespace AbstractReview.Tests;

/// <summary>Where the sources are, for whatever reads samples or the tree itself.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>AbstractReview.sln</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The sample conference's file.</summary>
    public static string SampleConference { get; } = Path.Combine(Root, "samples", "regulators-2019", "conference.json");

    private static string Find(string folder)
        => File.Exists(Path.Combine(folder, "AbstractReview.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("AbstractReview.sln is nowhere above the tests."));
}
