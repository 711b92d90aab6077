using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>What publishing would send: how many letters of each kind, to whom, and what is unusual about any of them.</summary>
public sealed record ReadLetterPlan(Actor By) : IQuery<LetterPlan>;

/// <param name="Letters">In the order of the submissions. Without those that the reader may not see: their own, and where they are in conflict.</param>
/// <param name="Hidden">How many of those there are; they are sent too.</param>
/// <param name="Unseconded">Pending decisions that wait for a second chair and are not sent.</param>
public sealed record LetterPlan(IReadOnlyList<PlannedLetter> Letters, int Hidden, int Unseconded)
{
    public int Total => Letters.Count + Hidden;

    public IEnumerable<PlannedLetter> Unusual => Letters.Where(l => l.Unusual.Count > 0);
}

/// <param name="Number">The submission.</param>
/// <param name="Kind">What its letter tells.</param>
/// <param name="Title">Its title.</param>
/// <param name="ToName">Who receives it; empty when there is nobody.</param>
/// <param name="ToEmail">Where it goes.</param>
/// <param name="Unusual">What to look at before sending, in words.</param>
public sealed record PlannedLetter(int Number, LetterKind Kind, string Title, string ToName, string ToEmail, IReadOnlyList<string> Unusual);

internal sealed class ReadLetterPlanHandler(Db db, ConferenceReader conferences) : IRequestHandler<ReadLetterPlan, LetterPlan>
{
    public async Task<LetterPlan> Handle(ReadLetterPlan query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the letters");
        var call = await conferences.Current(ct);
        var rows = await db.All<Row>(Read, new { query.By.PersonId }, ct);
        var bounced = (await db.All<string>(ReadBounced, null, ct)).Select(MailAddress.Normalise).ToHashSet();
        var ready = rows.Where(r => !call.Review.TwoChairs || r.SecondedById is not null).ToList();
        var seen = ready.Where(r => r.Related == 0).Select(r => Planned(r, call, bounced)).ToList();
        return new LetterPlan(seen, ready.Count - seen.Count, rows.Count - ready.Count);
    }

    private static PlannedLetter Planned(Row row, Conference call, HashSet<string> bounced)
        => new(row.Number, LetterKinds.Of(row.Kind), row.Title, PersonName.Full(row.GivenName, row.FamilyName), row.ToEmail ?? "", [.. Unusual(row, call, bounced)]);

    private static IEnumerable<string> Unusual(Row row, Conference call, HashSet<string> bounced)
    {
        if (string.IsNullOrWhiteSpace(row.ToEmail)) yield return "There is no address to send it to.";
        else if (!MailAddress.IsValid(row.ToEmail)) yield return $"“{row.ToEmail}” is no e-mail address.";
        else if (bounced.Contains(MailAddress.Normalise(row.ToEmail))) yield return "Mail to this address bounced before.";
        if (row.DecisionVersion > 1) yield return $"A changed decision: it supersedes the letter of decision {row.DecisionVersion - 1}.";
        if (row.Kind == DecisionKind.Return && row.Reason == "") yield return "Returned without a word of why.";
        if (!row.Kind.Accepts()) yield break;
        if (call.Forms.FormA == FormDemand.Required && row.FormA is not ("Received" or "Endorsed")) yield return "Form A is missing.";
        if (call.Forms.FormB == FormDemand.Required && row.FormB is not ("Received" or "Endorsed")) yield return "Form B is missing.";
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required DecisionKind Kind { get; init; }
        public required string Reason { get; init; }
        public required int DecisionVersion { get; init; }
        public required int? SecondedById { get; init; }
        public required string? GivenName { get; init; }
        public required string? FamilyName { get; init; }
        public required string? ToEmail { get; init; }
        public required string? FormA { get; init; }
        public required string? FormB { get; init; }

        /// <summary>More than 0 when the reader is an author of it or in conflict.</summary>
        public required int Related { get; init; }
    }

    private const string Read = """
        select s.Number, s.Title, d.Kind, d.Reason, d.DecisionVersion, d.SecondedById,
               a.GivenName, a.FamilyName, a.Email as ToEmail, fa.State as FormA, fb.State as FormB,
               (case when s.OwnerId = @PersonId then 1 else 0 end)
               + (select count(*) from Author w join Person p on p.NormalisedEmail = w.NormalisedEmail where w.SubmissionNumber = s.Number and p.Id = @PersonId)
               + (select count(*) from Conflict c where c.SubmissionNumber = s.Number and c.ReviewerId = @PersonId and c.DismissedAt is null) as Related
        from Decision d
        join Submission s on s.Number = d.SubmissionNumber and s.DecisionVersion = d.DecisionVersion
        left join Author a on a.SubmissionNumber = s.Number
             and a.Position = coalesce((select min(c.Position) from Author c where c.SubmissionNumber = s.Number and c.Corresponding = 1),
                                       (select min(f.Position) from Author f where f.SubmissionNumber = s.Number))
        left join OfficialForm fa on fa.SubmissionNumber = s.Number and fa.Kind = 'A'
        left join OfficialForm fb on fb.SubmissionNumber = s.Number and fb.Kind = 'B'
        where s.State = 'Decided' and d.PublishedAt is null
        order by s.Number
        """;

    private const string ReadBounced = "select distinct ToEmail from Outbox where BouncedAt is not null";
}
