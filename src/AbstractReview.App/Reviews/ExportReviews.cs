using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

public enum OfflineFormat { Csv, Xlsx }

/// <summary>A reviewer's queue as a form to fill in without a network. It never says who wrote what, however the call is blind.</summary>
public sealed record ExportReviews(OfflineFormat Format, Actor By) : IQuery<OfflineDownload>;

public sealed record OfflineDownload(string FileName, string MediaType, byte[] Bytes);

internal sealed class ExportReviewsHandler(Db db, ConferenceReader conference) : IRequestHandler<ExportReviews, OfflineDownload>
{
    public async Task<OfflineDownload> Handle(ExportReviews query, CancellationToken ct)
    {
        Access.Require(query.By.SignedIn, "export reviews without signing in");
        var call = await conference.Current(ct);
        var entries = (await db.All<Row>(Read, new { query.By.PersonId }, ct)).Select(Entry).ToList();
        return query.Format == OfflineFormat.Csv
            ? new OfflineDownload($"reviews-{call.Acronym}.csv", "text/csv", OfflineForms.Csv(entries, call.Review))
            : new OfflineDownload($"reviews-{call.Acronym}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", OfflineForms.Xlsx(entries, call.Review));
    }

    private static OfflineEntry Entry(Row r) => new(r.Number, r.Version ?? 0, r.AreaCode, r.Title, r.Abstract, Json.Read<List<string>>(r.Keywords), new ReviewForm
    {
        Scores = r.Scores is null ? new Dictionary<string, int>() : Json.Read<Dictionary<string, int>>(r.Scores), Confidence = r.Confidence, Recommendation = r.Recommendation,
        CommentsToAuthors = r.CommentsToAuthors ?? "", CommentsToCommittee = r.CommentsToCommittee ?? "",
    }, r.ReviewState == ReviewState.Submitted);

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string AreaCode { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string Keywords { get; init; }
        public required ReviewState? ReviewState { get; init; }
        public required int? Version { get; init; }
        public required string? Scores { get; init; }
        public required int? Confidence { get; init; }
        public required Recommendation? Recommendation { get; init; }
        public required string? CommentsToAuthors { get; init; }
        public required string? CommentsToCommittee { get; init; }
    }

    private const string Read = """
        select s.Number, s.AreaCode, s.Title, s.Abstract, s.Keywords, r.State as ReviewState, r.Version, r.Scores, r.Confidence, r.Recommendation, r.CommentsToAuthors, r.CommentsToCommittee
        from Assignment a
          join Submission s on s.Number = a.SubmissionNumber
          join Person p on p.Id = a.ReviewerId
          left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId
        where a.ReviewerId = @PersonId and a.State = 'Assigned' and s.State in ('Submitted', 'UnderReview') and s.OwnerId <> a.ReviewerId
          and not exists (select 1 from Conflict c where c.ReviewerId = a.ReviewerId and c.SubmissionNumber = a.SubmissionNumber and c.DismissedAt is null)
          and not exists (select 1 from Author u where u.SubmissionNumber = s.Number and u.NormalisedEmail = p.NormalisedEmail and p.EmailConfirmed = 1)
        order by s.Number
        """;
}
