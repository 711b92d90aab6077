using System.Text;
using AbstractReview.App.Decisions;
using AbstractReview.App.Jobs;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Reviews;
using AbstractReview.App.Routing;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Reviewers;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Web.Rehearsals;

/// <summary>What happens on the stage: two submissions from the call to the letters, through the real commands.</summary>
internal sealed class RehearsalStory(RehearsalStage stage)
{
    private readonly CanaryWords _words = new(3_000);
    private readonly List<Canary> _texts = [];

    /// <summary>The planted words of texts, as far as the story was told.</summary>
    public IReadOnlyList<Canary> Texts => _texts;

    /// <summary>Who is assigned to which submission.</summary>
    public ILookup<int, string> Reviewers { get; private set; } = Array.Empty<(int, string)>().ToLookup(x => x.Item1, x => x.Item2);

    /// <summary>A reviewer who declared a conflict with submission 1.</summary>
    public string InConflict => stage.Cast.Reviewers.Last().Key;

    /// <summary>Authors have been shown what was written to them, to answer it.</summary>
    public bool Answering { get; private set; }

    public async Task HandIn(CancellationToken ct)
    {
        foreach (var reviewer in stage.Cast.Reviewers) await Introduce(reviewer, ct);
        for (var number = 1; number <= 2; number++)
        {
            var owner = await stage.As(RehearsalCast.AuthorsOf(number)[0], ct);
            await stage.Send(new SaveDraft(null, Content(number), null, owner), ct);
            if (stage.Conference.Limits.Attachments > 0)
            {
                var word = Plant(CanaryKind.AttachmentName, number);
                await stage.Send(new PutAttachment(number, 1, $"{word}.pdf", TinyPdf(word), owner), ct);
            }

            await stage.Send(new SubmitSubmission(number, owner), ct);
        }

        await stage.Send(new DeclareConflicts([new DeclaredConflict { Number = 1, Reason = "We work together." }], false, await stage.As(InConflict, ct)), ct);
        await stage.Jobs(ct);
    }

    public async Task Review(CancellationToken ct)
    {
        stage.Clock.Set(stage.Conference.At(stage.Conference.Dates.SubmissionDeadline).AddDays(1));
        var chair = await stage.As(RehearsalCast.Chair, ct);
        var job = await stage.Send(new ProposeRouting(Fresh: true, BasedOn: null, chair), ct);
        await stage.Jobs(ct);
        var proposal = (await stage.Send(new ReadJob(job, Actor.Timetable), ct)).Result!.Value.GetProperty("proposalId").GetInt32();
        await stage.Send(new ApplyRouting(proposal, chair), ct);
        Reviewers = (await stage.All<(int, string)>(Assigned, ct)).ToLookup(x => x.Item1, x => stage.Cast.Players.First(p => p.Email == x.Item2).Key);
        foreach (var number in new[] { 1, 2 })
            foreach (var reviewer in Reviewers[number])
                await stage.Send(new SubmitReview(number, Form(number, reviewer), null, await stage.As(reviewer, ct)), ct);
        foreach (var number in new[] { 1, 2 })
            foreach (var writer in Reviewers[number].Append(RehearsalCast.Chair))
                await stage.Send(new PostToDiscussion(number, $"@committee {Plant(CanaryKind.DiscussionPost, number, writer)} should be weighed.", await stage.As(writer, ct)), ct);
        await stage.Jobs(ct);
    }

    public async Task Decide(CancellationToken ct)
    {
        await Answer(ct);
        stage.Clock.Set(stage.Conference.At(stage.Conference.Dates.ReviewDeadline).AddDays(1));
        foreach (var (number, kind) in new[] { (1, DecisionKind.Oral), (2, DecisionKind.Reject) })
        {
            foreach (var form in new[] { "A", "B" }.Where(Demanded))
                await stage.Send(new SetForm(number, form, FormState.Endorsed, "", null, await stage.As(RehearsalCast.Secretariat, ct)), ct);
            await stage.Send(new Decide(number, kind, $"Because {Plant(CanaryKind.DecisionReason, number)}.", await stage.As(RehearsalCast.Chair, ct)), ct);
            if (stage.Conference.Review.TwoChairs) await stage.Send(new SecondDecisions([new SeenDecision(number, null)], await stage.As(RehearsalCast.CoChair, ct)), ct);
        }

        await stage.Jobs(ct);
    }

