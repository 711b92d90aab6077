using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Proposing;

/// <summary>Who could chair or report: committee and reviewers with the areas they know.</summary>
internal sealed record Candidate(ProgrammePerson Person, IReadOnlySet<string> Areas, bool ChairsArea);

/// <summary>Gives sessions of talks a chair, a rapporteur and a panel where the committee named none.</summary>
internal static class Offices
{
    /// <summary>How many people a panel discussion has at least, as far as the session's speakers reach.</summary>
    public const int PanelSize = 4;

    /// <summary>Fills the offices of the sessions named by <paramref name="only"/>; of all when it is null.</summary>
    public static ProgrammeDocument Fill(ProgrammeDocument document, IReadOnlyDictionary<int, AcceptedTalk> talks, Conference conference, IReadOnlyList<Candidate> candidates, IReadOnlyDictionary<string, ProgrammePerson> authors, IReadOnlySet<string>? only = null)
    {
        var used = document.Sessions.SelectMany(s => s.Chairs.Concat(s.Rapporteurs)).CountBy(p => p.Key).ToDictionary();
        var absent = Availability.Absences(document, talks).SelectMany(g => g).ToLookup(a => MailAddress.Normalise(a.Email), a => (From: conference.At(a.From), To: conference.At(a.To)));
        foreach (var code in document.Sessions.Where(s => s.TalkPositions > 0 && only?.Contains(s.Code) != false).OrderBy(s => s.Start).ThenBy(s => s.Code, StringComparer.Ordinal).Select(s => s.Code))
        {
            var session = document.Session(code)!;
            // What is given out in this session itself clashes with nothing in it: read once for all its offices.
            var commitments = Commitments.Of(document, talks, conference).ToLookup(c => c.PersonKey);
            if (session.PanelMinutes > 0) session = session with { Panellists = Panel(session, talks, authors, key => Free(commitments, session, key, session.TalksEnd)) };
            if (session.Chairs.Count == 0 && Pick(commitments, session, Duty.Chair) is { } chair) session = session with { Chairs = [chair] };
            if (session.Rapporteurs.Count == 0 && Pick(commitments, session, Duty.Rapporteur) is { } rapporteur) session = session with { Rapporteurs = [rapporteur] };
            document = document.With(session);
        }

        return document;

        // Area chairs chair their own areas; beyond that, whoever knows the area and did least so far.
        ProgrammePerson? Pick(ILookup<string, Commitment> commitments, Session session, Duty duty)
        {
            var here = session.Chairs.Concat(session.Rapporteurs).Concat(session.Panellists).Select(p => p.Key).ToHashSet();
            var picked = candidates.Where(c => session.AreaCode is null || c.Areas.Contains(session.AreaCode))
                .Where(c => !here.Contains(c.Person.Key) && commitments[c.Person.Key].All(x => x.SessionCode != session.Code) && Free(commitments, session, c.Person.Key, session.Start))
                .OrderBy(c => (duty == Duty.Chair) == c.ChairsArea ? 0 : 1).ThenBy(c => used.GetValueOrDefault(c.Person.Key)).ThenBy(c => c.Person.Key, StringComparer.Ordinal)
                .FirstOrDefault()?.Person;
            if (picked is not null) used[picked.Key] = used.GetValueOrDefault(picked.Key) + 1;
            return picked;
        }

        // Neither bound elsewhere nor away from then to the session's end.
        bool Free(ILookup<string, Commitment> commitments, Session session, string key, DateTime from)
        {
            var wanted = new Commitment(key, "", Duty.Chair, session.Room, conference.At(from), conference.At(session.End), session.Code, session.Code);
            return !commitments[key].Any(c => Commitments.Clash(c, wanted)) && !absent[key].Any(a => wanted.Start < a.To && a.From < wanted.End);
        }
    }

    // Contributors placed on the panel come first; speakers of the session, best first and a country each as far as that goes, fill it up.
    private static List<ProgrammePerson> Panel(Session session, IReadOnlyDictionary<int, AcceptedTalk> talks, IReadOnlyDictionary<string, ProgrammePerson> authors, Func<string, bool> free)
    {
        var panel = session.Panellists.ToList();
        var contributors = session.Slots.Where(s => s.Kind == SlotKind.Panel).Select(s => talks[s.Number!.Value].Presenter!).ToList();
        var countries = contributors.Select(c => c.Country).Concat(panel.Select(p => p.Country)).ToHashSet();
        var there = contributors.Select(c => c.Key).Concat(panel.Select(p => p.Key)).ToHashSet();
        var speakers = session.Slots.Where(s => s is { Kind: SlotKind.Oral, Number: not null }).Select(s => talks[s.Number!.Value]).Where(t => t.Presenter is not null)
            .OrderByDescending(t => t.Score ?? 0).ThenBy(t => t.Number).Select(t => t.Presenter!).ToList();
        foreach (var sameCountry in new[] { false, true })
            foreach (var speaker in speakers)
                if (there.Count < PanelSize && (sameCountry || !countries.Contains(speaker.Country)) && authors.TryGetValue(speaker.Key, out var person) && free(speaker.Key) && there.Add(speaker.Key))
                {
                    countries.Add(speaker.Country);
                    panel.Add(person);
                }

        return panel;
    }
}

/// <summary>Reads the candidates for chairs and rapporteurs.</summary>
internal sealed class Candidates(Db db)
{
    public async Task<IReadOnlyList<Candidate>> Read(CancellationToken ct)
    {
        var chairs = (await db.All<ChairRow>(ReadAreaChairs, null, ct)).ToLookup(r => r.Id, r => r.AreaCode);
        var reviewers = (await db.All<ReviewerRow>(ReadReviewers, null, ct)).ToDictionary(r => r.PersonId, r => Json.Read<List<string>>(r.Areas));
        return (await db.All<PersonRow>(ReadPeople, null, ct)).Select(p => new Candidate(
            new ProgrammePerson { Email = p.Email, GivenName = p.GivenName, FamilyName = p.FamilyName, Affiliation = p.Affiliation, Country = p.Country },
            chairs[p.Id].Concat(reviewers.GetValueOrDefault(p.Id) ?? []).ToHashSet(), chairs[p.Id].Any())).ToList();
    }

    private sealed record PersonRow
    {
        public required int Id { get; init; }
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Affiliation { get; init; }
        public required string Country { get; init; }
    }

    private sealed record ChairRow
    {
        public required int Id { get; init; }
        public required string AreaCode { get; init; }
    }

    private sealed record ReviewerRow
    {
        public required int PersonId { get; init; }
        public required string Areas { get; init; }
    }

    private const string ReadAreaChairs = "select PersonId as Id, AreaCode from PersonRole where Role = 'AreaChair'";
    private const string ReadReviewers = "select PersonId, Areas from Reviewer where Available = 1";

    private const string ReadPeople = """
        select p.Id, p.Email, p.GivenName, p.FamilyName, p.Affiliation, p.Country
        from Person p
        where exists (select 1 from PersonRole r where r.PersonId = p.Id and r.Role = 'AreaChair')
           or exists (select 1 from Reviewer v where v.PersonId = p.Id and v.Available = 1)
        order by p.Id
        """;
}
