using AbstractReview.App.Programme.Proposing;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;
using CsCheck;

namespace AbstractReview.App.Tests.Programme;

/// <summary>Whatever the conference: what is proposed keeps every hard rule, by our own judgement and by another's.</summary>
public class RandomConferenceTests
{
    private static readonly Lazy<Conference> Sample = new(() => ConferenceFile.Read(File.ReadAllText(Repository.SampleConference)));

    [Test]
    public void A_proposal_never_clashes_first_or_best() => Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[10, 90], Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int[1, 6]).Sample((seed, talks, days, rooms, areas) =>
    {
        var random = new RandomProgramme(Sample.Value, seed, talks, days, rooms, areas, seats: 1.2);
        var problem = new ProposalProblem(random.Draft, random.Accepted.Talks, random.Conference, Kinship.Of(random.Accepted, default));
        var first = GreedyProposal.Make(problem);
        var answer = new ProposalSearch(problem).Find(first, 0.3, repeatable: true, default);
        var worth = new Worth(problem);
        Assert.That(worth.Of(answer.Placement!), Is.EqualTo(answer.Value).And.GreaterThanOrEqualTo(worth.Of(first)).And.LessThanOrEqualTo(answer.Bound), "every search counts alike");
        foreach (var placement in new[] { first, answer.Placement! })
        {
            var document = Offices.Fill(placement.Fill(), random.Accepted.Talks, random.Conference, [], random.Accepted.People());
            Judge(document, random);
        }
    }, iter: 12, threads: 1);

    // Each area solved by itself tells a bound that what one model of the whole finds never passes.
    [Test]
    public void Area_by_area_the_bound_holds_and_nobody_is_in_two_places() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var random = new RandomProgramme(Sample.Value, seed, 40, 2, 3, 4, seats: 1.2);
        var problem = new ProposalProblem(random.Draft, random.Accepted.Talks, random.Conference, Kinship.Of(random.Accepted, default));
        var first = GreedyProposal.Make(problem);
        var best = new ProposalSearch(problem).Find(first, 0.8, repeatable: true, default);
        var areas = new ProposalSearch(problem, whole: 0).Find(first, 0.6, repeatable: true, default);
        Assert.That(areas.Bound, Is.GreaterThanOrEqualTo(best.Value).And.LessThanOrEqualTo(Ceiling.Of(problem, new Worth(problem))));
        Assert.That(areas.Value, Is.EqualTo(new Worth(problem).Of(areas.Placement!)).And.LessThanOrEqualTo(best.Bound).And.GreaterThanOrEqualTo(new Worth(problem).Of(first)));
        Judge(Offices.Fill(areas.Placement!.Fill(), random.Accepted.Talks, random.Conference, [], random.Accepted.People()), random);
    }, iter: 5, threads: 1);

    [Test]
    public void No_series_of_edits_loses_a_talk_and_each_refusal_changes_nothing() => Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[5, 40]).Sample((seed, talks) =>
    {
        var random = new RandomProgramme(Sample.Value, seed, talks, 2, 3, 3, seats: 1.0);
        var (chance, document) = (new Random(seed), random.Draft);
        for (var i = 0; i < 60; i++)
        {
            var before = document.Sessions.Sum(s => s.Slots.Count(x => x.Number is not null));
            var edit = Edit(chance, document, talks);
            try
            {
                document = ProgrammeEdits.Apply(document, edit, random.Accepted.Talks, random.Conference);
            }
            catch (RuleBrokenException)
            {
                continue;
            }

            var after = document.Sessions.SelectMany(s => s.Slots).Where(x => x.Number is not null).Select(x => x.Number).ToList();
            Assert.That(after, Is.Unique);
            Assert.That(after.Count - before, edit.Kind switch { EditKind.Place => Is.InRange(0, 1), EditKind.Remove => Is.EqualTo(-1), _ => Is.Zero });
            Assert.That(Clashes.Check(document, random.Accepted.Talks, random.Conference).Where(c => c.Level == ClashLevel.BlocksSaving), Is.Empty);
        }
    }, iter: 30, threads: 1);

    private static ProgrammeEdit Edit(Random chance, ProgrammeDocument document, int talks)
    {
        var session = document.Sessions[chance.Next(document.Sessions.Count)];
        var number = chance.Next(1, talks + 1);
        return chance.Next(6) switch
        {
            0 => new ProgrammeEdit { Kind = EditKind.Remove, Number = number },
            1 => new ProgrammeEdit { Kind = EditKind.MoveSession, Session = session.Code, Start = session.Start.AddMinutes(chance.Next(-4, 5) * 30) },
            2 => new ProgrammeEdit { Kind = EditKind.Pin, Number = number },
            3 => new ProgrammeEdit { Kind = EditKind.Place, Number = number, Session = session.Code },
            _ => new ProgrammeEdit { Kind = EditKind.Place, Number = number, Session = session.Code, Start = session.SlotMinutes > 0 && session.TalkPositions > 0 ? session.TalkStart(chance.Next(session.TalkPositions)) : null },
        };
    }

    private static void Judge(ProgrammeDocument document, RandomProgramme random)
    {
        Assert.That(Clashes.Check(document, random.Accepted.Talks, random.Conference).Where(c => c.Level != ClashLevel.Warns).Select(c => c.Words), Is.Empty);
        var writers = random.Accepted.Texts.Values.SelectMany(t => t.Authors.Select(a => new ShortChecker.Writer(t.Number, a.NormalisedEmail, a.Presenting))).ToList();
        Assert.That(ShortChecker.Clashes(document, writers), Is.Empty);
        foreach (var (session, slot) in document.Sessions.SelectMany(s => s.Slots.Where(x => x.Number is not null).Select(x => (s, x))))
        {
            var text = random.Accepted.Texts[slot.Number!.Value];
            Assert.That(session.AreaCode is null || session.AreaCode == text.AreaCode, $"{slot.Code} lies in its area");
            Assert.That(text.Kind != DecisionKind.Poster || slot.Board is > 0, $"{slot.Code} has a board");
            var speaker = text.Authors[0].NormalisedEmail;
            Assert.That(document.Absences.Any(a => a.Email == speaker && slot.Start < a.To && a.From < slot.End), Is.False, $"{slot.Code} while its speaker is away");
            Assert.That(document.Needs.Any(n => n.Number == slot.Number && !random.Conference.Programme.Rooms.First(r => r.Code == session.Room).Equipment.Contains(n.Equipment)), Is.False, $"{slot.Code} has what it needs");
        }

        foreach (var session in document.Sessions) Assert.That(session.Slots.Where(x => x.Board is not null).Select(x => x.Board), Is.Unique, $"boards of {session.Code}");
    }
}
