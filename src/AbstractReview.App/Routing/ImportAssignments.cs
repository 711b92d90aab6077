using System.Globalization;
using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Routing;
using AbstractReview.Matching.Files;
using MediatR;

namespace AbstractReview.App.Routing;

/// <summary>
/// HotCRP's bulk assignment CSV becomes one proposal, shown as a difference before anything is applied. Lines that assign
/// or clear reviews are carried out top to bottom; every line that cannot be is named, and then nothing is stored. Answers the proposal's id.
/// </summary>
public sealed record ImportAssignments(string Csv, Actor By) : ILongCommand<int>;

internal sealed class ImportAssignmentsHandler(Db db, ConflictFinder conflicts, RoutingReader reader, AffinityCache affinities, ProposalStore proposals, AuditLog audit) : IRequestHandler<ImportAssignments, int>
{
    private static readonly HashSet<string> Assigns = ["review", "primaryreview", "secondaryreview", "pcreview", "metareview", "externalreview"];

    public async Task<int> Handle(ImportAssignments command, CancellationToken ct)
    {
        Access.Require(Access.MayRoute(command.By), "route submissions");
        var actions = Read(command.Csv);
        await conflicts.Refresh(ct);
        var inputs = await reader.Read(ct);
        var hash = inputs.Hash();
        var hidden = await HiddenNumbers.Of(db, command.By, ct);
        var decided = (await db.All<DecidedRow>(Decided, null, ct)).Where(d => !hidden.Contains(d.Number)).ToLookup(d => FormattableString.Invariant($"{d.Number}"), d => MailAddress.Normalise(d.Email));
        RefuseChanges(decided, actions);
        var table = affinities.Of(inputs, hash, ct);
        var problem = new RoutingProblem(inputs, table.Matrix);
        var (pairs, named) = CarryOut(actions.Where(a => !decided.Contains(a.Paper)), inputs, problem, hidden);
        var held = new RoutingProblem(inputs, table.Matrix, named);
        var document = new ProposalWriter(inputs, table, held.Problem).Lay(held.Positions(pairs), held.Positions(named).ToHashSet(), false, []);
        var id = await proposals.Add(document, hash, command.By, ct);
        await audit.Write(command.By, "routing.imported", "routing", id, null, new { lines = actions.Count, document.After.Reviews }, ct);
        return id;
    }

    private static IReadOnlyList<HotCrpAction> Read(string csv)
    {
        try
        {
            return HotCrpAssignments.Read(new StringReader(csv.TrimStart('\uFEFF')), "assignments");
        }
        catch (RefusedFileException refusal)
        {
            throw new RuleBrokenException("file", refusal.Message);
        }
    }

    private static (HashSet<(int, int)> Pairs, HashSet<(int, int)> Named) CarryOut(IEnumerable<HotCrpAction> actions, RoutingInputs inputs, RoutingProblem problem, HashSet<int> hidden)
    {
        var numbers = inputs.Submissions.Select(s => s.Number).Where(n => !hidden.Contains(n)).ToHashSet();
        var people = inputs.Reviewers.ToDictionary(r => MailAddress.Normalise(r.Email), r => r.Id);
        var pairs = inputs.Assignments.Where(a => a.State == AssignmentState.Assigned).Select(a => (a.SubmissionNumber, a.ReviewerId)).ToHashSet();
        var (named, errors) = (new HashSet<(int, int)>(), new List<FieldError>());
        foreach (var action in actions)
        {
            void Refuse(string words) => errors.Add(new FieldError("file", $"Line {action.Line}: {words}"));
            var clears = Clears(action);
            if (!IsTaken(action)) Refuse($"“{action.Action}” is not an assignment of reviews; only review and clearreview lines are taken here.");
            else if (!int.TryParse(action.Paper, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !numbers.Contains(number)) Refuse($"there is no submission “{action.Paper}” to route.");
            else if (clears && IsEverybody(action.Email)) pairs.RemoveWhere(p => p.SubmissionNumber == number && !Reviewed(inputs, p));
            else if (action.Email is null || !people.TryGetValue(MailAddress.Normalise(action.Email), out var reviewer)) Refuse($"there is no reviewer “{action.Email}”.");
            else if (clears && Reviewed(inputs, (number, reviewer))) Refuse($"the review of {action.Email} is already in; it stays.");
            else if (clears) pairs.Remove((number, reviewer));
            else if (problem.Position((number, reviewer)) is { } at && problem.Problem.ReasonFor(at.Submission, at.Reviewer) is { } reason) Refuse($"{action.Email} is excluded from submission {number} ({reason}).");
            else
            {
                pairs.Add((number, reviewer));
                named.Add((number, reviewer));
            }
        }

        named.IntersectWith(pairs);
        // As in an edit by hand, what is hidden from the chair does not count.
        foreach (var (id, load) in pairs.Where(p => !hidden.Contains(p.SubmissionNumber)).CountBy(p => p.ReviewerId))
            if (inputs.Reviewers.FirstOrDefault(r => r.Id == id) is { } r && load + r.Elsewhere > r.Profile.QuotaMax)
                errors.Add(new FieldError("file", $"{r.Name} would have more than the {r.Profile.QuotaMax} reviews they can take. Clear one first, or ask them to raise their quota."));
        return errors.Count == 0 ? (pairs, named) : throw new RuleBrokenException(errors);
    }

    // What stands for submissions already decided is in every export, so that lines which come to the same are taken; who reviewed them stays.
    private static void RefuseChanges(ILookup<string, string> decided, IReadOnlyList<HotCrpAction> actions)
    {
        var errors = new List<FieldError>();
        foreach (var lines in actions.Where(a => decided.Contains(a.Paper)).GroupBy(a => a.Paper))
        {
            var people = decided[lines.Key].ToHashSet();
            foreach (var line in lines)
                if (Clears(line) && IsEverybody(line.Email)) people.Clear();
                else if (Clears(line)) people.Remove(MailAddress.Normalise(line.Email!));
                else people.Add(MailAddress.Normalise(line.Email ?? ""));
            if (!lines.All(IsTaken) || !people.SetEquals(decided[lines.Key])) errors.Add(new FieldError("file", $"Line {lines.First().Line}: submission {lines.Key} is decided already; its reviewers stay as they are."));
        }

        if (errors.Count > 0) throw new RuleBrokenException(errors);
    }

    private static bool IsTaken(HotCrpAction action) => Clears(action) || Assigns.Contains(action.Action.ToLowerInvariant());

    private static bool Clears(HotCrpAction action) => action.Action.ToLowerInvariant() switch
    {
        "clearreview" => true,
        "review" => action.ReviewType?.ToLowerInvariant() is "clear" or "none",
        _ => false,
    };

    private static bool IsEverybody(string? email) => email is null or "" or "any" or "all" or "#pc";

    private static bool Reviewed(RoutingInputs inputs, (int SubmissionNumber, int ReviewerId) pair)
        => inputs.Assignments.Any(a => a.Reviewed && (a.SubmissionNumber, a.ReviewerId) == pair);

    private sealed record DecidedRow
    {
        public required int Number { get; init; }
        public required string Email { get; init; }
    }

    private const string Decided = """
        select s.Number, p.Email
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
          join Person p on p.Id = a.ReviewerId
        where a.State = 'Assigned' and s.State not in ('Submitted', 'UnderReview')
        """;
}
