using System.Globalization;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>The submissions a person may see, by number; <paramref name="Mine"/> narrows to those they wrote.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Mine">Only those they handed in or are an author of.</param>
/// <param name="AreaCode">Only this area.</param>
/// <param name="State">Only this state, as it is shown to them.</param>
/// <param name="Search">Part of the title, or the number.</param>
/// <param name="Cursor">The <c>next</c> of the page before; null for the first.</param>
/// <param name="Take">How many at most, 1 to 200.</param>
public sealed record ListSubmissions(bool Mine, string? AreaCode, SubmissionState? State, string? Search, string? Cursor, int Take, Actor By) : IQuery<SubmissionPage>;

internal sealed class ListSubmissionsHandler(Db db) : IRequestHandler<ListSubmissions, SubmissionPage>
{
    public async Task<SubmissionPage> Handle(ListSubmissions query, CancellationToken ct)
    {
        var by = query.By;
        Access.Require(by.SignedIn || by.IsSecretariat, "list submissions without an account");
        var after = 0;
        if (query.Cursor is not null && !int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new RuleBrokenException("cursor", "The cursor is the “next” of the page before.");
        var take = Math.Clamp(query.Take, 1, 200);
        var rows = await db.All<Row>(Read, new
        {
            by.PersonId,
            by.IsSecretariat,
            by.IsChair,
            Areas = by.Is(Role.AreaChair) ? by.AreaCodes.ToArray() : [],
            query.Mine,
            query.AreaCode,
            State = query.State?.ToString(),
            Number = int.TryParse(query.Search, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
            Pattern = string.IsNullOrWhiteSpace(query.Search) ? null : $"%{Escaped(query.Search.Trim())}%",
            after,
            skip = 0,
            take = take + 1,
        }, ct);
        return new SubmissionPage(rows.Take(take).Select(Summary).ToList(),
            rows.Count > take ? rows[take - 1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static SubmissionSummary Summary(Row r) => new()
    {
        Number = r.Number,
        Version = r.Version,
        State = r.Shown,
        Title = r.Title,
        AreaCode = r.AreaCode,
        Topics = Json.Read<List<string>>(r.Topics),
        Keywords = Json.Read<List<string>>(r.Keywords),
        Presentation = r.Presentation,
        SubmittedAt = r.SubmittedAt,
        UpdatedAt = r.UpdatedAt,
        Mine = r.Own == 1,
    };

    private static string Escaped(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal);

    private sealed record Row
    {
        public required int Number { get; init; }
        public required int Version { get; init; }
        public required SubmissionState Shown { get; init; }
        public required string Title { get; init; }
        public required string AreaCode { get; init; }
        public required string Topics { get; init; }
        public required string Keywords { get; init; }
        public required string Presentation { get; init; }
        public required DateTimeOffset? SubmittedAt { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
        public required int Own { get; init; }
    }

    // The rule is Access.MaySeeSubmission, and ReadSubmission's for the state shown.
    private const string Read = """
        with Related as (
          select s.Number, s.Version, s.State, s.Title, s.AreaCode, s.Topics, s.Keywords, s.Presentation, s.SubmittedAt, s.UpdatedAt,
                 case when s.OwnerId = @PersonId or exists (
                        select 1 from Author a join Person p on p.NormalisedEmail = a.NormalisedEmail
                        where a.SubmissionNumber = s.Number and p.Id = @PersonId and p.EmailConfirmed = 1) then 1 else 0 end as Own,
                 case when @IsChair = 1 or s.AreaCode in @Areas then 1 else 0 end as Chaired,
                 case when exists (select 1 from Conflict c where c.SubmissionNumber = s.Number and c.ReviewerId = @PersonId and c.DismissedAt is null) then 1 else 0 end as InConflict,
                 case when exists (select 1 from Assignment x where x.SubmissionNumber = s.Number and x.ReviewerId = @PersonId and x.State = 'Assigned') then 1 else 0 end as Assigned,
                 case when exists (select 1 from Decision d where d.SubmissionNumber = s.Number and d.PublishedAt is not null) then 1 else 0 end as Published
          from Submission s
          where s.Number > @after
            and (@AreaCode is null or s.AreaCode = @AreaCode)
            and (@Pattern is null or s.Title like @Pattern escape '!' or s.Number = @Number)
        ), Shown as (
          select Number, Version, Title, AreaCode, Topics, Keywords, Presentation, SubmittedAt, UpdatedAt, Own,
                 case when State <> 'Decided' then State
                      when Own = 0 and (@IsSecretariat = 1 or (Chaired = 1 and InConflict = 0)) then State
                      when Published = 1 then 'Notified'
                      else 'UnderReview' end as Shown
          from Related
          where (@Mine = 0 and @IsSecretariat = 1)
             or Own = 1
             or (@Mine = 0 and State <> 'Draft' and (Assigned = 1 or (Chaired = 1 and InConflict = 0)))
        )
        select Number, Version, Shown, Title, AreaCode, Topics, Keywords, Presentation, SubmittedAt, UpdatedAt, Own
        from Shown
        where @State is null or Shown = @State
        order by Number
        offset @skip rows fetch next @take rows only
        """;
}
