using System.Diagnostics;
using System.Globalization;
using AbstractReview.App.Programme;
using AbstractReview.App.Programme.Proposing;
using AbstractReview.App.Storage;
using AbstractReview.App.Tests.Programme;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Benchmarks.Programme;

/// <summary>
/// How soon there is a programme, and how good it is after a while: accepted submissions over four days in twelve rooms. Quality is the
/// value of the placement as a share of the bound that no placement can pass. Most of that value is that talks are placed at all; beside
/// it stands how much of what could still be won once they are (related talks together, halls, mixes, times) was won.
/// </summary>
/// <remarks>Sizes as arguments; with the word <c>repeatable</c> among them the search runs on its own clock, for a machine with others on it.</remarks>
internal static class ProgrammeBenchmark
{
    public static void Run(string[] sizes)
    {
        var sample = ConferenceFile.Read(File.ReadAllText(Repository.SampleConference));
        _repeatable = sizes.Contains("repeatable");
        Sample(sample);
        foreach (var talks in sizes.Where(s => s != "repeatable").DefaultIfEmpty("300").Concat(sizes.All(s => s == "repeatable") ? ["1500"] : []).Select(s => int.Parse(s, CultureInfo.InvariantCulture))) Measure(sample, talks);
    }

    private static bool _repeatable;

    // The first conference, everything accepted: each fifth as a poster, each ninth for a panel.
    private static void Sample(Conference sample)
    {
        var contents = Json.Read<List<SubmissionContent>>(File.ReadAllText(Path.Combine(Repository.Root, "samples", "regulators-2019", "submissions.json")));
        var accepted = new AcceptedSet(contents.Select((c, i) => new TalkText(i + 1, c.AreaCode, i % 9 == 8 ? DecisionKind.Panel : i % 5 == 4 ? DecisionKind.Poster : DecisionKind.Oral, c.Title, c.Abstract, c.Topics, 2 + i * 37 % 300 / 100.0,
            c.Authors.Select((a, j) => new AuthorRow { SubmissionNumber = i + 1, Position = j + 1, GivenName = a.GivenName, FamilyName = a.FamilyName, Email = a.Email, NormalisedEmail = MailAddress.Normalise(a.Email), Affiliation = a.Affiliation, Country = a.Country, Presenting = a.Presenting, Corresponding = a.Corresponding }).ToList())).ToList());
        var (answer, wall, cpu) = Timed(() =>
        {
            var problem = new ProposalProblem(ProgrammeDocument.FromFrame(sample), accepted.Talks, sample, Kinship.Of(accepted, default));
            return new ProposalSearch(problem).Find(GreedyProposal.Make(problem), 10, _repeatable, default);
        });
        var document = Offices.Fill(answer.Placement!.Fill(), accepted.Talks, sample, [], accepted.People());
        var panels = document.Sessions.Where(s => s.PanelMinutes > 0).Select(s => s.Panellists.Count + s.Slots.Count(x => x.Kind == SlotKind.Panel)).ToList();
        Say($"The sample, {contents.Count} talks: {answer.Placement.Places.Count} placed, {Clashes.Check(document, accepted.Talks, sample).Count(c => c.Level != ClashLevel.Warns)} hard clashes, quality {answer.Value / answer.Bound:0.00000}{(answer.Proven ? " (proven best)" : "")}, panels of {panels.Min()} to {panels.Max()} ({wall.TotalSeconds:0.0} s, {cpu.TotalSeconds:0.0} s CPU)");
    }

    private static void Measure(Conference sample, int talks)
    {
        // The first run would pay for compilation.
        _ = GreedyProposal.Make(Problem(new RandomProgramme(sample, 2, 60, 4, 12, 12, 1.1), null)).Fill();
        var random = new RandomProgramme(sample, 1, talks, 4, 12, 12, seats: 1.1);
        var (first, firstWall, firstCpu) = Timed(() =>
        {
            var problem = Problem(random, null);
            return (Problem: problem, Placement: GreedyProposal.Make(problem));
        });
        var document = first.Placement.Fill();
        Say($"{talks} talks, {random.Conference.Programme.Sessions.Count} sessions: first answer in {firstWall.TotalMilliseconds:0} ms ({firstCpu.TotalMilliseconds:0} ms CPU), {first.Placement.Places.Count} placed, {Hard(document, random)} hard clashes");
        var (kinship, kinWall, kinCpu) = Timed(() => Kinship.Of(random.Accepted, default));
        Say($"  nearness of texts: {kinWall.TotalSeconds:0.0} s ({kinCpu.TotalSeconds:0.0} s CPU), {kinship.Pairs().Count} pairs");
        var with = Problem(random, kinship);
        var worth = new Worth(with);
        Say($"  first: value {worth.Of(first.Placement)}, ceiling by counting {Ceiling.Of(with, worth)}; {with.ToPlace.Count(t => worth.ChoicesOf(t).Count == 0)} have nowhere to go");
        foreach (var seconds in new[] { 10, 30, 60 })
        {
            var (answer, wall, cpu) = Timed(() => new ProposalSearch(with).Find(first.Placement, seconds, _repeatable, default));
            var floor = answer.Placement!.Places.Keys.Sum(n => Worth.Placed + Worth.Score(with.Talks[n]));
            Say($"  {seconds} s: {answer.Placement.Places.Count} placed, value {answer.Value:0}, bound {answer.Bound:0}, quality {answer.Value / answer.Bound:0.00000}{(answer.Proven ? " (proven best)" : "")}{(answer.Bound - floor < Worth.Placed ? FormattableString.Invariant($", none more can be placed, wishes {(answer.Value - floor) / (answer.Bound - floor):0.000}") : "")}, {Hard(answer.Placement.Fill(), random)} hard clashes ({wall.TotalSeconds:0.0} s, {cpu.TotalSeconds:0.0} s CPU)");
        }

        var placed = first.Placement.Fill();
        var someone = random.Accepted.Talks.Values.First(t => t.SlotKind == SlotKind.Oral && placed.Find(t.Number) is not null).Presenter!.Key;
        var day = random.Conference.Programme.Days[0].ToDateTime(TimeOnly.MinValue);
        var (model, modelWall, modelCpu) = Timed(() => new SolverProposal(with, worth));
        GC.KeepAlive(model);
        Say($"  model of the whole: {SolverProposal.Decisions(with, worth)} decisions made in {modelWall.TotalSeconds:0.00} s ({modelCpu.TotalSeconds:0.00} s CPU)");
        var (repair, repairWall, repairCpu) = Timed(() => new SmallestRepair(placed with { Absences = [.. placed.Absences, new Absence(someone, day, day.AddDays(1))] }, random.Accepted.Talks, random.Conference, []).Find(10, default));
        Say($"  a speaker away for a day: {repair.Moved.Count} moved, {repair.LeftOut.Count} left out, smallest: {repair.Smallest} ({repairWall.TotalSeconds:0.0} s, {repairCpu.TotalSeconds:0.0} s CPU); {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB at most");
    }

    private static ProposalProblem Problem(RandomProgramme random, Kinship? kinship) => new(random.Draft, random.Accepted.Talks, random.Conference, kinship);

    private static int Hard(ProgrammeDocument document, RandomProgramme random) => Clashes.Check(document, random.Accepted.Talks, random.Conference).Count(c => c.Level != ClashLevel.Warns);

    private static (T Value, TimeSpan Wall, TimeSpan Cpu) Timed<T>(Func<T> work)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, wall) = (process.UserProcessorTime, Stopwatch.StartNew());
        var value = work();
        process.Refresh();
        return (value, wall.Elapsed, process.UserProcessorTime - cpu);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
