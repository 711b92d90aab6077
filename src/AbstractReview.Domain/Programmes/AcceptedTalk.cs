using AbstractReview.Domain.Decisions;

namespace AbstractReview.Domain.Programmes;

/// <summary>A submission whose acceptance was published: what the programme needs to know of it.</summary>
public sealed record AcceptedTalk
{
    public required int Number { get; init; }
    public required string AreaCode { get; init; }
    /// <summary>Oral, poster or panel.</summary>
    public required DecisionKind Kind { get; init; }
    public required string Title { get; init; }
    public IReadOnlyList<string> Topics { get; init; } = [];
    public required IReadOnlyList<TalkAuthor> Authors { get; init; }
    /// <summary>Collected score, higher is better; null when there is none.</summary>
    public double? Score { get; init; }
    /// <summary>When whoever presents it cannot speak, or would rather not.</summary>
    public IReadOnlyList<Wish> Wishes { get; init; } = [];
    /// <summary>What they told the committee of it in their own words.</summary>
    public string WishNote { get; init; } = "";

    public string Code => Slot.CodeOf(Number);

    /// <summary>Who presents; the first author when nobody is marked. Null without authors.</summary>
    public TalkAuthor? Presenter => Authors.FirstOrDefault(a => a.Presenting) ?? (Authors.Count > 0 ? Authors[0] : null);

    public SlotKind SlotKind => Kind switch
    {
        DecisionKind.Poster => SlotKind.Poster,
        DecisionKind.Panel => SlotKind.Panel,
        _ => SlotKind.Oral,
    };
}

/// <param name="Key">Normalised mail address.</param>
/// <param name="Name">In full.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Affiliation">Institution.</param>
/// <param name="Presenting">Whether they present it.</param>
public sealed record TalkAuthor(string Key, string Name, string Country, string Affiliation, bool Presenting);
