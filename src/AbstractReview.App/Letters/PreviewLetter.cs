using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>A real letter as it would be sent, without sending or keeping it.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Number">The submission it is about; null takes the first one that fits. Not asked for letters to reviewers.</param>
/// <param name="By">Who looks.</param>
public sealed record PreviewLetter(LetterKind Kind, int? Number, Actor By) : IQuery<LetterPreview>
{
    /// <summary>A text that is being written, in place of the one that stands; only this language is shown then.</summary>
    public (string Language, string Text)? Draft { get; init; }

    /// <summary>Only this language, whatever the look says; null for all of the look's.</summary>
    public string? Language { get; init; }

    /// <summary>A look that is being set, in place of the one that stands.</summary>
    public LetterLookSetting? Look { get; init; }
}

/// <param name="Number">The submission it is about; null for a letter to a reviewer.</param>
/// <param name="ToName">Who would receive it.</param>
/// <param name="ToEmail">Where it would go.</param>
/// <param name="Subject">The mail's subject.</param>
/// <param name="Text">The mail as text.</param>
/// <param name="Html">The mail as HTML.</param>
/// <param name="Pdf">The letter.</param>
/// <param name="Warnings">Characters no font has.</param>
public sealed record LetterPreview(int? Number, string ToName, string ToEmail, string Subject, string Text, string Html, byte[] Pdf, IReadOnlyList<string> Warnings);

internal sealed class PreviewLetterHandler(Db db, ConferenceReader conferences, LetterWriter writer, LookStore looks, LetterOrders orders, ReviewersWithReviews reviewers, Relations relations, TimeProvider clock)
    : IRequestHandler<PreviewLetter, LetterPreview>
{
    public async Task<LetterPreview> Handle(PreviewLetter query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the letters");
        var conference = await conferences.Current(ct);
        var look = query.Look is { } setting ? await looks.WithPictures(setting, ct) : await looks.Look(ct);
        if (query.Language is { } language && Languages.Exists(language)) look = look with { Setting = look.Setting with { Languages = [language] } };
        var (order, affiliation, country) = await Sample(query, conference, ct);
        var letter = new LetterRow
        {
            Id = 0, LetterKey = "", SubmissionNumber = order.SubmissionNumber, DecisionVersion = order.DecisionVersion, Kind = order.Kind, ToEmail = order.ToEmail, ToName = order.ToName,
            Fields = Json.Write(order.Fields), CreatedAt = clock.GetUtcNow(), Affiliation = affiliation, Country = country,
        };
        var templates = query.Draft is { } draft
            ? [new StandingTemplate(draft.Language, 0, LetterTemplate.Read(draft.Text, query.Kind))]
            : await writer.Templates(order.Kind, look, ct);
        if (templates.Count == 0) throw new RuleBrokenException($"There is no template for letters of the kind {query.Kind}.");
        var written = writer.Write(letter, templates, look, conference);
        return new LetterPreview(order.SubmissionNumber, order.ToName, order.ToEmail, written.Subject, written.Text, written.Html, written.Pdf, written.Warnings);
    }

    private async Task<(LetterOrder Order, string Affiliation, string Country)> Sample(PreviewLetter query, Conference conference, CancellationToken ct)
    {
        if (query.Kind == LetterKind.Invitation) return Invited(conference);
        if (!query.Kind.IsAboutSubmission())
        {
            var reviewer = await reviewers.All(ct) is [var first, ..] ? first : ReviewersWithReviews.Nobody;
            return (LetterOrders.Reviewer(reviewer, query.Kind), reviewer.Affiliation, reviewer.Country);
        }

        var number = query.Number ?? await Fitting(query, ct);
        var relation = await relations.Of(number, query.By, ct);
        if (relation is null || !Access.MaySeeDecision(query.By, relation) || await orders.About(number, ct) is not { Corresponding: { } to } about)
            throw new NotFoundException($"There is no submission {number} whose letter you may see.");
        var decision = await db.One<DecisionRow>(ReadDecision, new { number }, ct);
        if (query.Kind.TellsDecision())
            return ((await orders.Decision(number, query.Kind, decision?.Reason ?? "", Math.Max(1, decision?.DecisionVersion ?? 1), ct))!, to.Affiliation, to.Country);
        var order = await orders.Participation(about with { Decision = about.Decision ?? DecisionKind.Oral }, to, query.Kind, ct);
        // Nobody's passport is shown to try a text.
        if (query.Kind == LetterKind.Visa)
            order = order with { Fields = new Dictionary<string, string>(order.Fields) { ["passportName"] = to.FullName, ["nationality"] = Countries.Name(to.Country), ["passportNumber"] = "X0000000", ["birthDate"] = "1980-01-31" } };
        return (order, to.Affiliation, to.Country);
    }

    // The first submission that was decided so, else the first decided, else the first there is.
    private async Task<int> Fitting(PreviewLetter query, CancellationToken ct)
        => await db.One<int?>(Find, new { kind = query.Kind.ToString(), query.By.PersonId }, ct)
            ?? throw new RuleBrokenException("number", "There is no submission yet to try the letter on.");

    private static (LetterOrder, string, string) Invited(Conference conference)
        => (new LetterOrder
        {
            Kind = nameof(LetterKind.Invitation), ToEmail = "invited@example.org", ToName = "Given Family",
            Fields = new Dictionary<string, string> { ["givenName"] = "Given", ["familyName"] = "Family", ["areas"] = conference.Areas[0].Code, ["link"] = $"{conference.Website.TrimEnd('/')}/invitation?token=…" },
        }, "Institute of Examples", conference.Country);

    private sealed record DecisionRow
    {
        public required string Reason { get; init; }
        public required int DecisionVersion { get; init; }
    }

    private const string ReadDecision = """
        select Reason, DecisionVersion
        from Decision
        where SubmissionNumber = @number and DecisionVersion = (select max(x.DecisionVersion) from Decision x where x.SubmissionNumber = @number)
        """;

    private const string Find = """
        select s.Number
        from Submission s
        left join Decision d on d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion
        where s.State <> 'Draft' and s.OwnerId <> @PersonId
          and not exists (select 1 from Author w join Person p on p.NormalisedEmail = w.NormalisedEmail where w.SubmissionNumber = s.Number and p.Id = @PersonId)
          and not exists (select 1 from Conflict c where c.SubmissionNumber = s.Number and c.ReviewerId = @PersonId and c.DismissedAt is null)
        order by case when d.Kind = @kind then 0 when d.Kind is not null then 1 else 2 end, s.Number
        offset 0 rows fetch next 1 rows only
        """;
}
