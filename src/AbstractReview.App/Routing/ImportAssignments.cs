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
        var hidden = (await db.All<int>(HiddenNumbers.Select, new { command.By.PersonId }, ct)).ToHashSet();
        var table = affinities.Of(inputs, hash, ct);
        var problem = new RoutingProblem(inputs, table.Matrix);
        var (pairs, named) = CarryOut(actions, inputs, problem, hidden);
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

    private static (HashSet<(int, int)> Pairs, HashSet<(int, int)> Named) CarryOut(IReadOnlyList<HotCrpAction> actions, RoutingInputs inputs, RoutingProblem problem, HashSet<int> hidden)
    {
        var numbers = inputs.Submissions.Select(s => s.Number).Where(n => !hidden.Contains(n)).ToHashSet();
        var people = inputs.Reviewers.ToDictionary(r => MailAddress.Normalise(r.Email), r => r.Id);
        var pairs = inputs.Assignments.Where(a => a.State == AssignmentState.Assigned).Select(a => (a.SubmissionNumber, a.ReviewerId)).ToHashSet();
        var (named, errors) = (new HashSet<(int, int)>(), new List<FieldError>());
        foreach (var action in actions)
        {
            void Refuse(string words) => errors.Add(new FieldError("file", $"Line {action.Line}: {words}"));
            var verb = action.Action.ToLowerInvariant();
            var clears = verb == "clearreview" || (verb == "review" && action.ReviewType?.ToLowerInvariant() is "clear" or "none");
            if (!clears && !Assigns.Contains(verb)) Refuse($"“{action.Action}” is not an assignment of reviews; only review and clearreview lines are taken here.");
            else if (!int.TryParse(action.Paper, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !numbers.Contains(number)) Refuse($"there is no submission “{action.Paper}” to route.");
            else if (clears && action.Email is null or "" or "any" or "all" or "#pc") pairs.RemoveWhere(p => p.SubmissionNumber == number && !Reviewed(inputs, p));
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
        foreach (var (id, load) in pairs.CountBy(p => p.ReviewerId))
            if (inputs.Reviewers.FirstOrDefault(r => r.Id == id) is { } r && load + r.Elsewhere > r.Profile.QuotaMax) errors.Add(new FieldError("file", $"{r.Name} would have {load + r.Elsewhere} of at most {r.Profile.QuotaMax} reviews."));
        return errors.Count == 0 ? (pairs, named) : throw new RuleBrokenException(errors);
    }

    private static bool Reviewed(RoutingInputs inputs, (int SubmissionNumber, int ReviewerId) pair)
        => inputs.Assignments.Any(a => a.Reviewed && (a.SubmissionNumber, a.ReviewerId) == pair);
}
