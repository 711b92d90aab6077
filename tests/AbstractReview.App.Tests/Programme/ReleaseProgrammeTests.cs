using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Tests.Programme;

public class ReleaseProgrammeTests
{
    private static ProgrammeEdit Place(int number, string session, int hour = 0, int minute = 0)
        => new() { Kind = EditKind.Place, Number = number, Session = session, Start = hour == 0 ? null : new DateTime(2019, 10, 1, hour, minute, 0) };

    [Test]
    public async Task Those_concerned_are_told_once_and_only_of_what_touches_them()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Accept(2, "TA1", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA1"), null, chair));
        await conf.Send(new EditProgramme(Place(2, "S-TA1"), null, chair));
        await conf.Send(new ReleaseProgramme(chair));
        Assert.That(await conf.All<string>("select MailKey from Outbox order by MailKey"), Is.EqualTo(new[] { "programme/1/P1", "programme/1/P2" }));

        await conf.Send(new EditProgramme(Place(2, "S-TA1", 12, 0), null, chair));
        var second = await conf.Send(new ReleaseProgramme(chair));

        Assert.That(await conf.All<string>("select MailKey from Outbox order by MailKey"), Is.EqualTo(new[] { "programme/1/P1", "programme/1/P2", "programme/2/P2" }));
        var release = await conf.Send(new ReadRelease(second, Actor.Visitor));
        Assert.That(release.Summary, Is.EqualTo(new[] { "AR-2 (oral presentation) moves from Tuesday 1 October, 11:15–11:30 in Atlas Hall to Tuesday 1 October, 12:00–12:15 in Atlas Hall." }));
        Assert.That((release.Programme.Revisions["AR-1"], release.Programme.Revisions["AR-2"]), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Nobody_takes_over_the_calendar_address_of_somebody_who_left()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        for (var n = 1; n <= 3; n++) await conf.Accept(n, "TA1", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA1"), null, chair));
        await conf.Send(new EditProgramme(Place(2, "S-TA1"), null, chair));
        await conf.Send(new ReleaseProgramme(chair));
        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Remove, Number = 2 }, null, chair));
        await conf.Send(new ReleaseProgramme(chair));
        await conf.Send(new EditProgramme(Place(3, "S-TA1"), null, chair));

        var third = await conf.Send(new ReleaseProgramme(chair));

