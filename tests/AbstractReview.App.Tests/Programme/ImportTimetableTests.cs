using System.Text;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;
using MiniExcelLibs;

namespace AbstractReview.App.Tests.Programme;

public class ImportTimetableTests
{
    [Test]
    public async Task What_we_export_comes_back_without_a_change_and_elsewhere_it_finds_everybodys_place()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        var accepted = await conf.AcceptSamples();
        var outcome = await conf.Propose(chair);
        await conf.Send(new ReleaseProgramme(chair));
        var places = Places((await conf.Send(new ReadProgramme(chair))).Document!);
        Assert.That(places, Has.Count.EqualTo(accepted - outcome.Unscheduled.Count));

        foreach (var format in new[] { ProgrammeFormat.Xml, ProgrammeFormat.Json, ProgrammeFormat.Csv, ProgrammeFormat.Xlsx })
        {
            var file = (await conf.Send(new ExportProgramme(format, chair))).Bytes;
            var same = await conf.Send(new PreviewTimetable(file, true, chair));
            Assert.That((same.Changes, same.Problems, same.Clashes), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>(), Array.Empty<Clash>())), $"{format} says what stands");

            // Everything taken out, then found again by the file alone.
            var reading = await conf.Send(new ReadProgramme(chair));
            await conf.Send(new SaveProgramme(reading.Document! with { Sessions = reading.Document.Sessions.Select(s => s with { Slots = s.Slots.Where(x => x.Number is null).ToList() }).ToList() }, null, chair));
            var back = await conf.Send(new PreviewTimetable(file, false, chair));
            Assert.That((back.Changes.Count, back.Problems), Is.EqualTo((places.Count, Array.Empty<string>())), $"{format}");
            await conf.Send(new ApplyTimetable(back.File, false, back.Version, chair));
            // frab knows no boards: posters get them in the file's order, which is theirs.
            Assert.That(Places((await conf.Send(new ReadProgramme(chair))).Document!), Is.EqualTo(places), $"{format}");
        }
    }

    [Test]
    public async Task Indicos_contributions_are_known_by_their_titles()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Accept(2, "TA2", DecisionKind.Oral);
        var file = "\ufeff2019-10-01T11:15,15,\"TALK 1 – of TA1\",Given,Family,Institute,a@x.example\r\n2019-10-01T12:30:00+00:00,15,Talk 2 of TA2,Given,Family,,\n2019-10-01T16:00,15,Nobody's talk,,,,\n2019-10-02T23:00,15,Talk 2 of TA2,,,,\n";

        var preview = await conf.Send(new PreviewTimetable(Encoding.UTF8.GetBytes(file), false, chair));

        Assert.That(preview.Changes, Is.EqualTo(new[] { "AR-1 (oral presentation) takes place on Tuesday 1 October, 11:15–11:30 in Atlas Hall." }));
        Assert.That(preview.Problems, Is.EqualTo(new[]
        {
            "line 3: “Nobody's talk” is no accepted submission and no session.",
            "AR-2 occurs 2 times (line 2, line 4); the first counts.",
            "line 2: AR-2 on 1 October, 13:30–13:45 lies in no session that takes it; it stays where it is.",
        }));
    }

    [Test]
    public async Task A_workbook_filled_in_by_hand_moves_talks_and_says_what_will_clash()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Accept(2, "TA1", DecisionKind.Oral);
        using var stream = new MemoryStream();
        stream.SaveAs(new[]
        {
            new Dictionary<string, object> { ["Code"] = "AR-1", ["Date"] = new DateTime(2019, 10, 1), ["Start"] = "11:00", ["Minutes"] = 15, ["Room"] = "atlas hall" },
            new Dictionary<string, object> { ["Code"] = "ar-2", ["Date"] = "2019-10-01", ["Start"] = "14:30", ["Minutes"] = 15, ["Room"] = "A" },
        });

        var preview = await conf.Send(new PreviewTimetable(stream.ToArray(), false, chair));

        Assert.That(preview.Changes, Has.Count.EqualTo(2));
        Assert.That(preview.Clashes.Where(c => c.Level == ClashLevel.BlocksRelease).Select(c => c.Words), Is.EqualTo(new[] { "AR-2 belongs to TA1 and lies in S-TA2, a session of TA2." }));
        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Place, Number = 1, Session = "S-TA1" }, null, chair));
        Assert.ThrowsAsync<StaleException>(() => conf.Send(new ApplyTimetable(preview.File, false, preview.Version, chair)));
    }

    [TestCase("", "The file is empty.")]
    [TestCase("<x/>", "A frab timetable begins with <schedule>, not with <x>.")]
    [TestCase("<!DOCTYPE a [<!ENTITY b \"c\">]><schedule>&b;</schedule>", "This XML cannot be read: For security reasons DTD is prohibited in this XML document. To enable DTD processing set the DtdProcessing property on XmlReaderSettings to Parse and pass the settings into XmlReader.Create method.")]
    [TestCase("{\"schedule\":1}", "This JSON is no timetable: it needs schedule.conference.days, each with its rooms, each with a list of events.")]
    [TestCase("{", "This JSON cannot be read: line 1.")]
    [TestCase("PK nonsense", "This workbook cannot be read.")]
    [TestCase("a,b\nc,d\n", "The first row must name the columns: Code or Title; Date and Start, or Starts at; End or Duration; and, where known, Room, Session and Board.")]
    [TestCase("code,date,start,duration\nAR-1,2019-10-01,noon,15\n", "line 2: “2019-10-01 noon” is no date and time such as 2019-10-01 and 09:00.")]
    [TestCase("2019-10-01T09:00,long,Title\n", "line 1: “long” is no length in minutes.")]
    [TestCase("code,date,start,duration\n", "The file has no events.")]
    public async Task A_file_that_cannot_be_read_is_refused_in_words(string text, string words)
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new PreviewTimetable(Encoding.UTF8.GetBytes(text), false, chair)));

        Assert.That(refusal!.Errors.Select(e => (e.Field, e.Message)), Is.EqualTo(new[] { ("file", words) }));
    }

    [Test]
    public async Task Only_who_runs_the_conference_imports_and_no_other_file_is_read()
    {
        await using var conf = await TestConference.Open();
        var areaChair = await conf.Person(["TA1"], Role.AreaChair);
        var chair = await conf.Person(Role.Chair);

        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new PreviewTimetable("{}"u8.ToArray(), false, areaChair)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ApplyTimetable(new string('a', 64), false, null, areaChair)));
        foreach (var name in new[] { new string('a', 64), "../../abstractreview.db", "" })
            Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ApplyTimetable(name, false, null, chair)));
    }

    private static List<(string Session, int Number, DateTime Start, DateTime End, int? Board)> Places(ProgrammeDocument document)
        => document.Sessions.SelectMany(s => s.Slots.Where(x => x.Number is not null).Select(x => (s.Code, x.Number!.Value, x.Start, x.End, x.Board))).OrderBy(x => x.Value).ToList();
}
