using AbstractReview.Domain.Submissions;

namespace AbstractReview.Domain.Routing;

/// <summary>Why a reviewer may not judge a submission, the strongest first.</summary>
public enum ConflictKind { Own, CoAuthor, Institution, Country, Declared }

public static class ConflictWords
{
    /// <summary>In two or three words, such as "same country".</summary>
    public static string Words(this ConflictKind kind) => kind switch
    {
        ConflictKind.Own => "own submission",
        ConflictKind.CoAuthor => "co-author",
        ConflictKind.Institution => "same institution",
        ConflictKind.Country => "same country",
        ConflictKind.Declared => "declared by the reviewer",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>A reviewer as far as conflicts go. The address counts whether it was confirmed or not.</summary>
public sealed record ReviewerIdentity
{
    public required int PersonId { get; init; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
    public required string? Orcid { get; init; }
}

/// <summary>A submission as far as conflicts go.</summary>
/// <param name="Number">Its number.</param>
/// <param name="OwnerId">The account that handed it in.</param>
/// <param name="OwnerEmail">That account's address.</param>
/// <param name="Authors">Its authors.</param>
public sealed record SubmissionIdentity(int Number, int OwnerId, string OwnerEmail, IReadOnlyList<Author> Authors);

/// <summary>A conflict that was found, and what it was found by, in words for the chair.</summary>
/// <param name="ReviewerId">The reviewer.</param>
/// <param name="Number">The submission.</param>
/// <param name="Kind">Why.</param>
/// <param name="Evidence">By what.</param>
/// <param name="Certain">It rests on an account, an address or an ORCID iD: nobody may dismiss it.</param>
public sealed record FoundConflict(int ReviewerId, int Number, ConflictKind Kind, string Evidence, bool Certain);

/// <summary>
/// Finds conflicts of interest among all reviewers and all submissions of one conference. Authors, co-authors and houses are looked up by
/// key, so the time grows with the pairs of reviewers and submissions only where a country or a house is shared.
/// </summary>
public sealed class ConflictRules
{
    private readonly bool _countries;
    private readonly List<Known> _submissions;
    private readonly ILookup<string, Known> _byPerson;

    /// <param name="submissions">Every submission that was handed in, in whatever state: co-authors stay co-authors.</param>
    /// <param name="sameCountryConflict">Whether the call counts a shared country.</param>
    public ConflictRules(IEnumerable<SubmissionIdentity> submissions, bool sameCountryConflict)
    {
        _countries = sameCountryConflict;
        _submissions = submissions.Select(s => new Known(s)).ToList();
        _byPerson = _submissions.SelectMany(s => s.Keys.Select(key => (key, s))).ToLookup(x => x.key, x => x.s);
    }

    /// <summary>Every conflict of one reviewer, at most one of a kind for each submission.</summary>
    public IEnumerable<FoundConflict> Of(ReviewerIdentity reviewer)
    {
        var me = new Reviewer(reviewer);
        var together = CoAuthors(me);
        foreach (var submission in _submissions)
        {
            if (Own(me, submission) is { } own)
            {
                yield return own;
                continue;
            }

            if (CoAuthor(me, submission, together) is { } coAuthor) yield return coAuthor;
            if (Institution(me, submission) is { } institution) yield return institution;
            if (_countries && Country(me, submission) is { } country) yield return country;
        }
    }

    private static FoundConflict? Own(Reviewer me, Known s)
    {
        FoundConflict Found(string evidence, bool certain) => new(me.Id, s.Number, ConflictKind.Own, evidence, certain);
        if (s.OwnerId == me.Id) return Found("Handed it in.", true);
        if (me.Mailbox != "" && s.OwnerMailbox == me.Mailbox) return Found($"Handed it in from another account with the same mailbox, {s.OwnerEmail}.", true);
        foreach (var author in s.Authors)
        {
            if (author.Mailbox != "" && author.Mailbox == me.Mailbox) return Found($"Is its author {author.Who.FullName} by the address {author.Who.Email}.", true);
            if (author.Orcid is not null && author.Orcid == me.Orcid) return Found($"Is its author {author.Who.FullName} by the ORCID iD {author.Who.Orcid}.", true);
            if (author.Name != "" && author.Name == me.Name && (author.Who.Country == me.Who.Country || SameAffiliation(me, author)))
                return Found($"Its author {author.Who.FullName} has the reviewer’s name and the same {(SameAffiliation(me, author) ? "institution" : "country")}, by another address, {author.Who.Email}.", false);
        }

        return null;
    }

    // Whom the reviewer wrote with, and in which submission.
    private Dictionary<string, int> CoAuthors(Reviewer me)
    {
        var together = new Dictionary<string, int>();
        foreach (var submission in me.Keys.SelectMany(key => _byPerson[key]).Distinct().OrderBy(s => s.Number))
            foreach (var key in submission.Keys.Where(key => !me.Keys.Contains(key)))
                together.TryAdd(key, submission.Number);
        return together;
    }

    private static FoundConflict? CoAuthor(Reviewer me, Known s, Dictionary<string, int> together)
    {
        if (together.Count == 0) return null;
        foreach (var author in s.Authors)
            foreach (var key in author.Keys)
                if (together.TryGetValue(key, out var number))
                    return new FoundConflict(me.Id, s.Number, ConflictKind.CoAuthor, $"Wrote submission {number} with its author {author.Who.FullName}.", false);
        return null;
    }

    private static FoundConflict? Institution(Reviewer me, Known s)
    {
        foreach (var author in s.Authors)
        {
            if (SameAffiliation(me, author))
                return new FoundConflict(me.Id, s.Number, ConflictKind.Institution, $"Author {author.Who.FullName} is of {author.Who.Affiliation}; the reviewer is of {me.Who.Affiliation}.", false);
            if (me.House is not null && author.House is not null && Identity.SameHouse(me.House, author.House))
                return new FoundConflict(me.Id, s.Number, ConflictKind.Institution, $"Author {author.Who.FullName} has an address at {author.House}, the reviewer at {me.House}.", false);
        }

        return null;
    }

    private static FoundConflict? Country(Reviewer me, Known s)
    {
        if (me.Who.Country == "") return null;
        foreach (var author in s.Authors)
            if (author.Who.Country == me.Who.Country)
                return new FoundConflict(me.Id, s.Number, ConflictKind.Country, $"Author {author.Who.FullName} is of {Countries.Name(author.Who.Country)}, like the reviewer.", false);
        return null;
    }

    private static bool SameAffiliation(Reviewer me, KnownAuthor author)
        => Identity.SameInstitution(me.Institution, author.Institution, me.Who.Country == author.Who.Country);

    private sealed class Reviewer(ReviewerIdentity who)
    {
        public ReviewerIdentity Who { get; } = who;
        public int Id => Who.PersonId;
        public string Mailbox { get; } = Identity.Mailbox(who.Email);
        public string? Orcid { get; } = OrcidOf(who.Orcid);
        public string Name { get; } = Identity.Name(who.GivenName, who.FamilyName);
        public string? House { get; } = Identity.House(who.Email);
        public IReadOnlyList<string> Institution { get; } = Identity.Institution(who.Affiliation);
        public IReadOnlyList<string> Keys { get; } = KeysOf(who.Email, who.Orcid);
    }

    private sealed class KnownAuthor(Author who)
    {
        public Author Who { get; } = who;
        public string Mailbox { get; } = Identity.Mailbox(who.Email);
        public string? Orcid { get; } = OrcidOf(who.Orcid);
        public string Name { get; } = Identity.Name(who.GivenName, who.FamilyName);
        public string? House { get; } = Identity.House(who.Email);
        public IReadOnlyList<string> Institution { get; } = Identity.Institution(who.Affiliation);
        public IReadOnlyList<string> Keys { get; } = KeysOf(who.Email, who.Orcid);
    }

    private sealed class Known(SubmissionIdentity submission)
    {
        public int Number => submission.Number;
        public int OwnerId => submission.OwnerId;
        public string OwnerEmail => submission.OwnerEmail;
        public string OwnerMailbox { get; } = Identity.Mailbox(submission.OwnerEmail);
        public IReadOnlyList<KnownAuthor> Authors { get; } = submission.Authors.Select(a => new KnownAuthor(a)).ToList();
        public IReadOnlySet<string> Keys { get; } = submission.Authors.SelectMany(a => KeysOf(a.Email, a.Orcid)).ToHashSet();
    }

    private static string? OrcidOf(string? orcid) => string.IsNullOrWhiteSpace(orcid) ? null : Orcid.Normalise(orcid);

    private static List<string> KeysOf(string email, string? orcid)
        => [.. new[] { Identity.Mailbox(email), OrcidOf(orcid) ?? "" }.Where(key => key != "")];
}
