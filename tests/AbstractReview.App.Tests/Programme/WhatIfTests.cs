using AbstractReview.App.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;
using CsCheck;

namespace AbstractReview.App.Tests.Programme;

public class WhatIfTests
{
    private static ProgrammeEdit Place(int number, string session, int hour, int minute) => new() { Kind = EditKind.Place, Number = number, Session = session, Start = new DateTime(2019, 10, 1, hour, minute, 0) };

    [Test]
    public async Task A_withdrawal_moves_nobody_but_who_waits_for_the_place()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        for (var n = 1; n <= 8; n++) await conf.Accept(n, "TA1", DecisionKind.Oral);
        await conf.Propose(chair);
        var gone = (await conf.Send(new ReadProgramme(chair))).Document!.Find(5)!.Value.Slot.Start;

        var answer = await conf.Send(new AskWhatIf(WhatIfKind.Withdrawn, chair) { Number = 5 });

        Assert.That(answer.Moves, Is.EqualTo(1));
        Assert.That(answer.Edits.Where(e => e.Kind == EditKind.Place).Select(e => (e.Number, e.Start)), Is.EqualTo(new[] { ((int?)2, (DateTime?)gone) }), "the better scored of the two that wait");
        Assert.That(answer.Notes, Does.Contain("No smaller set of moves does it."));
        var version = await conf.Send(new EditProgrammeTogether(answer.Edits, answer.Title, answer.Version, chair));
        var after = await conf.Send(new ReadProgramme(chair));
        Assert.That((after.Version, after.Steps[0].Words, after.Document!.Find(5), after.Document.Find(2)!.Value.Slot.Start), Is.EqualTo((version, "AR-5 withdrawn", ((Session, Slot)?)null, gone)));
        await conf.Send(new StepProgramme(false, chair));
        Assert.That((await conf.Send(new ReadProgramme(chair))).Document!.Find(5)!.Value.Slot.Start, Is.EqualTo(gone), "one undo takes it all back");
    }

    [Test]
    public async Task A_speaker_who_comes_late_changes_places_with_one_other_and_leaves_the_chair()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        for (var n = 1; n <= 6; n++) await conf.Accept(n, "TA1", DecisionKind.Oral, n == 1 ? "late@x.example" : $"other{n}@x.example");
        for (var n = 1; n <= 6; n++) await conf.Send(new EditProgramme(Place(n, "S-TA1", 11, 0).At(15 * (n - 1)), null, chair));
        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.SetChairs, Session = "S-TA2", People = [new ProgrammePerson { Email = "late@x.example", GivenName = "Late", FamilyName = "Comer" }] }, null, chair));

        // Until 11:40: the first three places are not theirs to take.
        var answer = await conf.Send(new AskWhatIf(WhatIfKind.Away, chair) { Email = "late@x.example", From = new DateTime(2019, 10, 1, 8, 0, 0), To = new DateTime(2019, 10, 1, 11, 40, 0) });

        Assert.That(answer.Moves, Is.EqualTo(2), "a change of places: two talks move, four stay");
        Assert.That(answer.Edits.Where(e => e.Kind == EditKind.Place).Select(e => e.Number), Is.EqualTo(new[] { 1, 4 }), "the nearest that is possible");
        Assert.That(answer.Edits.Any(e => e.Kind == EditKind.SetChairs), Is.False, "they are back for that session");
        await conf.Send(new EditProgrammeTogether(answer.Edits, answer.Title, answer.Version, chair));
        var reading = await conf.Send(new ReadProgramme(chair));
        Assert.That(reading.Clashes.Where(c => c.Level != ClashLevel.Warns), Is.Empty);
        Assert.That(reading.Document!.Absences.Single().Email, Is.EqualTo("late@x.example"));
    }

    [Test]
    public async Task Of_two_answers_as_small_the_one_that_keeps_a_wish_is_given_though_it_lies_further_away()
    {
        await using var conf = await TestConference.Open();
        var (chair, secretariat) = (await conf.Person(Role.Chair), await conf.Person(Role.Secretariat));
        for (var n = 1; n <= 4; n++) await conf.Accept(n, "TA1", DecisionKind.Oral, n == 1 ? "late@x.example" : $"other{n}@x.example");
        for (var n = 1; n <= 4; n++) await conf.Send(new EditProgramme(Place(n, "S-TA1", 11, 0).At(15 * (n - 1)), null, chair));
        var late = new AskWhatIf(WhatIfKind.Away, chair) { Email = "late@x.example", From = new DateTime(2019, 10, 1, 8, 0, 0), To = new DateTime(2019, 10, 1, 11, 20, 0) };

        // 12:00 and 12:15 are free.
        var nearest = await conf.Send(late);
        await conf.Send(new SayWhenAvailable(1, [new Wish(WishKind.RatherNot, new DateTime(2019, 10, 1, 12, 0, 0), new DateTime(2019, 10, 1, 12, 15, 0))], "", secretariat));
        var wished = await conf.Send(late);

        Assert.That((Taken(nearest), Taken(wished)), Is.EqualTo(((1, 12, 0), (1, 12, 15))));

        static (int, int, int) Taken(WhatIfAnswer answer) => (answer.Moves, answer.Edits.Single(e => e.Kind == EditKind.Place).Start!.Value.Hour, answer.Edits.Single(e => e.Kind == EditKind.Place).Start!.Value.Minute);
    }

    [Test]
    public async Task What_has_no_answer_is_told_and_a_wrong_question_is_refused_by_its_field()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral, "late@x.example");
        await conf.Send(new EditProgramme(Place(1, "S-TA1", 11, 0), null, chair));

        var answer = await conf.Send(new AskWhatIf(WhatIfKind.Away, chair) { Email = "late@x.example", From = new DateTime(2019, 10, 1, 8, 0, 0), To = new DateTime(2019, 10, 2, 8, 0, 0) });

        Assert.That(answer.Notes, Does.Contain("AR-1 finds no place where all its people can be."));
        Assert.That(Refused(new AskWhatIf(WhatIfKind.Withdrawn, chair) { Number = 7 }), Is.EqualTo("number"));
        Assert.That(Refused(new AskWhatIf(WhatIfKind.Away, chair) { Email = "nobody", From = DateTime.MinValue, To = DateTime.MaxValue }), Is.EqualTo("email"));
        Assert.That(Refused(new AskWhatIf(WhatIfKind.Away, chair) { Email = "a@x.example", From = new DateTime(2019, 10, 2), To = new DateTime(2019, 10, 1) }), Is.EqualTo("to"));
        var areaChair = await conf.Person(["TA1"], Role.AreaChair);
        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new AskWhatIf(WhatIfKind.Withdrawn, areaChair) { Number = 1 }));

        string Refused(AskWhatIf question) => Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(question))!.Errors[0].Field;
    }

    // Small programmes of two areas, three sessions with three seats each, up to seven talks of six people, somebody away: the
    // repair leaves out as few and moves as few as the best of all placements there are, tried one by one.
    [Test]
    public void The_answer_is_the_smallest_there_is() => Gen.Int[0, 1_000_000].Sample(seed => SmallProgrammes.IsSmallest(seed), iter: 150, threads: 1);
}

internal static class EditWords
{
    public static ProgrammeEdit At(this ProgrammeEdit edit, int minutes) => edit with { Start = edit.Start!.Value.AddMinutes(minutes) };
}
