using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>The official forms of everything submitted; <paramref name="Missing"/> narrows to required forms that are neither received nor endorsed.</summary>
/// <param name="Missing">Only those that are lacking.</param>
/// <param name="By">Who asks.</param>
public sealed record ListForms(bool Missing, Actor By) : IQuery<FormPage>
{
    /// <summary>Part of the title, or the number; null for all.</summary>
    public string? Search { get; init; }
    public int Skip { get; init; }
    /// <summary>1 to 500.</summary>
    public int Take { get; init; } = 500;
}

/// <param name="Rows">Those of the page.</param>
/// <param name="Total">How many there are.</param>
public sealed record FormPage(IReadOnlyList<FormRow> Rows, int Total);

public sealed record FormRow
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string AreaCode { get; init; }
    public required string Kind { get; init; }
    public required FormState State { get; init; }
    public required string Note { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required int Version { get; init; }
    /// <summary>When its authors said that it was sent by another way.</summary>
    public required DateTimeOffset? AnnouncedAt { get; init; }
    public required bool HasFile { get; init; }
}

internal sealed class ListFormsHandler(Db db, ConferenceReader conferences) : IRequestHandler<ListForms, FormPage>
{
    public async Task<FormPage> Handle(ListForms query, CancellationToken ct)
    {
        Access.Require(query.By.RunsConference, "see official forms");
        var search = query.Search?.Trim() ?? "";
        var args = new
        {
            query.Missing,
            required = (await conferences.Current(ct)).Forms.RequiredKinds(),
            Pattern = search == "" ? null : LikePattern.Containing(search),
            Number = int.TryParse(search, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0,
            skip = Math.Max(0, query.Skip),
            take = Math.Clamp(query.Take, 1, 500),
        };
        return new FormPage(await db.All<FormRow>(Read, args, ct), await db.One<int>(Count, args, ct));
    }

    private const string Read = """
        select f.SubmissionNumber as Number, s.Title, s.AreaCode, f.Kind, f.State, f.Note, f.ChangedAt, f.Version, f.AnnouncedAt,
               case when f.Sha256 is null then 0 else 1 end as HasFile
        from OfficialForm f
          join Submission s on s.Number = f.SubmissionNumber
        where s.State not in ('Draft', 'Withdrawn')
          and (@Missing = 0 or (f.State in ('Missing', 'Refused') and f.Kind in @required))
          and (@Pattern is null or s.Title like @Pattern escape '!' or s.Number = @Number)
        order by f.SubmissionNumber, f.Kind
        offset @skip rows fetch next @take rows only
        """;

    private const string Count = """
        select count(*)
        from OfficialForm f
          join Submission s on s.Number = f.SubmissionNumber
        where s.State not in ('Draft', 'Withdrawn')
          and (@Missing = 0 or (f.State in ('Missing', 'Refused') and f.Kind in @required))
          and (@Pattern is null or s.Title like @Pattern escape '!' or s.Number = @Number)
        """;
}
