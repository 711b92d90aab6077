using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Reviewers;

/// <summary>An abstract the reviewer wrote in the past, by which their expertise is told.</summary>
public sealed record PastAbstract(string Title, string Abstract);

/// <summary>What a reviewer knows and how much they take.</summary>
public sealed record ReviewerProfile
{
    public const int MostPublications = 50;

    public IReadOnlyList<string> Areas { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyList<string> Keywords { get; init; } = [];
    /// <summary>Fewest reviews they want, 0 or more.</summary>
    public int QuotaMin { get; init; }
    /// <summary>Most reviews they take, at least <see cref="QuotaMin"/>, at most 1,000.</summary>
    public int QuotaMax { get; init; }
    /// <summary>Whether they take new reviews at all.</summary>
    public bool Available { get; init; } = true;
    public IReadOnlyList<PastAbstract> Publications { get; init; } = [];

    /// <summary>Outer spaces and empty or repeated entries gone.</summary>
    public ReviewerProfile Tidy() => this with
    {
        Areas = Each(Areas),
        Topics = Each(Topics),
        Keywords = Each(Keywords),
        Publications = Publications.Select(p => new PastAbstract(p.Title.Trim(), p.Abstract.Trim())).Where(p => p.Title != "" || p.Abstract != "").ToList(),
    };

    /// <summary>What is wrong with it under this call; empty when nothing is.</summary>
    public IReadOnlyList<FieldError> Check(Conference conference)
    {
        var errors = new List<FieldError>();
        if (QuotaMin < 0) errors.Add(new("quotaMin", "The fewest reviews cannot be below 0."));
        if (QuotaMax is < 0 or > 1000) errors.Add(new("quotaMax", "The most reviews must lie between 0 and 1,000."));
        else if (QuotaMax < QuotaMin) errors.Add(new("quotaMax", $"The most reviews, {QuotaMax}, cannot be below the fewest, {QuotaMin}."));
        foreach (var (i, code) in Areas.Index())
            if (conference.Area(code) is null) errors.Add(new($"areas[{i}]", $"There is no area “{Short(code)}”. The areas are {string.Join(", ", conference.Areas.Select(a => a.Code))}."));
        foreach (var (i, topic) in Topics.Index())
            if (!conference.Areas.Any(a => a.Topics.Contains(topic))) errors.Add(new($"topics[{i}]", $"“{Short(topic)}” is not a topic of this call."));
        if (Keywords.Count > 50) errors.Add(new("keywords", $"Give at most 50 keywords; there are {Keywords.Count}."));
        foreach (var (i, keyword) in Keywords.Index()) Sane(errors, $"keywords[{i}]", keyword, 100);
        if (Publications.Count > MostPublications) errors.Add(new("publications", $"Give at most {MostPublications} past abstracts; there are {Publications.Count}."));
        foreach (var (i, past) in Publications.Index())
        {
            if (past.Title == "") errors.Add(new($"publications[{i}].title", "Give the title of this past abstract."));
            Sane(errors, $"publications[{i}].title", past.Title, 1000);
            Sane(errors, $"publications[{i}].abstract", past.Abstract, 20_000);
        }

        return errors;
    }

    private static List<string> Each(IEnumerable<string> entries) => entries.Select(e => e.Trim()).Where(e => e != "").Distinct().ToList();

    private static void Sane(List<FieldError> errors, string field, string value, int most)
    {
        if (value.Length > most) errors.Add(new(field, $"At most {most} characters are taken here; there are {value.Length}."));
        if (value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) errors.Add(new(field, "There is a control character in this text; type it again or paste it as plain text."));
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
