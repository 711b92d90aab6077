using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme;

/// <summary>Puts a draft and its submissions together into a view. People keep their codes, and events their revisions, from the release before.</summary>
internal sealed class ViewBuilder(Conference conference, AcceptedSet accepted, ProgrammeView? last)
{
    private readonly List<ViewPerson> _people = [];
    private readonly Dictionary<string, ViewPerson> _byKey = [];
    private int _lastPerson = last is null ? 0 : last.People.Select(p => int.Parse(p.Code.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).Append(last.LastPerson).Max();

    public ProgrammeView Build(ProgrammeDocument document, int number, DateTimeOffset at)
    {
        var known = last?.People.ToDictionary(p => p.Key, p => p.Code) ?? [];
        var sessions = document.Sessions.Select(s => SessionOf(s, known)).ToList();
        var view = new ProgrammeView
        {
            Number = number,
            ReleasedAt = at,
            Title = conference.Title,
            Acronym = conference.Acronym,
            Organiser = conference.Organiser,
            Venue = conference.Venue,
            City = conference.City,
            Country = conference.Country,
            Zone = conference.Zone,
            Website = conference.Website,
            Days = document.Sessions.Select(s => DateOnly.FromDateTime(s.Start)).Concat(conference.Programme.Days).Distinct().Order().ToList(),
            Rooms = conference.Programme.Rooms,
            Areas = conference.Areas.Select(a => new ViewArea(a.Code, a.Title)).ToList(),
            Sessions = sessions,
            People = _people,
            LastPerson = _lastPerson,
        };
        return view with { Revisions = Revise(view) };
    }

    private ViewSession SessionOf(Session s, Dictionary<string, string> known) => new()
    {
        Code = s.Code,
        Kind = s.Kind,
        Title = s.Title,
        AreaCode = s.AreaCode,
        Room = s.Room,
        Start = s.Start,
        End = s.End,
        PanelMinutes = s.PanelMinutes,
        Chairs = s.Chairs.Select(p => Code(p, known)).ToList(),
        Rapporteurs = s.Rapporteurs.Select(p => Code(p, known)).ToList(),
        Panellists = s.Panellists.Select(p => Code(p, known)).ToList(),
        Slots = s.InOrder().Select(slot => SlotOf(slot, known)).ToList(),
    };

    private ViewSlot SlotOf(Slot slot, Dictionary<string, string> known)
    {
        var text = slot.Number is { } number ? accepted.Texts.GetValueOrDefault(number) : null;
        return new ViewSlot
        {
            Code = slot.Code,
            Kind = slot.Kind,
            Number = slot.Number,
            Title = text?.Title ?? slot.Title ?? slot.Code,
            Abstract = text?.Abstract ?? "",
            Biography = text?.Biography ?? "",
            AreaCode = text?.AreaCode,
            Start = slot.Start,
            End = slot.End,
            Board = slot.Board,
            Authors = text?.Authors.Select(a => new ViewAuthor(
                Code(a.NormalisedEmail, a.GivenName, a.FamilyName, a.Affiliation, a.Country, known), a.GivenName, a.FamilyName, a.Affiliation, a.Country, a.Presenting)).ToList() ?? [],
        };
    }

    private string Code(ProgrammePerson p, Dictionary<string, string> known) => Code(p.Key, p.GivenName, p.FamilyName, p.Affiliation, p.Country, known);

    private string Code(string key, string given, string family, string affiliation, string country, Dictionary<string, string> known)
    {
        if (_byKey.TryGetValue(key, out var person)) return person.Code;
        var code = known.TryGetValue(key, out var old) ? old : FormattableString.Invariant($"P{++_lastPerson}");
        person = new ViewPerson(code, key, given, family, affiliation, country);
        _people.Add(person);
        _byKey.Add(key, person);
        return code;
    }

    private SortedDictionary<string, int> Revise(ProgrammeView view)
    {
        var before = last is null ? [] : Fingerprints(last);
        var revisions = new SortedDictionary<string, int>(last?.Revisions.ToDictionary() ?? [], StringComparer.Ordinal);
        foreach (var (code, print) in Fingerprints(view))
            if (!revisions.TryGetValue(code, out var revision)) revisions[code] = 0;
            else if (!before.TryGetValue(code, out var old) || old != print) revisions[code] = revision + 1;
        return revisions;
    }

    /// <summary>What of each event a calendar shows, by code.</summary>
    internal static Dictionary<string, string> Fingerprints(ProgrammeView view)
    {
        var prints = new Dictionary<string, string>();
        foreach (var s in view.Sessions)
        {
            var room = view.Room(s.Room).Name;
            prints[s.Code] = Hash(new { s.Title, room, s.Start, s.End, s.Chairs, s.Rapporteurs, s.Panellists, view.Zone });
            foreach (var slot in s.Slots) prints[slot.Code] = Hash(new { slot.Title, slot.Abstract, room, slot.Start, slot.End, slot.Board, Authors = slot.Authors.Select(a => a.FullName), view.Zone });
        }

        return prints;
    }

    private static string Hash<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json.Write(value))));
}
