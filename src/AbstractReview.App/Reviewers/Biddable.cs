namespace AbstractReview.App.Reviewers;

/// <summary>Which submissions a reviewer may read in order to bid: <see cref="Domain.Access.MayBidOn"/> as SQL, over a submission s and @reviewer.</summary>
internal static class Biddable
{
    public const string Where = """
        where s.State in ('Submitted', 'UnderReview') and s.OwnerId <> @reviewer
          and not exists (select 1 from Author a join Person p on p.NormalisedEmail = a.NormalisedEmail where a.SubmissionNumber = s.Number and p.Id = @reviewer)
          and not exists (select 1 from Conflict c where c.SubmissionNumber = s.Number and c.ReviewerId = @reviewer and c.DismissedAt is null)
        """;
}
