using AbstractReview.Domain.Decisions;

namespace AbstractReview.Domain.Conferences;

/// <summary>Who is hidden from whom while a submission is judged.</summary>
public enum Blindness { None, Single, Double }

public enum AreaKind { Thematic, Special }

public enum FormDemand { No, Optional, Required }

public enum SessionKind { OpeningPlenary, ThematicSession, SpecialSession, ClosingSession, SideEvent, PosterSession, Break }

/// <summary>One installation's conference: the call, the rules of review, and the frame of the programme.</summary>
public sealed record Conference
{
    public required string Title { get; init; }
    public required string Acronym { get; init; }
    public required string Organiser { get; init; }
    public required string Venue { get; init; }
    public required string City { get; init; }
    public required string Country { get; init; }
    /// <summary>IANA name of the zone in which every date of the conference is meant, such as <c>Africa/Casablanca</c>.</summary>
    public required string Zone { get; init; }
    public required string Website { get; init; }
    public required MailIdentity Mail { get; init; }
    public string Foreword { get; init; } = "";
    public required CallDates Dates { get; init; }
    public required Limits Limits { get; init; }
    public required ReviewRules Review { get; init; }
    public required RoutingRules Routing { get; init; }
    public required FormRules Forms { get; init; }
    public FinalRules Final { get; init; } = new();
    public required IReadOnlyList<Area> Areas { get; init; }
    public required ProgrammeFrame Programme { get; init; }
    public IReadOnlyList<CommitteeMember> Committee { get; init; } = [];

    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Zone);
    public Area? Area(string? code) => Areas.FirstOrDefault(a => a.Code == code);

    /// <summary>Reviews wanted for a submission of an area.</summary>
    public int ReviewsWanted(string areaCode) => Area(areaCode) is { Reviews: > 0 } area ? area.Reviews : Review.ReviewsPerSubmission;

    /// <summary>The instant of a local wall-clock time of the conference; a time skipped by summer time moves forward by the gap.</summary>
    public DateTimeOffset At(DateTime local)
    {
        var zone = TimeZone;
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall)) wall = wall.AddHours(1);
        return new DateTimeOffset(wall, zone.GetUtcOffset(wall));
    }
}

/// <summary>The sender of the conference's mail.</summary>
public sealed record MailIdentity(string Name, string Address);

/// <summary>The call's dates as local wall-clock times in the conference's zone.</summary>
public sealed record CallDates
{
    public required DateTime CallOpens { get; init; }
    public required DateTime SubmissionDeadline { get; init; }
    /// <summary>Minutes after the deadline in which a submit is still taken, 0 to 1440; shown to nobody.</summary>
    public int GraceMinutes { get; init; }
    public required DateTime ReviewDeadline { get; init; }
    public required DateTime DecisionsBy { get; init; }
    public required DateTime ConfirmBy { get; init; }
    public required DateOnly FirstDay { get; init; }
    public required DateOnly LastDay { get; init; }
}

/// <summary>What a submission may hold.</summary>
public sealed record Limits
{
    public required int TitleCharacters { get; init; }
    public required int AbstractWordsMin { get; init; }
    public required int AbstractWordsMax { get; init; }
    public required int Authors { get; init; }
    public int Topics { get; init; } = 3;
    public int Keywords { get; init; } = 8;
    public int Attachments { get; init; } = 2;
    public int AttachmentBytes { get; init; } = 5 * 1024 * 1024;
}

/// <summary>A criterion scored from <see cref="ReviewRules.ScoreMin"/> to <see cref="ReviewRules.ScoreMax"/>.</summary>
/// <param name="Code">Stable key in scores.</param>
/// <param name="Title">What is asked.</param>
/// <param name="Weight">Share in the overall score, above 0.</param>
/// <param name="Rubric">What each score means, lowest first.</param>
public sealed record Criterion(string Code, string Title, double Weight, IReadOnlyList<string> Rubric);

public sealed record ReviewRules
{
    public required Blindness Blind { get; init; }
    public required int ReviewsPerSubmission { get; init; }
    public int ScoreMin { get; init; } = 1;
    public int ScoreMax { get; init; } = 5;
    public required IReadOnlyList<Criterion> Criteria { get; init; }
    /// <summary>What each confidence means, lowest (1) first.</summary>
    public required IReadOnlyList<string> Confidence { get; init; }
    public bool LateReviews { get; init; }
    /// <summary>Days before (negative) and after the review deadline on which a digest goes to who has reviews left.</summary>
    public IReadOnlyList<int> RemindDays { get; init; } = [];
    public TimeOnly RemindAt { get; init; } = new(8, 0);
    public bool TwoChairs { get; init; }
    /// <summary>Authors may answer their reviews before decisions are made.</summary>
    public bool Rebuttal { get; init; }
    /// <summary>When answers are taken, local; from the review deadline where empty.</summary>
    public DateTime? RebuttalOpens { get; init; }
    /// <summary>Until when, local; until decisions are due where empty.</summary>
    public DateTime? RebuttalCloses { get; init; }
    /// <summary>Words an answer may have, 50 to 5000.</summary>
    public int RebuttalWords { get; init; } = 500;
}

