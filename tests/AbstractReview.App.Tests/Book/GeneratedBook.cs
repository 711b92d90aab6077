using System.Globalization;
using AbstractReview.App.Book;
using AbstractReview.App.Programme;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Tests.Book;

/// <summary>A book of made-up abstracts of about 250 words, with names in more than ten scripts; the same for a number every time.</summary>
internal static class GeneratedBook
{
    public static readonly (string Given, string Family, string Country)[] People =
    [
        ("Marie", "Dubois", "FR"), ("خالد", "الأمين", "EG"), ("Иван", "Петров", "BG"), ("小明", "王", "CN"), ("민수", "김", "KR"), ("राजेश", "कुमार", "IN"), ("สมชาย", "ใจดี", "TH"), ("יוסי", "כהן", "IL"),
        ("Γιώργος", "Παπαδόπουλος", "GR"), ("花子", "田中", "JP"), ("Łukasz", "Żółć", "PL"), ("Thị Hạnh", "Nguyễn", "VN"), ("Գրիգոր", "Հակոբյան", "AM"), ("გიორგი", "ბერიძე", "GE"), ("José", "Óscar Muñoz", "ES"),
        ("Gökçe", "Şahin", "TR"), ("İbrahim", "İnönü", "TR"), ("Øystein", "Åsen", "NO"), ("አበበ", "በቀለ", "ET"), ("தமிழ்", "செல்வன்", "IN"),
    ];

    private static readonly string[] Words =
        """
        the of and to in a is for with on security nuclear regulatory material facility transport source assessment inspection culture threat
        response detection border capacity training national international framework legislation implementation sustainability cybersecurity insider
        physical protection graded approach effective efficient sufficient authority licensing oversight operator radioactive verification exercise
        cooperation information confidentiality communication measures requirements design basis evaluation methodology results experience lessons
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static BookContent Of(Conference conference, int abstracts, BookOptions? options = null)
    {
        var areas = conference.Areas;
        var parts = areas.Select((area, a) => new BookPart(area, [.. Enumerable.Range(1, abstracts).Where(n => n % areas.Count == a).Select((n, i) => Entry(area.Code, n, i))])
        {
            Sessions = [.. conference.Programme.Sessions.Where(s => s.AreaCode == area.Code).Select(Session)],
        });
        return new BookContent
        {
            Conference = conference, Options = options ?? new BookOptions(), Edition = 7, At = new DateTimeOffset(2019, 8, 1, 12, 0, 0, TimeSpan.Zero), Parts = [.. parts.Where(p => p.Entries.Count > 0)],
            Programme = Programme(conference), Site = "https://book.example",
        };
    }

    private static BookEntry Entry(string area, int number, int i)
    {
        var random = new Random(number);
        var kind = (DecisionKind)(number % 3);
        var start = new DateTime(2019, 10, 1, 9, 0, 0).AddDays(i % 4).AddMinutes(15 * (i % 20));
        return new BookEntry
        {
            Number = number, Code = string.Create(CultureInfo.InvariantCulture, $"{area}-{"OPX"[number % 3]}-{i + 1:D2}"), Kind = kind, Title = Sentence(random, random.Next(5, 12)) + $" ({number})",
            Abstract = Text(random, number), Keywords = ["nuclear security", "C# & <safety>", $"keyword {number % 40}"], Figures = [],
            Authors = [.. Enumerable.Range(0, 1 + number % 5).Select(a => Author(number * 7 + a * 3, a == number % (1 + number % 5)))],
            Slot = new BookSlot($"AR-{number}", start, start.AddMinutes(15), "Atlas Hall", kind == DecisionKind.Poster ? i + 1 : null),
        };
    }

    private static string Text(Random random, int number) => string.Join("\n\n",
    [
        Paragraph(random, 90), Paragraph(random, 80),
        .. number % 7 == 0 ? ["- " + Sentence(random, 9) + "\n- " + Sentence(random, 14)] : Array.Empty<string>(),
        .. number % 11 == 0 ? ["تتناول هذه الورقة الإطار التنظيمي للأمن النووي، وتعرض تجربة الهيئة الرقابية في التفتيش والترخيص على مدى عشر سنوات."] : Array.Empty<string>(),
        .. number % 13 == 0 ? ["本文介绍核安保监管框架的建立过程，并讨论检查员培训的经验。结果表明，分级方法既有效又经济。"] : Array.Empty<string>(),
        .. number % 17 == 0 ? ["การรักษาความมั่นคงปลอดภัยทางนิวเคลียร์เป็นความรับผิดชอบของรัฐ บทความนี้นำเสนอประสบการณ์ของหน่วยงานกำกับดูแล"] : Array.Empty<string>(),
        Paragraph(random, 70),
    ]);

    private static Author Author(int n, bool presenting)
    {
        var (given, family, country) = People[n % People.Length];
        return new Author
        {
            GivenName = given, FamilyName = family, Country = country, Email = $"person{n % 300}@place{n % 40}.example", Affiliation = $"Institute {n % 40} for Nuclear Regulation",
            Orcid = n % 5 == 0 ? "0000-0002-1825-0097" : null, Presenting = presenting,
        };
    }

    private static string Sentence(Random random, int words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Paragraph(Random random, int words) => string.Join(". ", Enumerable.Range(0, words / 15 + 1).Select(_ => Sentence(random, 15))) + ".";

    private static ViewSession Session(FrameSession s) => new() { Code = s.Code, Kind = s.Kind, Title = s.Title, AreaCode = s.AreaCode, Room = s.Room, Start = s.Start, End = s.End, PanelMinutes = s.PanelMinutes };

    private static ProgrammeView Programme(Conference c) => new()
    {
        Number = 2, ReleasedAt = new DateTimeOffset(2019, 7, 20, 9, 0, 0, TimeSpan.Zero), Title = c.Title, Acronym = c.Acronym, Organiser = c.Organiser, Venue = c.Venue, City = c.City, Country = c.Country,
        Zone = c.Zone, Website = c.Website, Days = c.Programme.Days, Rooms = c.Programme.Rooms, Areas = [.. c.Areas.Select(a => new ViewArea(a.Code, a.Title))], Sessions = [.. c.Programme.Sessions.Select(Session)], People = [],
    };
}