        var people = (await conf.Send(new ReadRelease(third, chair))).Programme.People;
        Assert.That(people.Select(p => (p.Code, p.GivenName)), Is.EqualTo(new[] { ("P1", "Given author1"), ("P3", "Given author3") }));
    }

    [Test]
    public async Task Chairs_and_panellists_are_told_in_one_mail_each_of_what_they_are_asked_and_no_longer_asked()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA1"), null, chair));
        var ada = new ProgrammePerson { Email = "Ada@x.example", GivenName = "Ada", FamilyName = "Example" };
        var nameless = new ProgrammePerson { GivenName = "No", FamilyName = "Address" };
        await Office(EditKind.SetChairs, "S-TA1", ada);
        await Office(EditKind.SetPanellists, "S-TA2", ada, nameless);
        var preview = await conf.Send(new PreviewRelease(chair));
        await conf.Send(new ReleaseProgramme(chair));
        Assert.That(preview.Mails, Is.EqualTo(2), "the author and Ada; who has no address cannot be told");
        Assert.That(await conf.One<string>("select BodyText from Outbox where ToEmail = 'Ada@x.example'"), Does.Contain("""
            You chair S-TA1 “Sustainable, strong and independent nuclear security regulatory framework” on Tuesday 1 October, 11:00–13:00 in Atlas Hall.

            You sit on the panel of S-TA2 “Implementation of the Convention on the Physical Protection of Nuclear Material (CPPNM) and its Amendment” on Tuesday 1 October, 16:00–16:30 in Atlas Hall.
            """));

        await Office(EditKind.SetChairs, "S-TA1", nameless);
        var second = await conf.Send(new ReleaseProgramme(chair));

        Assert.That((await conf.Send(new ReadRelease(second, Actor.Visitor))).Summary,
            Is.EqualTo(new[] { "S-TA1 “Sustainable, strong and independent nuclear security regulatory framework”, Tuesday 1 October, 11:00–13:00 in Atlas Hall, has a new chair: No Address (before: Ada Example)." }));
        Assert.That(await conf.All<string>("select BodyText from Outbox where MailKey like 'programme/2/%'"), Has.One.Items.And.All.Contain("You are no longer asked to chair S-TA1 (it was on Tuesday 1 October, 11:00–13:00 in Atlas Hall)."));

        Task<int> Office(EditKind kind, string session, params ProgrammePerson[] people) => conf.Send(new EditProgramme(new ProgrammeEdit { Kind = kind, Session = session, People = people }, null, chair));
    }

    [Test]
    public async Task A_blocking_clash_is_not_released()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA2"), null, chair));

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ReleaseProgramme(chair)));

        Assert.That(refusal!.Errors.Select(e => e.Message), Is.EqualTo(new[] { "AR-1 belongs to TA1 and lies in S-TA2, a session of TA2." }));
        Assert.That(await conf.One<int>("select count(*) from Release"), Is.Zero);
    }

    [Test]
    public async Task Undo_and_redo_walk_through_the_versions()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA1"), null, chair));
        await conf.Send(new EditProgramme(Place(1, "S-TA1", 12, 0), null, chair));

        var times = new List<string?> { await Time() };
        foreach (var redo in new[] { false, false, true, true })
        {
            await conf.Send(new StepProgramme(redo, chair));
            times.Add(await Time());
        }

        Assert.That(times, Is.EqualTo(new[] { "12:00", "11:00", null, "11:00", "12:00" }));
        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new StepProgramme(true, chair)));
        Assert.ThrowsAsync<StaleException>(() => conf.Send(new StepProgramme(false, chair) { Version = 2 }), "the last step is another than was seen");

        async Task<string?> Time() => (await conf.Send(new ReadProgramme(chair))).Document!.Find(1)?.Slot.Start.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Test]
    public async Task An_edit_on_an_old_version_is_merged_unless_somebody_touched_the_same_talk()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Accept(2, "TA2", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA1"), 0, chair));

        var merged = await conf.Send(new EditProgramme(Place(2, "S-TA2"), 0, chair));

        Assert.That(merged, Is.EqualTo(2));
        Assert.ThrowsAsync<StaleException>(() => conf.Send(new EditProgramme(Place(1, "S-TA1", 12, 0), 0, chair)));
        Assert.That((await conf.Send(new ReadProgramme(chair))).Unscheduled, Is.Empty);
    }

    [Test]
    public async Task The_draft_is_for_the_committee_only()
    {
        await using var conf = await TestConference.Open();
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA1"), null, Actor.Timetable));
        var author = await conf.Person();
        var areaChair = await conf.Person(["TA1"], Role.AreaChair);

        Assert.That((await conf.Send(new ReadProgramme(areaChair))).IsDraft, Is.True);
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadProgramme(author)));
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new EditProgramme(Place(1, "S-TA1", 12, 0), null, areaChair)));
        await conf.Send(new ReleaseProgramme(Actor.Timetable));
        var reading = await conf.Send(new ReadProgramme(author));
        Assert.That((reading.IsDraft, reading.Document, reading.Programme.People.Select(p => p.Key).Distinct().Single()), Is.EqualTo((false, (ProgrammeDocument?)null, "")));
    }

    [Test]
    public async Task A_withdrawn_talk_blocks_the_next_release_until_it_is_taken_out()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await conf.Send(new EditProgramme(Place(1, "S-TA1"), null, chair));
        await conf.All<int>("update Submission set State = 'Withdrawn' where Number = 1");

        Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ReleaseProgramme(chair)));
        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Remove, Number = 1 }, null, chair));

        Assert.That(await conf.Send(new ReleaseProgramme(chair)), Is.EqualTo(1));
    }
}