public sealed record RoutingRules
{
    public bool SameCountryConflict { get; init; }
    public bool TwoInstitutions { get; init; } = true;
    public bool AreaReviewer { get; init; } = true;
    public int QuotaMin { get; init; }
    public int QuotaMax { get; init; } = 8;
    public double TextWeight { get; init; } = 0.6;
    public double AreaWeight { get; init; } = 0.3;
    public double BidWeight { get; init; } = 0.1;
}

/// <summary>Endorsement of an author's participation by a government body.</summary>
public sealed record FormRules
{
    public FormDemand FormA { get; init; }
    public FormDemand FormB { get; init; }
    public bool NeededForDecision { get; init; }
    /// <summary>Until when required forms are asked for, local; null for no day.</summary>
    public DateTime? Due { get; init; }
    /// <summary>Days before (negative) and after <see cref="Due"/> on which who lacks a required form is reminded.</summary>
    public IReadOnlyList<int> RemindDays { get; init; } = [];

    /// <summary>The kinds that must be there, <c>A</c> and <c>B</c>.</summary>
    public IReadOnlyList<string> RequiredKinds() => [.. new[] { ("A", FormA), ("B", FormB) }.Where(k => k.Item2 == FormDemand.Required).Select(k => k.Item1)];
}

/// <summary>What authors of an accepted submission may still add for print and programme.</summary>
public sealed record FinalRules
{
    /// <summary>Whether title and abstract may be handed in once more.</summary>
    public bool Text { get; init; }
    /// <summary>Until when, local; null for the last moment to confirm.</summary>
    public DateTime? Until { get; init; }
    /// <summary>Words of the final abstract at most; 0 as the call's limits say.</summary>
    public int AbstractWordsMax { get; init; }
    /// <summary>Words of the presenting author's biography at most; 0 asks for none.</summary>
    public int BiographyWords { get; init; } = 100;
    /// <summary>Whether an abstract is published only with its authors' consent; else it is unless they refuse.</summary>
    public bool ConsentNeeded { get; init; }

    /// <summary>Whether an abstract is published after its authors' answer, null where they gave none.</summary>
    public bool Publishes(bool? consent) => consent ?? !ConsentNeeded;
}

public sealed record Area
{
    public required string Code { get; init; }
    public required AreaKind Kind { get; init; }
    public required string Title { get; init; }
    public string Summary { get; init; } = "";
    public required IReadOnlyList<string> Topics { get; init; }
    /// <summary>Oral talks this area can take; 0 means as many as its sessions hold.</summary>
    public int OralCapacity { get; init; }
    /// <summary>Reviews wanted for each submission of this area, 0 to 20; 0 means as many as <see cref="ReviewRules.ReviewsPerSubmission"/> says.</summary>
    public int Reviews { get; init; }
    /// <summary>Posters this area can take; 0 means any number.</summary>
    public int PosterCapacity { get; init; }
    /// <summary>Panel contributions this area can take; 0 means any number.</summary>
    public int PanelCapacity { get; init; }

    /// <summary>Places for this kind of acceptance; null where the call sets no limit, as it does for whoever is not accepted.</summary>
    public int? Places(DecisionKind kind)
    {
        var places = kind switch { DecisionKind.Oral => OralCapacity, DecisionKind.Poster => PosterCapacity, DecisionKind.Panel => PanelCapacity, _ => 0 };
        return places > 0 ? places : null;
    }
}

/// <summary>Days, rooms and sessions before any talk is placed.</summary>
public sealed record ProgrammeFrame
{
    public required IReadOnlyList<DateOnly> Days { get; init; }
    public required IReadOnlyList<Room> Rooms { get; init; }
    public required IReadOnlyList<FrameSession> Sessions { get; init; }
}

public sealed record Room(string Code, string Name, int Capacity, IReadOnlyList<string> Equipment);

/// <summary>A session of the frame, in local wall-clock time.</summary>
public sealed record FrameSession
{
    public required string Code { get; init; }
    public required SessionKind Kind { get; init; }
    public required string Title { get; init; }
    public string? AreaCode { get; init; }
    public required string Room { get; init; }
    public required DateTime Start { get; init; }
    public required DateTime End { get; init; }
    /// <summary>Minutes of each talk; 0 where the session takes no submissions.</summary>
    public int SlotMinutes { get; init; }
    /// <summary>Minutes of the panel discussion that ends the session; 0 for none.</summary>
    public int PanelMinutes { get; init; }
    /// <summary>What happens in a session without talks, one line each, such as "Welcome address".</summary>
    public IReadOnlyList<string> Items { get; init; } = [];
}

public sealed record CommitteeMember
{
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Email { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
    public required Role Role { get; init; }
    public IReadOnlyList<string> Areas { get; init; } = [];
}
