namespace AbstractReview.Web.Tests.Access;

/// <summary>
/// Who may open which door, in words: one line per door, under the name of its rule. A door that is not listed fails the test that lists them all.
/// A question mark says that to whom it opens there may be nothing behind it yet.
/// </summary>
internal static partial class Rules
{
    private static readonly Dictionary<string, Func<Who, Phase, bool>> Named = new()
    {
        ["everybody"] = (_, _) => true,
        // Not released, not switched on, or only ever reached by a link in a mail.
        ["nobody yet"] = (_, _) => false,
        // One's own things; or a body or an address is read before it is asked whose it is.
        ["signed in"] = (who, _) => who != Who.Visitor,
        ["reviewers"] = (who, _) => who is Who.AssignedReviewer or Who.OtherReviewer or Who.ReviewerInConflict,
        ["committee"] = (who, _) => IsCommittee(who),
        ["committee and secretariat"] = (who, _) => IsCommittee(who) || who == Who.Secretariat,
        ["chair and secretariat"] = (who, _) => who is Who.Chair or Who.Secretariat,
        ["chair"] = (who, _) => who == Who.Chair,
        ["its chairs"] = (who, _) => who is Who.AreaChair or Who.Chair,
        ["secretariat"] = (who, _) => who == Who.Secretariat,
        ["who sees it"] = Sees,
        ["who may know its author"] = (who, phase) => Sees(who, phase) && who != Who.AssignedReviewer,
        ["who may know its author, once handed in"] = (who, phase) => Sees(who, phase) && who != Who.AssignedReviewer && phase != Phase.Draft,
        ["its author, and the secretariat"] = (who, _) => who is Who.Author or Who.Secretariat,
        ["its author, and the secretariat, once handed in"] = (who, phase) => (who is Who.Author or Who.Secretariat) && phase != Phase.Draft,
        ["its author, and the secretariat, once told"] = (who, phase) => (who is Who.Author or Who.Secretariat) && phase == Phase.Notified,
        ["its author, while it is judged"] = (who, phase) => who == Who.Author && (phase is Phase.Submitted or Phase.UnderReview or Phase.Decided),
        ["its reviewer"] = (who, phase) => who == Who.AssignedReviewer && IsRouted(phase),
        ["who judges it"] = Judges,
        ["who judges it, and the secretariat"] = (who, phase) => Judges(who, phase) || (who == Who.Secretariat && phase != Phase.Draft),
        ["who judges it, and the secretariat at any time"] = (who, phase) => Judges(who, phase) || who == Who.Secretariat,
        ["who reads its reviews"] = (who, phase) => Judges(who, phase) || who == Who.Secretariat || (who == Who.Author && phase == Phase.Notified),
        // Once decided, whoever reads it is told that it is over; its reviewer takes part when their own review is in.
        ["who discusses it"] = (who, phase) => (Judges(who, phase) && phase != Phase.Withdrawn) || (who == Who.Secretariat && phase == Phase.Notified),
    };

    public static IReadOnlyDictionary<string, Rule> ByDoor { get; } = Read(Text);

    private static bool IsCommittee(Who who) => who is Who.AreaChair or Who.OtherAreaChair or Who.Chair;

    // A draft is its author's; the chairs and the reviewers see what was handed in.
    private static bool Sees(Who who, Phase phase) => who is Who.Author or Who.Secretariat || Judges(who, phase) || (who == Who.AssignedReviewer && IsRouted(phase));

    private static bool Judges(Who who, Phase phase) => (who is Who.AreaChair or Who.Chair) && phase != Phase.Draft;

    private static bool IsRouted(Phase phase) => phase is Phase.UnderReview or Phase.Decided or Phase.Notified;

    private static Dictionary<string, Rule> Read(string text)
    {
        var (rules, rule) = (new Dictionary<string, Rule>(), default(Rule));
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (!line.StartsWith(' ')) rule = new Rule(line.TrimEnd(':', '?'), Named[line.TrimEnd(':', '?')], line.TrimEnd(':').EndsWith('?'));
            else rules.Add(line.Trim(), rule!);
        return rules;
    }
}

/// <param name="Words">Its name.</param>
/// <param name="May">To whom the door opens.</param>
/// <param name="MayBeAbsent">To whom it opens there may be nothing yet.</param>
internal sealed record Rule(string Words, Func<Who, Phase, bool> May, bool MayBeAbsent);
