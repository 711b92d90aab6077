using System.Globalization;
using System.Text.Json;
using AbstractReview.App.Letters;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>Who and what the story has: the written sample, grown by recombination when more is asked for. The same seed gives the same cast.</summary>
internal sealed record DemoCast(Conference Conference, string ConferenceFile, IReadOnlyList<SubmissionContent> Submissions, IReadOnlyList<IReadOnlyDictionary<string, string>> Reviewers, int Seed)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples", "regulators-2019");

    public string ReviewersCsv => DemoReviewers.Csv(Reviewers);

    /// <summary>The look of the conference's letters, in its three languages.</summary>
    public static LetterLookSetting LetterLook => JsonSerializer.Deserialize<LetterLookSetting>(File.ReadAllText(Path.Combine(Folder, "letter-look.json")), JsonSerializerOptions.Web)!;

    public static int Written => ReadSubmissions().Count;
    public static int WrittenReviewers => DemoReviewers.Read(Folder).Count;

    public static DemoCast Read(int submissions, int reviewers, int seed)
    {
        var file = File.ReadAllText(Path.Combine(Folder, "conference.json"));
        var written = ReadSubmissions();
        return new DemoCast(Domain.Conferences.ConferenceFile.Read(file), file, LateLast(Grow(written, submissions, seed)), DemoReviewers.Grow(Folder, reviewers, seed), seed);
    }

    /// <summary>How many at the end of <see cref="Submissions"/> come only after the call was reopened.</summary>
    public int Late => Math.Min(6, Submissions.Count / 10);

    // The late ones are taken evenly from all areas.
    private static List<SubmissionContent> LateLast(List<SubmissionContent> all)
    {
        var every = Math.Max(10, all.Count / 6);
        return [.. all.Where((_, i) => i % every != every - 1), .. all.Where((_, i) => i % every == every - 1)];
    }

    private static List<SubmissionContent> ReadSubmissions()
        => JsonSerializer.Deserialize<List<SubmissionContent>>(File.ReadAllText(Path.Combine(Folder, "submissions.json")), JsonSerializerOptions.Web)!;

    // Abstracts of one area are cut at sentences and crossed; authors keep their names and get an address of their own.
    private static List<SubmissionContent> Grow(List<SubmissionContent> written, int wanted, int seed)
    {
        var random = new Random(seed);
        var grown = written.Take(wanted).ToList();
        for (var n = grown.Count + 1; n <= wanted; n++)
        {
            var first = written[random.Next(written.Count)];
            var mates = written.Where(s => s.AreaCode == first.AreaCode).ToList();
            var second = mates[random.Next(mates.Count)];
            grown.Add(first with
            {
                Title = Title(first.Title, n),
                Abstract = Cross(first.Abstract, second.Abstract, random),
                Topics = first.Topics.Union(second.Topics).Take(2).ToList(),
                Authors = Mix(first.Authors, written[random.Next(written.Count)].Authors, n),
            });
        }

        return grown;
    }

    private static string Title(string title, int n)
    {
        var colon = title.IndexOf(':', StringComparison.Ordinal);
        var head = colon > 20 ? title[..colon] : title;
        return string.Create(CultureInfo.InvariantCulture, $"{(head.Length > 170 ? head[..170] : head)}: study {n}");
    }

    private static string Cross(string first, string second, Random random)
    {
        var (a, b) = (Sentences(first), Sentences(second));
        var mixed = a.Select((s, i) => i < b.Length && random.Next(2) == 0 ? b[i] : s).ToList();
        for (var i = 0; ContentRules.Words(string.Join(' ', mixed)) < 150; i++) mixed.Add(b[i % b.Length]);
        while (ContentRules.Words(string.Join(' ', mixed)) > 500) mixed.RemoveAt(mixed.Count - 1);
        return string.Join(' ', mixed);
    }

    private static string[] Sentences(string text) => text.Replace('\n', ' ').Split(". ", StringSplitOptions.RemoveEmptyEntries).Select(s => s.TrimEnd('.') + ".").ToArray();

    private static List<Author> Mix(IReadOnlyList<Author> first, IReadOnlyList<Author> second, int n)
        => first.Concat(second).DistinctBy(a => a.Email).Take(Math.Max(2, first.Count))
            .Select((a, i) => a with { Email = string.Create(CultureInfo.InvariantCulture, $"a{n}.{i}.{a.Email}"), Orcid = null, Presenting = i == 0, Corresponding = i == 0 }).ToList();
}
