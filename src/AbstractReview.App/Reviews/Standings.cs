using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Reviews;

/// <summary>A submission's collected scores as the committee sees them, in the call's scale; empty where there are no reviews yet.</summary>
public sealed record StandingView
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    public required SubmissionState State { get; init; }
    public required string Presentation { get; init; }
    public required int Version { get; init; }
    /// <summary>Reviewers who have it now.</summary>
    public required int Assigned { get; init; }
    public required int Wanted { get; init; }
    public required int Reviews { get; init; }
    public required double? Mean { get; init; }
    public required double? WeightedMean { get; init; }
    public required double? Spread { get; init; }
    public required double? Calibrated { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    /// <summary>A review changed and is not collected yet.</summary>
    public required bool Due { get; init; }
    public required DateTimeOffset? ComputedAt { get; init; }
    public required StandingDocument Details { get; init; }
    public required DecisionKind? Decision { get; init; }
    public required string? DecisionReason { get; init; }
    public required int DecisionVersion { get; init; }
    /// <summary>Null while the decision is pending.</summary>
    public required DateTimeOffset? PublishedAt { get; init; }
    /// <summary>Who decided and, where the call wants two, who agreed; null while nobody.</summary>
    public required int? DecidedById { get; init; }
    public required int? SecondedById { get; init; }

    public bool Pending => Decision is not null && PublishedAt is null;
}

/// <summary>
/// The standings of the submissions a person may see standings of: <see cref="Access.MaySeeStanding"/> as one statement.
/// At a few thousand rows it is quicker to read them all and to filter and sort here than to teach SQL every order.
/// </summary>
public sealed class Standings(Db db)
{
    public async Task<IReadOnlyList<StandingView>> Seen(Actor by, CancellationToken ct) => (await Rows(by, null, ct)).ToList();

    /// <summary>One of them; null when it is not for this person.</summary>
    public async Task<StandingView?> Seen(int number, Actor by, CancellationToken ct) => (await Rows(by, number, ct)).SingleOrDefault();

    private async Task<IEnumerable<StandingView>> Rows(Actor by, int? number, CancellationToken ct)
    {
        var rows = await db.All<Row>(Read, new
        {
            number, by.PersonId, all = by.IsChair ? 1 : 0, secretariat = by.IsSecretariat ? 1 : 0, areas = by.Is(Role.AreaChair) ? by.AreaCodes.ToList() : [],
        }, ct);
        return rows.Select(r => new StandingView
        {
            Number = r.Number, Title = r.Title, AreaCode = r.AreaCode, State = r.State, Presentation = r.Presentation, Version = r.Version, Assigned = r.Assigned,
            Wanted = r.Wanted ?? 0, Reviews = r.Reviews ?? 0, Mean = r.Mean, WeightedMean = r.WeightedMean, Spread = r.Spread, Calibrated = r.Calibrated, Low = r.Low, High = r.High,
            Due = r.Due ?? false, ComputedAt = r.ComputedAt, Details = r.Document is null ? new StandingDocument() : Json.Read<StandingDocument>(r.Document),
            Decision = r.Decision, DecisionReason = r.DecisionReason, DecisionVersion = r.DecisionVersion ?? 0, PublishedAt = r.PublishedAt,
            DecidedById = r.DecidedById, SecondedById = r.SecondedById,
        });
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string AreaCode { get; init; }
        public required SubmissionState State { get; init; }
        public required string Presentation { get; init; }
        public required int Version { get; init; }
        public required int Assigned { get; init; }
        public required int? Wanted { get; init; }
        public required int? Reviews { get; init; }
        public required double? Mean { get; init; }
        public required double? WeightedMean { get; init; }
        public required double? Spread { get; init; }
        public required double? Calibrated { get; init; }
        public required double? Low { get; init; }
        public required double? High { get; init; }
        public required bool? Due { get; init; }
        public required DateTimeOffset? ComputedAt { get; init; }
        public required string? Document { get; init; }
        public required DecisionKind? Decision { get; init; }
        public required string? DecisionReason { get; init; }
        public required int? DecisionVersion { get; init; }
        public required DateTimeOffset? PublishedAt { get; init; }
        public required int? DecidedById { get; init; }
        public required int? SecondedById { get; init; }
    }

    private const string Read = """
        select s.Number, s.Title, s.AreaCode, s.State, s.Presentation, s.Version,
               (select count(*) from Assignment a where a.SubmissionNumber = s.Number and a.State = 'Assigned') as Assigned,
               t.Wanted, t.Reviews, t.Mean, t.WeightedMean, t.Spread, t.Calibrated, t.Low, t.High, t.Due, t.ComputedAt, t.Document,
               d.Kind as Decision, d.Reason as DecisionReason, d.DecisionVersion, d.PublishedAt, d.DecidedById, d.SecondedById
        from Submission s
          left join Standing t on t.SubmissionNumber = s.Number
          left join Decision d on d.SubmissionNumber = s.Number
               and d.DecisionVersion = (select max(x.DecisionVersion) from Decision x where x.SubmissionNumber = s.Number)
        where s.State <> 'Draft'
          and (@number is null or s.Number = @number)
          and (@PersonId = 0 or s.OwnerId <> @PersonId)
          and not exists (select 1 from Author a
                            join Person p on p.NormalisedEmail = a.NormalisedEmail
                          where a.SubmissionNumber = s.Number and p.Id = @PersonId and p.EmailConfirmed = 1)
          and (@secretariat = 1
               or ((@all = 1 or s.AreaCode in @areas)
                   and not exists (select 1 from Conflict c where c.ReviewerId = @PersonId and c.SubmissionNumber = s.Number and c.DismissedAt is null)))
        order by s.Number
        """;
}
