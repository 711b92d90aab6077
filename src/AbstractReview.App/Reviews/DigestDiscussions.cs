using AbstractReview.App.Accounts;
using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>
/// Once a day, at the reminders' hour: what was written in discussions since, one mail to each of those who take part and to whose submission it is
/// on the committee; nobody is sent their own words alone. Answers how many mails were queued.
/// </summary>
[Timetable(Alarms.Digests, "*/5 * * * *")]
public sealed record DigestDiscussions : IRequest<int>;

internal sealed class DigestDiscussionsHandler(Db db, ConferenceReader conference, DiscussionRows rows, Judges judges, Outbox outbox, SiteAddress site, TimeProvider clock)
    : IRequestHandler<DigestDiscussions, int>
{
    public async Task<int> Handle(DigestDiscussions request, CancellationToken ct)
    {
        if (await conference.TryCurrent(ct) is not { } call || ReminderTimes.Digest(call, clock.GetUtcNow()) is not { } slot) return 0;
        if ((await rows.Undigested(slot.At, ct)).Count == 0) return 0;
        return await db.LongTransaction(() => CarryOut(call, slot, ct), ct);
    }

    private async Task<int> CarryOut(Conference call, ReminderSlot slot, CancellationToken ct)
    {
        var posts = await rows.Undigested(slot.At, ct);
        var numbers = posts.Select(p => p.SubmissionNumber).Distinct().ToList();
        var submissions = (await db.All<SubmissionRow>(ReadSubmissions, new { numbers }, ct)).ToDictionary(s => s.Number);
        var discussants = (await rows.Discussants(numbers, ct)).Where(d => d.TakesPart).ToLookup(d => d.SubmissionNumber);
        var bench = await judges.Read(ct);
        var whose = submissions.Values.ToDictionary(s => s.Number, s => bench.Minding(s.Number, s.AreaCode));
        var queued = 0;
        foreach (var mail in Readers(call, posts, discussants, whose).GroupBy(n => n.Reader.PersonId).OrderBy(g => g.Key).Select(g => DigestMail.Of(call, site, slot, submissions.ToDictionary(s => s.Key, s => s.Value.Title), [.. g])))
            if (await outbox.Queue(mail, ct)) queued++;
        await db.Run(Mark, posts.Select(p => new { p.SubmissionNumber, p.Position, now = clock.GetUtcNow() }), ct);
        return queued;
    }

    /// <summary>Each post with each of its readers, in the words for that reader.</summary>
    private static IEnumerable<DigestNews> Readers(Conference call, IReadOnlyList<PostRow> posts, ILookup<int, DiscussantRow> discussants, Dictionary<int, IReadOnlyList<Judge>> whose)
    {
        foreach (var post in posts)
        {
            var called = Json.Read<List<string>>(post.Mentions);
            var reviewers = discussants[post.SubmissionNumber].Select(d => (
                Reader: new Addressee(d.ReviewerId, d.Email, PersonName.Full(d.GivenName, d.FamilyName)), Names: call.Review.Blind != Blindness.Double, Called: called.Contains(Mentions.Reviewer(d.Alias))));
            var committee = whose[post.SubmissionNumber].Select(j => (Reader: new Addressee(j.PersonId, j.Email, j.Name), Names: true, Called: called.Contains(Mentions.Committee)));
            // Who reviews it reads as a reviewer, also when they chair the area.
            foreach (var (reader, names, mentioned) in reviewers.Concat(committee).DistinctBy(r => r.Reader.PersonId).Where(r => r.Reader.PersonId != post.PersonId))
                yield return new DigestNews(reader, post, names, mentioned);
        }
    }

    private sealed record SubmissionRow
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string AreaCode { get; init; }
    }

    private const string ReadSubmissions = "select Number, Title, AreaCode from Submission where Number in @numbers";
    private const string Mark = "update DiscussionPost set DigestedAt = @now where SubmissionNumber = @SubmissionNumber and Position = @Position";
}

internal sealed record Addressee(int PersonId, string Email, string Name);

internal sealed record DigestNews(Addressee Reader, PostRow Post, bool NamesShown, bool Called);

/// <summary>What the digest says.</summary>
internal static class DigestMail
{
    // Enough to know what it is about; the rest is a click away.
    private const int Excerpt = 400;

    public static Mail Of(Conference call, SiteAddress site, ReminderSlot slot, IReadOnlyDictionary<int, string> titles, IReadOnlyList<DigestNews> news) => new()
    {
        Key = FormattableString.Invariant($"digest/{news[0].Reader.PersonId}/{slot.Key}"),
        Kind = "Digest",
        ToEmail = news[0].Reader.Email,
        ToName = news[0].Reader.Name,
        Subject = $"{(news.Any(n => n.Called) ? "You are asked" : "News")} in discussions of {call.Title}",
        Text = string.Join('\n',
            [
                $"Dear {news[0].Reader.Name},", "",
                .. news.OrderByDescending(n => n.Called).GroupBy(n => n.Post.SubmissionNumber).SelectMany(g => About(site, titles, g)),
                call.Mail.Name, call.Mail.Address, "",
            ]),
    };

    private static IEnumerable<string> About(SiteAddress site, IReadOnlyDictionary<int, string> titles, IGrouping<int, DigestNews> news)
    {
        yield return FormattableString.Invariant($"Submission {news.Key}: {titles[news.Key]}");
        yield return FormattableString.Invariant($"{site.Value}/submissions/{news.Key}/discussion");
        foreach (var n in news.OrderBy(n => n.Post.Position))
        {
            yield return "";
            yield return $"  {n.Post.Who(n.NamesShown)}{(n.Called ? " asks you" : "")}:";
            yield return "  " + (n.Post.Text.Length <= Excerpt ? n.Post.Text : n.Post.Text[..Excerpt] + " …").ReplaceLineEndings("\n  ");
        }

        yield return "";
    }
}
