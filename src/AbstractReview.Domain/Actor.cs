namespace AbstractReview.Domain;

/// <summary>What a person is to the conference. One person may be several.</summary>
public enum Role { Author, Reviewer, AreaChair, Chair, Secretariat }

/// <summary>Who asks: carried by every command and query, so that nothing below the door reads the request.</summary>
/// <param name="PersonId">The person, or 0 for a visitor and for the timetable.</param>
/// <param name="Words">How the audit names them.</param>
/// <param name="Roles">Their roles.</param>
/// <param name="AreaCodes">The areas they chair, when they are an area chair.</param>
public sealed record Actor(int PersonId, string Words, IReadOnlySet<Role> Roles, IReadOnlySet<string> AreaCodes)
{
    private static readonly IReadOnlySet<string> NoAreas = new HashSet<string>();

    /// <summary>Somebody who has not signed in.</summary>
    public static readonly Actor Visitor = new(0, "visitor", new HashSet<Role>(), NoAreas);

    /// <summary>The background jobs and the command line of whoever owns the machine: may do all.</summary>
    public static readonly Actor Timetable = new(0, "timetable", new HashSet<Role>(Enum.GetValues<Role>()), NoAreas);

    public static Actor Person(int id, string words, IEnumerable<Role> roles, IEnumerable<string>? areaCodes = null)
        => new(id, words, roles.ToHashSet(), (areaCodes ?? []).ToHashSet());

    public bool SignedIn => PersonId != 0;
    public bool Is(Role role) => Roles.Contains(role);
    public bool IsChair => Is(Role.Chair);
    public bool IsSecretariat => Is(Role.Secretariat);

    /// <summary>Chair and secretariat: the two that see the whole conference.</summary>
    public bool RunsConference => IsChair || IsSecretariat;

    public bool ChairsArea(string areaCode) => IsChair || (Is(Role.AreaChair) && AreaCodes.Contains(areaCode));
    public bool OnCommittee => IsChair || Is(Role.AreaChair);
}
