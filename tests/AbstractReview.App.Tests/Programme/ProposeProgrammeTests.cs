using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Tests.Programme;

public class ProposeProgrammeTests
{
    [Test]
    public async Task The_sample_conference_is_proposed_without_a_hard_clash_and_released_in_every_format()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        foreach (var area in new[] { "TA1", "TA5", "SS" }) await conf.Person([area], Role.AreaChair);
        var accepted = await conf.AcceptSamples();

        var outcome = await conf.Propose(chair);
        var reading = await conf.Send(new ReadProgramme(chair));

        Assert.That(outcome.Placed, Is.EqualTo(accepted - outcome.Unscheduled.Count));
        Assert.That(reading.Clashes.Where(c => c.Level != ClashLevel.Warns).Select(c => c.Words), Is.Empty);
        Assert.That(ShortChecker.Clashes(reading.Document!, await conf.Authors()), Is.Empty);
        var sessions = reading.Programme.Sessions.Where(s => s.Kind is SessionKind.ThematicSession or SessionKind.SpecialSession).ToList();
        Assert.That(sessions.SelectMany(s => s.Slots.Where(x => x.AreaCode != s.AreaCode)), Is.Empty, "every area in its session");
        Assert.That(sessions.Where(s => s.Panellists.Count + s.Slots.Count(x => x.Kind == SlotKind.Panel) < 4).Select(s => s.Code), Is.Empty, "every panel filled");

        var number = await conf.Send(new ReleaseProgramme(chair));
        Assert.That(number, Is.EqualTo(1));
        foreach (var format in Enum.GetValues<ProgrammeFormat>())
        {
            var once = await conf.Send(new ExportProgramme(format, chair));
            var again = await conf.Send(new ExportProgramme(format, chair));
            Assert.That(again.Bytes, Is.EqualTo(once.Bytes), $"{format} is the same twice");
            if (Environment.GetEnvironmentVariable("PROGRAMME_OUT") is { } folder) await File.WriteAllBytesAsync(Path.Combine(folder, once.Name), once.Bytes);
        }
    }

    [Test]
    public async Task A_repeatable_proposal_is_the_same_twice()
    {
        var documents = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var conf = await TestConference.Open();
            await conf.AcceptSamples();
            await conf.Propose(Actor.Timetable, seconds: 0.5);
            documents.Add((await conf.One<string>("select Document from Programme"))!);
        }

        Assert.That(documents[1], Is.EqualTo(documents[0]));
    }

    [Test]
    public async Task More_talks_than_slots_are_told_in_words_and_left_unscheduled()
    {
        await using var conf = await TestConference.Open();
        for (var n = 1; n <= 8; n++) await conf.Accept(n, "TA1", DecisionKind.Oral);

        var outcome = await conf.Propose(Actor.Timetable);

        Assert.That(outcome.Unscheduled, Is.EqualTo(new[] { "AR-1", "AR-2" }), "the two with the lowest scores");
        Assert.That(outcome.Words, Does.Contain("TA1: 2 oral presentation(s) without a place (AR-1, AR-2); its sessions hold 6, and the higher scored went first."));
    }

    [Test]
    public async Task A_pinned_talk_stays_where_it_is()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        for (var n = 1; n <= 6; n++) await conf.Accept(n, "TA1", DecisionKind.Oral);
        var last = new DateTime(2019, 10, 1, 12, 15, 0);
        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Place, Number = 3, Session = "S-TA1", Start = last }, null, chair));
        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Pin, Number = 3 }, null, chair));

        await conf.Propose(chair);

        Assert.That((await conf.Send(new ReadProgramme(chair))).Document!.Find(3)!.Value.Slot.Start, Is.EqualTo(last));
    }

    [Test]
    public async Task A_speaker_with_a_poster_before_their_talk_has_time_to_walk()
    {
        await using var conf = await TestConference.Open();
        // Poster session I ends in the foyer when the session of TA5 begins in the hall.
        await conf.Accept(1, "TA5", DecisionKind.Poster, "both@x.example");
        for (var n = 2; n <= 7; n++) await conf.Accept(n, "TA5", DecisionKind.Oral, n == 2 ? "both@x.example" : $"other{n}@x.example");

        await conf.Propose(Actor.Timetable);

        var reading = await conf.Send(new ReadProgramme(Actor.Timetable));
        Assert.That(reading.Unscheduled, Is.Empty);
        Assert.That(reading.Clashes.Where(c => c.Level != ClashLevel.Warns), Is.Empty);
    }
}