    public async Task Publish(CancellationToken ct)
    {
        await stage.Send(new PublishDecisions(await stage.As(RehearsalCast.Chair, ct)), ct);
        await stage.Jobs(ct);
    }

    // Only where the call gives authors a round for it.
    private async Task Answer(CancellationToken ct)
    {
        if (AnswerTime.Round(stage.Conference) is not { } round) return;
        stage.Clock.Set(round.Opens.AddMinutes(1));
        Answering = true;
        foreach (var number in new[] { 1, 2 })
            await stage.Send(new AnswerReviews(number, $"We answer that {Plant(CanaryKind.AuthorAnswer, number)} was measured twice.", null, await stage.As(RehearsalCast.AuthorsOf(number)[0], ct)), ct);
        await stage.Jobs(ct);
    }

    private bool Demanded(string form)
        => (form == "A" ? stage.Conference.Forms.FormA : stage.Conference.Forms.FormB) != Domain.Conferences.FormDemand.No;

    private async Task Introduce(Player reviewer, CancellationToken ct)
        => await stage.Send(new SaveReviewer(null, new ReviewerProfile
        {
            Areas = [.. stage.Cast.Areas.Distinct()], QuotaMax = 10,
            Publications = [new PastAbstract("A past work", "On the regulation of nuclear security.")],
        }, null, await stage.As(reviewer.Key, ct)), ct);

    private SubmissionContent Content(int number)
    {
        var (title, word, area) = (Plant(CanaryKind.Title, number), Plant(CanaryKind.Abstract, number), stage.Conference.Area(stage.Cast.Areas[number - 1])!);
        var text = string.Join(' ', Enumerable.Repeat("security", stage.Conference.Limits.AbstractWordsMin));
        return new SubmissionContent
        {
            Title = $"On {title}", Abstract = $"{word} {text}", AreaCode = area.Code, Topics = [area.Topics[0]], Keywords = stage.Conference.Limits.Keywords > 0 ? ["security"] : [],
            Authors = [.. RehearsalCast.AuthorsOf(number).Take(stage.Conference.Limits.Authors).Select((key, i) => Author(stage.Cast[key], i == 0))],
        };
    }

    private static Author Author(Player player, bool first) => new()
    {
        GivenName = player.GivenName, FamilyName = player.FamilyName, Email = player.Email, Affiliation = player.Affiliation, Country = player.Country, Presenting = first, Corresponding = first,
    };

    private ReviewForm Form(int number, string reviewer) => new()
    {
        Scores = stage.Conference.Review.Criteria.ToDictionary(c => c.Code, _ => stage.Conference.Review.ScoreMax), Confidence = 2, Recommendation = Recommendation.Oral,
        CommentsToAuthors = $"To the authors: {Plant(CanaryKind.CommentToAuthors, number, reviewer)}.",
        CommentsToCommittee = $"To the committee: {Plant(CanaryKind.CommentToCommittee, number, reviewer)}.",
    };

    private string Plant(CanaryKind kind, int submission, string person = "")
    {
        var word = _words.Next();
        _texts.Add(new Canary(word, kind, submission, person));
        return word;
    }

    /// <summary>The least PDF whose properties name an author, as word processors write them.</summary>
    private static byte[] TinyPdf(string author)
    {
        string[] objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>", $"<< /Author ({author}) >>"];
        var (pdf, offsets) = (new StringBuilder("%PDF-1.4\n"), new List<int>());
        foreach (var (i, body) in objects.Index())
        {
            offsets.Add(pdf.Length);
            pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{body}\nendobj\n");
        }

        var xref = pdf.Length;
        pdf.Append("xref\n0 5\n0000000000 65535 f \n");
        foreach (var offset in offsets) pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"{offset:d10} 00000 n \n");
        pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }

    private const string Assigned = "select a.SubmissionNumber, p.Email from Assignment a join Person p on p.Id = a.ReviewerId where a.State = 'Assigned' order by a.SubmissionNumber, p.Id";
}
