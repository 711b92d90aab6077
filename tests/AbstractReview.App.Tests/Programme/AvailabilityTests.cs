using AbstractReview.App.Jobs;
using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Tests.Programme;

public class AvailabilityTests
{
    private static readonly DateTime Tuesday = new(2019, 10, 1);

    [Test]
    public async Task Where_a_speaker_cannot_be_nobody_places_them_and_by_hand_it_blocks_a_release()
    {
        await using var conf = await TestConference.Open();
        var (chair, secretariat) = (await conf.Person(Role.Chair), await conf.Person(Role.Secretariat));
        for (var n = 1; n <= 6; n++) await conf.Accept(n, "TA1", DecisionKind.Oral);
        // The session of TA1 begins at 11:00 with talks of 15 minutes: only the last two places are left to them.
        await conf.Send(new SayWhenAvailable(6, [new Wish(WishKind.Cannot, Tuesday, Tuesday.AddHours(12))], " Only after noon. ", secretariat));

        var outcome = await conf.Propose(chair);

        var reading = await conf.Send(new ReadProgramme(chair));
        Assert.That((outcome.Unscheduled, reading.Clashes.Where(c => c.Level != ClashLevel.Warns)), Is.EqualTo((Array.Empty<string>(), Array.Empty<Clash>())));
        Assert.That(reading.Document!.Find(6)!.Value.Slot.Start, Is.GreaterThanOrEqualTo(Tuesday.AddHours(12)));
        Assert.That((reading.Accepted[6].Wishes.Count, reading.Accepted[6].WishNote), Is.EqualTo((1, "Only after noon.")));
        var places = await conf.Send(new FindPlaces(6, chair));
        Assert.That(places.Where(p => p.Session == "S-TA1").Select(p => p.Clashes.Contains("Given author6 Family is away then")), Is.EqualTo(new[] { true, true, true, true, false, false }));

        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Place, Number = 6, Session = "S-TA1", Start = Tuesday.AddHours(11) }, null, chair));
        var clash = (await conf.Send(new ReadProgramme(chair))).Clashes.Single(c => c.Level != ClashLevel.Warns);
        Assert.That((clash.Rule, clash.Level, clash.Where[0]), Is.EqualTo(("absence", ClashLevel.BlocksRelease, "AR-6")));
    }

    [Test]
    public async Task Where_a_speaker_would_rather_not_they_speak_only_when_there_is_no_better_way_and_it_is_told()
    {
        await using var conf = await TestConference.Open();
        var (chair, secretariat) = (await conf.Person(Role.Chair), await conf.Person(Role.Secretariat));
        for (var n = 1; n <= 6; n++) await conf.Accept(n, "TA1", DecisionKind.Oral);
        foreach (var number in new[] { 5, 6 }) await conf.Send(new SayWhenAvailable(number, [new Wish(WishKind.RatherNot, Tuesday.AddHours(11), Tuesday.AddHours(12))], "", secretariat));

        await conf.Propose(chair);

        var reading = await conf.Send(new ReadProgramme(chair));
        Assert.That(new[] { 5, 6 }.Select(n => reading.Document!.Find(n)!.Value.Slot.Start).Order(), Is.EqualTo(new[] { Tuesday.AddHours(12), Tuesday.AddHours(12.25) }), "both where they like it");

        // Three for two places: one has to give way.
        await conf.Send(new SayWhenAvailable(4, [new Wish(WishKind.RatherNot, Tuesday.AddHours(11), Tuesday.AddHours(12))], "", secretariat));
        var outcome = await conf.Propose(chair);
        Assert.That(outcome.Words.Single(w => w.Contains("rather not", StringComparison.Ordinal)), Does.StartWith("1 speaker has to speak when they would rather not (AR-"));
        var warning = (await conf.Send(new ReadProgramme(chair))).Clashes.Single(c => c.Rule == "wish");
        Assert.That(warning.Level, Is.EqualTo(ClashLevel.Warns));
        Assert.That(warning.Words, Does.EndWith("and would rather not from 1 Oct 11:00 to 12:00."));
    }

    [Test]
    public async Task It_is_the_authors_to_say_until_the_conference_begins_and_each_refusal_names_its_field()
    {
        await using var conf = await TestConference.Open();
        var (chair, secretariat, stranger) = (await conf.Person(Role.Chair), await conf.Person(Role.Secretariat), await conf.Person(Role.Author));
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        Wish morning = new(WishKind.Cannot, Tuesday, Tuesday.AddHours(13));

        Assert.That(await conf.Send(new SayWhenAvailable(1, [morning, morning], "", secretariat)), Is.EqualTo(1));
        var view = await conf.Send(new ReadAvailability(1, secretariat));
        Assert.That((view.Wishes, view.Version, view.Speaker), Is.EqualTo((new[] { morning }, 1, "Given author1 Family")));
        Assert.That(view.HalfDays[0].Words, Is.EqualTo($"{view.HalfDays[0].From:dddd d MMMM}, morning"));
        Assert.ThrowsAsync<StaleException>(() => conf.Send(new SayWhenAvailable(1, [], "", secretariat) { Version = 0 }));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new SayWhenAvailable(1, [], "", stranger)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadAvailability(1, chair)), "the chair sees it in the editor");
        Assert.That(Refused([morning with { To = morning.From }]), Is.EqualTo("wishes"));
        Assert.That(Refused([morning with { From = Tuesday.AddYears(1), To = Tuesday.AddYears(1).AddHours(1) }]), Is.EqualTo("wishes"));
        Assert.That(Refused([.. Enumerable.Range(0, Availability.Most + 1).Select(i => morning with { From = Tuesday.AddMinutes(i) })]), Is.EqualTo("wishes"));
        Assert.That(Refused([], new string('x', 1001)), Is.EqualTo("note"));

        string Refused(IReadOnlyList<Wish> wishes, string note = "") => Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new SayWhenAvailable(1, wishes, note, secretariat)))!.Errors[0].Field;
    }

    [Test]
    public async Task Who_has_waited_enough_takes_the_best_so_far()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        var accepted = await conf.AcceptSamples();
        var job = await conf.Send(new ProposeProgramme(chair) { Seconds = 600 });

        var areaChair = await conf.Person(["TA1"], Role.AreaChair);
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new TakeBestSoFar(job, areaChair)));
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new TakeBestSoFar(job + 1, chair)));
        Assert.That(await conf.Send(new TakeBestSoFar(job, chair)), Is.True);
        await conf.Send(new RunLongWork());

        var status = await conf.Send(new ReadJob(job, chair));
        Assert.That(status.State, Is.EqualTo("Done"), status.Message);
        Assert.That(status.Result!.Value.GetProperty("placed").GetInt32(), Is.EqualTo(accepted - status.Result.Value.GetProperty("unscheduled").GetArrayLength()));
        Assert.That((await conf.Send(new ReadProgramme(chair))).Version, Is.EqualTo(1));
        Assert.That(await conf.Send(new TakeBestSoFar(job, chair)), Is.False, "it has ended");
    }
}
