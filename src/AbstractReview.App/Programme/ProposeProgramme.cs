using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Programme.Proposing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>
/// The committee has the programme filled from the accepted submissions; what is pinned stays. The answer becomes the draft's next
/// version, so undo takes it back. Answers the id of a job of kind <c>programme</c>.
/// </summary>
public sealed record ProposeProgramme(Actor By) : ICommand<int>
{
    /// <summary>With chairs, panels and saving there is a programme within ten.</summary>
    public const int UsualSeconds = 8;

    /// <summary>How long to look for better, 0 to 600 seconds; 0 takes the first answer.</summary>
    public double Seconds { get; init; } = UsualSeconds;

    /// <summary>One thread and the solver's own time: the same answer on every run and machine.</summary>
    public bool Repeatable { get; init; }
}

internal sealed class ProposeProgrammeHandler(JobQueue jobs) : IRequestHandler<ProposeProgramme, int>
{
    public async Task<int> Handle(ProposeProgramme command, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(command.By), "propose a programme");
        if (!(command.Seconds is >= 0 and <= 600)) throw new RuleBrokenException("seconds", "Give 0 to 600 seconds.");
        return await jobs.Queue(ProgrammeWork.KindName, new ProposalOptions(command.Seconds, command.Repeatable), command.By, ct);
    }
}

internal sealed record ProposalOptions(double Seconds, bool Repeatable);

/// <summary>What a proposal came to; the job's result.</summary>
public sealed record ProposalOutcome
{
    /// <summary>The draft's version that holds it.</summary>
    public required int Version { get; init; }
    public required int Placed { get; init; }
    /// <summary>Codes of accepted submissions without a place.</summary>
    public required IReadOnlyList<string> Unscheduled { get; init; }
    /// <summary>Of 1: what the placement is worth of what at most could be; 1 is proven best, null when there was no time to search.</summary>
    public required double? Quality { get; init; }
    /// <summary>What was reached and what was given up.</summary>
    public required IReadOnlyList<string> Words { get; init; }
}

/// <summary>Fills the draft: a greedy answer first, then the solver's best within its time.</summary>
internal sealed class ProgrammeWork(Db db, ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader) : ILongWork
{
    public const string KindName = "programme";

    public string Kind => KindName;

    public async Task<string> Run(string input, Actor by, JobProgress progress, CancellationToken ct)
    {
        var options = Json.Read<ProposalOptions>(input);
        var conference = await reader.Current(ct);
        var draft = await store.Draft(conference, ct);
        var accepted = (await talks.Read(ct));
        var candidates = await new Candidates(db).Read(ct);
        await progress.Report(0, Steps(options), $"{accepted.Talks.Count} accepted submissions");
        var (document, outcome) = await Propose(draft.Document, accepted, conference, candidates, options, progress, ct);
        var version = await Keep(document, draft.Version, by, ct);
        await progress.Report(Steps(options), Steps(options), outcome.Words[0]);
        return Json.Write(outcome with { Version = version });
    }

    private async Task<int> Keep(ProgrammeDocument document, int version, Actor by, CancellationToken ct)
    {
        try
        {
            return await db.Transaction(() => store.Save(document, version, "Proposal", by, ct), ct);
        }
        catch (StaleException)
        {
            throw new RuleBrokenException("Somebody changed the programme while this proposal was made; their change stands. Propose again.");
        }
    }

    private static async Task<(ProgrammeDocument, ProposalOutcome)> Propose(ProgrammeDocument draft, AcceptedSet accepted, Conference conference, IReadOnlyList<Candidate> candidates, ProposalOptions options, JobProgress progress, CancellationToken ct)
    {
        var problem = new ProposalProblem(draft, accepted.Talks, conference, options.Seconds == 0 ? null : Kinship.Of(accepted, ct));
        RefuseImpossible(problem);
        var first = GreedyProposal.Make(problem);
        var answer = options.Seconds == 0 ? new SolverAnswer(first, 0, 0, false) : await Search(problem, first, options, progress, ct);
        var document = Offices.Fill((answer.Placement ?? first).Fill(), accepted.Talks, conference, candidates, accepted.People());
        await progress.Report(Steps(options) - 1, Steps(options), "Chairs, rapporteurs and panels");
        return (document, Describe(document, problem, answer, options));
    }

    // A step a second while it searches, so that its bar moves and its claim is renewed; more often it asks whether what it has is enough.
    private static async Task<SolverAnswer> Search(ProposalProblem problem, Placement first, ProposalOptions options, JobProgress progress, CancellationToken ct)
    {
        var words = $"First answer: {first.Places.Count} of {problem.ToPlace.Count} placed; looking for better";
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var solving = Task.Run(() => new ProposalSearch(problem, (value, bound) => words = string.Create(CultureInfo.InvariantCulture, $"Looking for better; the best so far is within {100 * Math.Max(0, 1 - value / bound):0.00} % of what could be"))
            .Find(first, options.Seconds, options.Repeatable, enough.Token), ct);
        for (var quarter = 0; !solving.IsCompleted; quarter++)
        {
            if (quarter % 4 == 0) await progress.Report(Math.Min(quarter / 4, Steps(options) - 2), Steps(options), words);
            if (await progress.StopAsked()) await enough.CancelAsync();
            await Task.WhenAny(solving, Task.Delay(TimeSpan.FromSeconds(0.25), ct));
        }

        return await solving;
    }

    private static int Steps(ProposalOptions options) => (int)Math.Ceiling(options.Seconds) + 2;

    // What is pinned and clashes with what is pinned has no answer: each clash is a smallest set of demands that cannot all be met.
    private static void RefuseImpossible(ProposalProblem problem)
    {
        var impossible = Clashes.Check(problem.Base, problem.Talks, problem.Conference).Where(c => c.Level != ClashLevel.Warns)
            .Select(c => new FieldError("sessions", $"These cannot all stand: {c.Words}")).ToList();
        if (impossible.Count > 0) throw new RuleBrokenException(impossible);
    }

    private static ProposalOutcome Describe(ProgrammeDocument document, ProposalProblem problem, SolverAnswer answer, ProposalOptions options)
    {
        var left = problem.ToPlace.Where(t => document.Find(t.Number) is null).OrderBy(t => t.Number).ToList();
        double? quality = options.Seconds == 0 || answer.Placement is null || answer.Bound <= 0 ? null : Math.Round(answer.Value / answer.Bound, 4);
        var words = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{problem.Talks.Count - left.Count} of {problem.Talks.Count} accepted submissions placed") };
        words.AddRange(GivenUp.Words(document, problem));
        if (answer.Proven) words.Add("No better placement exists.");
        else if (quality is { } q) words.Add(string.Create(CultureInfo.InvariantCulture, $"Within {100 * (1 - q):0.00} % of the best that could exist; more time may find it."));
        return new ProposalOutcome { Version = 0, Placed = problem.Talks.Count - left.Count, Unscheduled = left.Select(t => t.Code).ToList(), Quality = answer.Proven ? 1 : quality, Words = words };
    }
}
