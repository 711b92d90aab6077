using AbstractReview.App.Decisions;
using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Reviews;

/// <summary>
/// The standings of the submissions a person may see standings of: <see cref="Access.MaySeeStanding"/> as one statement.
/// At a few thousand rows it is quicker to read them all and to filter and sort here than to teach SQL every order. A person's rows are kept
/// until something they are made from changes.
/// </summary>
public sealed class Standings(Db db, Judges judges, KeptAnswers kept)
{
    public Task<IReadOnlyList<StandingView>> Seen(Actor by, CancellationToken ct) => kept.Get(db, DataParts.Standings, KeyOf(by), () => Rows(by, ct), ct);

    /// <summary>All of a person that decides what they see: answers are kept under it.</summary>
    internal static object KeyOf(Actor by)
        => (by.PersonId, by.IsChair, by.IsSecretariat, by.Is(Role.AreaChair), Areas: string.Join('\n', by.AreaCodes.Order(StringComparer.Ordinal)));

    /// <summary>One of them; null when it is not for this person.</summary>
    public async Task<StandingView?> Seen(int number, Actor by, CancellationToken ct) => (await Seen(by, ct)).SingleOrDefault(s => s.Number == number);

    private async Task<IReadOnlyList<StandingView>> Rows(Actor by, CancellationToken ct)
    {
        var rows = await db.All<StandingView>(Read, new
        {
            by.PersonId, all = by.IsChair ? 1 : 0, secretariat = by.IsSecretariat ? 1 : 0, areas = by.Is(Role.AreaChair) ? by.AreaCodes.ToList() : [],
        }, ct);
        var bench = await judges.Read(ct);
        foreach (var row in rows)
        {
            row.MayDecide = by.ChairsArea(row.AreaCode) && !bench.KeptFrom[row.Number].Contains(by.PersonId);
            if (bench.Kept(row.Number, row.AreaCode, by.PersonId) is not { Count: > 0 } kept) continue;
            (row.FallsFrom, row.NobodyDecides) = (kept, bench.Orphaned(row.Number, row.AreaCode));
        }

        return rows;
    }

    private const string Read = """
        select s.Number, s.Title, s.AreaCode, s.State, s.Presentation, s.Version,
               coalesce(x.Assigned, 0) as Assigned,
               coalesce(t.Wanted, 0) as Wanted, coalesce(t.Reviews, 0) as Reviews, t.Mean, t.WeightedMean, t.Spread, t.Calibrated, t.Low, t.High,
               coalesce(t.Due, 0) as Due, t.ComputedAt, t.Document,
               d.Kind as Decision, d.Reason as DecisionReason, coalesce(d.DecisionVersion, 0) as DecisionVersion, d.DecidedAt, d.PublishedAt, d.DecidedById, d.SecondedById,
               p.GivenName as DeciderGiven, p.FamilyName as DeciderFamily, q.GivenName as SeconderGiven, q.FamilyName as SeconderFamily, d.Standing
        from Submission s
          left join (select a.SubmissionNumber, count(*) as Assigned
                     from Assignment a
                     where a.State = 'Assigned'
                     group by a.SubmissionNumber) x on x.SubmissionNumber = s.Number
          left join Standing t on t.SubmissionNumber = s.Number
          left join Decision d on d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion
          left join Person p on p.Id = d.DecidedById
          left join Person q on q.Id = d.SecondedById
        where s.State <> 'Draft'
          and (@PersonId = 0 or s.OwnerId <> @PersonId)
          and not exists (select 1 from Author a
                            join Person w on w.NormalisedEmail = a.NormalisedEmail
                          where a.SubmissionNumber = s.Number and w.Id = @PersonId and w.EmailConfirmed = 1)
          and (@secretariat = 1
               or ((@all = 1 or s.AreaCode in @areas)
                   and not exists (select 1 from Conflict c where c.ReviewerId = @PersonId and c.SubmissionNumber = s.Number and c.DismissedAt is null)))
        order by s.Number
        """;
}
