namespace AbstractReview.Domain.Conferences;

/// <summary>What must hold in a conference file.</summary>
internal static class ConferenceRules
{
    public static IReadOnlyList<FieldError> Check(Conference c)
    {
        var errors = new List<FieldError>();
        Texts(c, errors);
        Dates(c, errors);
        LimitsAndReview(c, errors);
        Areas(c, errors);
        Frame(c, errors);
        Committee(c, errors);
        return errors;
    }

    private static void Texts(Conference c, List<FieldError> errors)
    {
        Filled(errors, "title", c.Title);
        Filled(errors, "organiser", c.Organiser);
        Filled(errors, "city", c.City);
        if (c.Acronym.Length < 4 || c.Acronym.Any(ch => !(char.IsAsciiLetterLower(ch) || char.IsAsciiDigit(ch) || ch is '-' or '_')))
            Add(errors, "acronym", "must be at least 4 characters of a-z, 0-9, - and _, as programme files need");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(c.Zone, out _))
            Add(errors, "zone", $"“{c.Zone}” is not a known time zone; use an IANA name such as Africa/Casablanca");
        if (!Uri.TryCreate(c.Website, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https"))
            Add(errors, "website", "must be an http or https address");
        if (!MailAddress.IsValid(c.Mail.Address))
            Add(errors, "mail.address", $"“{c.Mail.Address}” is not a mail address");
    }

    private static void Dates(Conference c, List<FieldError> errors)
    {
        var d = c.Dates;
        (string Field, DateTime At)[] order =
        [
            ("dates.callOpens", d.CallOpens), ("dates.submissionDeadline", d.SubmissionDeadline), ("dates.reviewDeadline", d.ReviewDeadline),
            ("dates.decisionsBy", d.DecisionsBy), ("dates.confirmBy", d.ConfirmBy), ("dates.lastDay", d.LastDay.ToDateTime(TimeOnly.MaxValue)),
        ];
        for (var i = 1; i < order.Length; i++)
            if (order[i].At <= order[i - 1].At)
                Add(errors, order[i].Field, $"must come after {order[i - 1].Field}");
        if (d.LastDay < d.FirstDay) Add(errors, "dates.lastDay", "must not come before dates.firstDay");
        Between(errors, "dates.graceMinutes", d.GraceMinutes, 0, 1440);
        if (c.Final.Until <= d.DecisionsBy) Add(errors, "final.until", "must come after dates.decisionsBy");
        if (c.Forms is { Due: null, RemindDays.Count: > 0 }) Add(errors, "forms.due", "must be given where forms.remindDays are");
    }

    private static void LimitsAndReview(Conference c, List<FieldError> errors)
    {
        Between(errors, "limits.titleCharacters", c.Limits.TitleCharacters, 20, 1000);
        Between(errors, "limits.abstractWordsMin", c.Limits.AbstractWordsMin, 0, 5000);
        Between(errors, "limits.abstractWordsMax", c.Limits.AbstractWordsMax, Math.Max(1, c.Limits.AbstractWordsMin), 5000);
        Between(errors, "limits.authors", c.Limits.Authors, 1, 100);
        Between(errors, "limits.topics", c.Limits.Topics, 1, 20);
        Between(errors, "limits.keywords", c.Limits.Keywords, 0, 30);
        Between(errors, "limits.attachments", c.Limits.Attachments, 0, 2);
        Between(errors, "limits.attachmentBytes", c.Limits.AttachmentBytes, 0, 50 * 1024 * 1024);
        Between(errors, "final.abstractWordsMax", c.Final.AbstractWordsMax, 0, 5000);
        Between(errors, "final.biographyWords", c.Final.BiographyWords, 0, 500);

        var r = c.Review;
        Between(errors, "review.reviewsPerSubmission", r.ReviewsPerSubmission, 1, 20);
        Between(errors, "review.scoreMin", r.ScoreMin, 0, 10);
        Between(errors, "review.scoreMax", r.ScoreMax, r.ScoreMin + 1, 10);
        if (r.Criteria.Count == 0) Add(errors, "review.criteria", "needs at least one criterion");
        Unique(errors, "review.criteria", "code", r.Criteria.Select(x => x.Code));
        for (var i = 0; i < r.Criteria.Count; i++)
        {
            Filled(errors, $"review.criteria[{i}].code", r.Criteria[i].Code);
            Filled(errors, $"review.criteria[{i}].title", r.Criteria[i].Title);
            if (!(r.Criteria[i].Weight > 0)) Add(errors, $"review.criteria[{i}].weight", "must be above 0");
            if (r.Criteria[i].Rubric.Count != r.ScoreMax - r.ScoreMin + 1)
                Add(errors, $"review.criteria[{i}].rubric", $"needs a line for each score from {r.ScoreMin} to {r.ScoreMax}");
        }

        Between(errors, "review.rebuttalWords", r.RebuttalWords, 50, 5000);
        if (r.Rebuttal) Round(c, errors);
        for (var i = 0; i < r.RemindDays.Count; i++) Between(errors, $"review.remindDays[{i}]", r.RemindDays[i], -60, 60);

        if (r.Confidence.Count < 2) Add(errors, "review.confidence", "needs at least two levels");
        Between(errors, "routing.quotaMax", c.Routing.QuotaMax, Math.Max(1, c.Routing.QuotaMin), 1000);
        var weights = c.Routing.TextWeight + c.Routing.AreaWeight + c.Routing.BidWeight;
        if (Math.Abs(weights - 1) > 1e-9) Add(errors, "routing", "textWeight, areaWeight and bidWeight must add up to 1");
    }

    private static void Round(Conference c, List<FieldError> errors)
    {
        var (opens, closes) = (c.Review.RebuttalOpens ?? c.Dates.ReviewDeadline, c.Review.RebuttalCloses ?? c.Dates.DecisionsBy);
        if (opens < c.Dates.SubmissionDeadline) Add(errors, "review.rebuttalOpens", "must not come before dates.submissionDeadline");
        if (closes <= opens) Add(errors, "review.rebuttalCloses", "must come after review.rebuttalOpens");
        if (closes > c.Dates.DecisionsBy) Add(errors, "review.rebuttalCloses", "must not come after dates.decisionsBy");
    }

    private static void Areas(Conference c, List<FieldError> errors)
    {
        if (c.Areas.Count == 0) Add(errors, "areas", "needs at least one area");
        Unique(errors, "areas", "code", c.Areas.Select(a => a.Code));
        for (var i = 0; i < c.Areas.Count; i++)
        {
            Filled(errors, $"areas[{i}].code", c.Areas[i].Code);
            Filled(errors, $"areas[{i}].title", c.Areas[i].Title);
            Between(errors, $"areas[{i}].reviews", c.Areas[i].Reviews, 0, 20);
            if (c.Areas[i].Topics.Count == 0) Add(errors, $"areas[{i}].topics", "needs at least one topic");
            Unique(errors, $"areas[{i}].topics", "", c.Areas[i].Topics);
            Between(errors, $"areas[{i}].oralCapacity", c.Areas[i].OralCapacity, 0, 10_000);
            Between(errors, $"areas[{i}].posterCapacity", c.Areas[i].PosterCapacity, 0, 10_000);
            Between(errors, $"areas[{i}].panelCapacity", c.Areas[i].PanelCapacity, 0, 10_000);
        }
    }

    private static void Frame(Conference c, List<FieldError> errors)
    {
        var p = c.Programme;
        Unique(errors, "programme.rooms", "code", p.Rooms.Select(r => r.Code));
        Unique(errors, "programme.sessions", "code", p.Sessions.Select(s => s.Code));
        for (var i = 0; i < p.Days.Count; i++)
            if (p.Days[i] < c.Dates.FirstDay || p.Days[i] > c.Dates.LastDay)
                Add(errors, $"programme.days[{i}]", "must lie between dates.firstDay and dates.lastDay");
        for (var i = 0; i < p.Sessions.Count; i++)
        {
            var (at, s) = ($"programme.sessions[{i}]", p.Sessions[i]);
            if (s.AreaCode is not null && c.Area(s.AreaCode) is null) Add(errors, $"{at}.areaCode", $"there is no area “{s.AreaCode}”");
            if (p.Rooms.All(r => r.Code != s.Room)) Add(errors, $"{at}.room", $"there is no room “{s.Room}”");
            if (s.End <= s.Start) Add(errors, $"{at}.end", "must come after start");
            if (!p.Days.Contains(DateOnly.FromDateTime(s.Start))) Add(errors, $"{at}.start", "must lie on one of programme.days");
            Between(errors, $"{at}.slotMinutes", s.SlotMinutes, 0, 240);
            Between(errors, $"{at}.panelMinutes", s.PanelMinutes, 0, 240);
            for (var j = 0; j < i; j++)
                if (p.Sessions[j].Room == s.Room && p.Sessions[j].Start < s.End && s.Start < p.Sessions[j].End)
                    Add(errors, $"{at}.room", $"is taken by {p.Sessions[j].Code} at that time");
        }
    }

    private static void Committee(Conference c, List<FieldError> errors)
    {
        Unique(errors, "committee", "email", c.Committee.Select(m => m.Email));
        for (var i = 0; i < c.Committee.Count; i++)
        {
            if (!MailAddress.IsValid(c.Committee[i].Email)) Add(errors, $"committee[{i}].email", "is not a mail address");
            foreach (var code in c.Committee[i].Areas.Where(code => c.Area(code) is null))
                Add(errors, $"committee[{i}].areas", $"there is no area “{code}”");
        }
    }

    private static void Unique(List<FieldError> errors, string list, string field, IEnumerable<string> values)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, value) in values.Index())
            if (!seen.TryAdd(value, i))
                Add(errors, $"{list}[{i}]{(field == "" ? "" : "." + field)}", $"“{value}” is already used by {list}[{seen[value]}]");
    }

    private static void Filled(List<FieldError> errors, string field, string value)
    {
        if (string.IsNullOrWhiteSpace(value)) Add(errors, field, "must not be empty");
    }

    private static void Between(List<FieldError> errors, string field, int value, int min, int max)
    {
        if (value < min || value > max) Add(errors, field, $"must lie between {min} and {max}, not {value}");
    }

    private static void Add(List<FieldError> errors, string field, string message) => errors.Add(new FieldError(field, $"{field} {message}."));
}
