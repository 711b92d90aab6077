using System.Globalization;
using AbstractReview.App.Mailing;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme;

/// <param name="Code">The person's code in the programme.</param>
/// <param name="Email">Where to.</param>
/// <param name="Name">In full.</param>
/// <param name="Lines">What touches them, a line each.</param>
internal sealed record ReleaseNotice(string Code, string Email, string Name, IReadOnlyList<string> Lines);

/// <summary>Who is told what of a release: those who present or correspond for a submission, and those who chair, report or sit on a panel, each once and only of what touches them.</summary>
internal static class ReleaseNotices
{
    public static IReadOnlyList<ReleaseNotice> Between(ProgrammeView? before, ProgrammeView after, IReadOnlyList<ReleaseChange> changes, AcceptedSet accepted, ProgrammeDocument document)
    {
        var addresses = Addresses(accepted, document);
        var lines = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var change in changes)
            // What was withdrawn is not told to those who withdrew it.
            if (change.Number is { } number && accepted.Texts.TryGetValue(number, out var text))
                foreach (var author in text.Authors.Where((a, i) => a.Corresponding || a.Presenting || (i == 0 && !text.Authors.Any(x => x.Corresponding))))
                    Add(author.NormalisedEmail, $"{change.Words}\n“{text.Title}”");
        var (old, now) = (before is null ? [] : Duties(before), Duties(after));
        foreach (var (duty, place) in now)
            if (!old.TryGetValue(duty, out var was)) Add(duty.Key, $"You {duty.Words} {duty.Session} “{after.Sessions.First(s => s.Code == duty.Session).Title}” on {place}.");
            else if (was != place) Add(duty.Key, $"{duty.Session}, which you {duty.Words}, moves from {was} to {place}.");
        foreach (var (duty, place) in old.Where(o => !now.ContainsKey(o.Key))) Add(duty.Key, $"You are no longer asked to {duty.Words} {duty.Session} (it was on {place}).");
        var codes = (before?.People ?? []).Concat(after.People).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Last());
        return lines.Where(x => addresses.ContainsKey(x.Key) || x.Key.Contains('@', StringComparison.Ordinal))
            .Select(x => new ReleaseNotice(codes[x.Key].Code, addresses.GetValueOrDefault(x.Key) ?? x.Key, codes[x.Key].FullName, x.Value))
            .OrderBy(n => int.Parse(n.Code.AsSpan(1), CultureInfo.InvariantCulture)).ToList();

        void Add(string key, string line)
        {
            if (!lines.TryGetValue(key, out var list)) lines[key] = list = [];
            list.Add(line);
        }
    }

    /// <summary>The mail; its key is the release and the person, so that nobody is told twice.</summary>
    public static Mail Mail(ReleaseNotice notice, ProgrammeView view, bool first, Conference conference) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"programme/{view.Number}/{notice.Code}"),
        Kind = "Programme",
        ToEmail = notice.Email,
        ToName = notice.Name,
        Subject = $"{conference.Acronym}: {(first ? "your place in the programme" : "a change of your part in the programme")}",
        Text = $"""
            Dear {notice.Name},

            {string.Join("\n\n", notice.Lines)}

            All times are those of {conference.City} ({conference.Zone}). The programme, release {view.Number}, is at {conference.Website.TrimEnd('/')}/programme.

            {conference.Mail.Name}
            """.ReplaceLineEndings("\n"),
    };

    private static Dictionary<string, string> Addresses(AcceptedSet accepted, ProgrammeDocument document)
        => accepted.People().Select(p => (p.Key, p.Value.Email))
            .Concat(document.Sessions.SelectMany(s => s.Chairs.Concat(s.Rapporteurs).Concat(s.Panellists)).Where(p => p.Email != "").Select(p => (p.Key, p.Email)))
            .GroupBy(x => x.Key).ToDictionary(g => g.Key, g => g.First().Email);

    // Who holds which office, and where and when.
    private static Dictionary<(string Key, string Words, string Session), string> Duties(ProgrammeView view)
    {
        var duties = new Dictionary<(string, string, string), string>();
        foreach (var s in view.InOrder())
        {
            var whole = ReleaseDifference.Place(view, s.Room, s.Start, s.End, null);
            foreach (var p in s.Chairs) duties[(view.Person(p).Key, "chair", s.Code)] = whole;
            foreach (var p in s.Rapporteurs) duties[(view.Person(p).Key, "report on", s.Code)] = whole;
            foreach (var p in s.Panellists) duties[(view.Person(p).Key, "sit on the panel of", s.Code)] = ReleaseDifference.Place(view, s.Room, s.PanelMinutes > 0 ? s.TalksEnd : s.Start, s.End, null);
        }

        return duties;
    }
}
