using System.Net;
using System.Net.Http.Json;
using AbstractReview.App.Mailing;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using AbstractReview.Web.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Reviews;

/// <summary>Every door of reviewing, in a double-blind call: nothing of an author reaches a reviewer, nothing of a reviewer an author.</summary>
public partial class BlindnessTests
{
    // What would give somebody away; each is first shown to be there for who may see it.
    private const string Author = "Zachariadis", AuthorPlace = "Institute-of-Zorn", Reviewer = "Quennell", ReviewerPlace = "Quorum-House";

    [Test]
    public async Task No_door_of_reviewing_tells_a_reviewer_who_wrote_it()
    {
        await using var site = await Site.Open(WithRound);
        var (number, author, ann, _) = await Reviewed(site);
        var secretariat = await site.Api(await site.Person([Role.Secretariat]));
        Assert.That(await secretariat.GetStringAsync($"/api/v1/submissions/{number}"), Does.Contain(Author).And.Contain(AuthorPlace), "there is something to leak");
        await site.Send(new AnswerReviews(number, "We thank you.", 0, author));

        var seen = await Doors(site, ann,
        [
            "/reviews", $"/reviews/{number}", $"/reviews/{number}/history", $"/reviews/{number}/decline", "/reviews/offline", "/reviews/bids", "/reviews/conflicts", "/reviews/profile",
            "/reviews/offline?handler=Download&format=Csv", $"/submissions/{number}/discussion", $"/submissions/{number}", $"/submissions/{number}/history", $"/submissions/{number}/answer", "/submissions",
        ],
        [
            "reviews/queue", "reviews/offline.csv", "reviews/offline.xlsx", $"submissions/{number}", $"submissions/{number}/reviews", $"submissions/{number}/reviews/mine", $"submissions/{number}/reviews/mine/history",
            $"submissions/{number}/discussion", $"submissions/{number}/answer", $"submissions/{number}/attachment", $"submissions/{number}/history", $"submissions?search={Author}", "submissions", "standings", "reviewing",
        ]);

        Tells(seen, Author, AuthorPlace, author.Words, "zachariadis");
        Assert.That(seen.Single(s => s.Door == $"/reviews/{number}").Text, Does.Contain($"<img src=\"/api/v1/submissions/{number}/attachment?position=1\" alt=\"What is attached as attachment-1.jpg\""), "they see what is attached");
    }

    [Test]
    public async Task No_door_of_reviewing_tells_an_author_who_reviews_nor_what_the_committee_thinks()
    {
        await using var site = await Site.Open(WithRound);
        var (number, author, ann, _) = await Reviewed(site);
        var chair = await site.Api(await site.Person([Role.Chair]));
        Assert.That(await chair.GetStringAsync($"/api/v1/submissions/{number}/reviews"), Does.Contain(Reviewer).And.Contain("Between ourselves"), "there is something to leak");
        Assert.That(await chair.GetStringAsync($"/api/v1/submissions/{number}/discussion"), Does.Contain("A word among us"));

        var seen = await Doors(site, author,
        [
            $"/submissions/{number}", $"/submissions/{number}/answer", $"/submissions/{number}/history", $"/submissions/{number}/discussion", "/submissions", $"/reviews/{number}", "/reviews",
            $"/reviews/{number}/history", $"/committee/submissions/{number}", "/committee/reviewing",
        ],
        [
            $"submissions/{number}", $"submissions/{number}/reviews", $"submissions/{number}/reviews/mine", $"submissions/{number}/discussion", $"submissions/{number}/answer", $"submissions/{number}/history",
            $"submissions/{number}/standing", "submissions", "reviews/queue", "standings", "reviewing",
        ]);

        Tells(seen, Reviewer, ReviewerPlace, ann.Words, "Between ourselves", "A word among us", "\"scores\":{");
        Assert.That(seen.Any(s => s.Text.Contains("Well told to authors", StringComparison.Ordinal)), "the author was let in at all");
    }

    [Test]
    public async Task Reviewers_of_one_submission_do_not_learn_of_each_other()
    {
        await using var site = await Site.Open(WithRound);
        var (number, _, ann, bea) = await Reviewed(site);

        var seen = await Doors(site, bea, [$"/submissions/{number}/discussion", $"/reviews/{number}"], [$"submissions/{number}/discussion", $"submissions/{number}/reviews"]);

        Assert.That(seen.Count(s => s.Text.Contains("A word among us", StringComparison.Ordinal)), Is.EqualTo(2), "the discussion was read");
        Tells(seen, Reviewer, ReviewerPlace, ann.Words, "Between ourselves");
    }

    [Test]
    public async Task What_one_may_not_see_is_refused_in_the_same_words_as_what_does_not_exist()
    {
        await using var site = await Site.Open(WithRound);
        var (number, _, _, _) = await Reviewed(site);
        var person = await site.Person([Role.Reviewer]);
        var (stranger, browser) = (await site.Api(person), await site.BrowserOf(person));
        string[] read = ["", "/reviews", "/reviews/mine", "/reviews/mine/history", "/discussion", "/answer", "/attachment", "/history", "/standing", "/proof.pdf"];
        string[] written = ["/reviews/mine/submit", "/reviews/mine/reopen", "/assignments/mine/decline", "/discussion"];
        var asked = read.Select(path => (Path: path, Of: (Func<int, Task<HttpResponseMessage>>)(n => stranger.GetAsync($"/api/v1/submissions/{n}{path}"))))
            .Concat(written.Select(path => (path, (Func<int, Task<HttpResponseMessage>>)(n => stranger.PostAsJsonAsync($"/api/v1/submissions/{n}{path}", new { text = "A word", reason = "Time" })))))
            .Concat(new[] { "", "/discussion", "/answer", "/history" }.Select(path => ($"page {path}", (Func<int, Task<HttpResponseMessage>>)(n => browser.GetAsync($"/submissions/{n}{path}")))))
            .Concat(new[] { "", "/history", "/decline" }.Select(path => ($"review {path}", (Func<int, Task<HttpResponseMessage>>)(n => browser.GetAsync($"/reviews/{n}{path}")))));
        foreach (var (path, of) in asked)
        {
            var (there, nowhere) = (await of(number), await of(999));
            Assert.That(there.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
            Assert.That(Told(await Said(there), number), Is.EqualTo(Told(await Said(nowhere), 999)), path);
        }

        string Told(string answer, int n) => Length().Replace(Rolled().Replace(answer, ""), "").Replace($"submissions/{n}", "submissions/N", StringComparison.Ordinal).Replace($"reviews/{n}", "reviews/N", StringComparison.Ordinal).Replace($"ubmission {n}", "ubmission N", StringComparison.Ordinal);
    }

    [System.Text.RegularExpressions.GeneratedRegex("Content-Length: \\d+")]
    private static partial System.Text.RegularExpressions.Regex Length();

    [Test]
    public async Task Who_wrote_what_moves_no_byte_of_what_a_reviewer_is_answered()
    {
        var (one, other) = (await AnswersWith(Author, "Aalto"), await AnswersWith("Aalto", Author));

        Assert.That(one.Select(a => a.Door), Is.EqualTo(other.Select(a => a.Door)));
        Assert.Multiple(() =>
        {
            foreach (var (a, b) in one.Zip(other)) Assert.That(a.Text, Is.EqualTo(b.Text), a.Door);
        });
        Assert.That(one.Count(a => a.Text.Contains("On borders and sources", StringComparison.Ordinal)), Is.GreaterThan(8), "there were submissions to order");
    }

    [Test]
    public async Task Mails_to_reviewers_name_no_author_and_mails_to_authors_no_reviewer()
    {
        await using var site = await Site.Open(WithRound);
        var (number, author, ann, bea) = await Reviewed(site);
        await site.Send(new ReopenReview(number, null, ann));
        // The round is open, and it is a day of the reminders.
        site.Clock.SetUtcNow(new(2019, 6, 12, 8, 0, 0, TimeSpan.Zero));
        await site.Send(new RemindReviewers());
        await site.Send(new DigestDiscussions());
        await site.Send(new InviteAnswers());
        await site.Send(new SendWaitingMail());

        var mails = Directory.GetFiles(site.Folder.Mail, "*.eml").Select(f => MimeKit.MimeMessage.Load(f)).ToList();
        var kinds = await All(site, "select Kind from Outbox order by Kind");
        Assert.That(kinds, Is.EqualTo(new[] { "AnswerInvitation", "Digest", "Reminder" }));
        foreach (var mail in mails)
        {
            var text = mail.ToString() + mail.TextBody;
            var toAuthor = mail.To.Mailboxes.Single().Address == author.Words;
            foreach (var secret in toAuthor ? new[] { Reviewer, ReviewerPlace, ann.Words, bea.Words } : [Author, AuthorPlace, author.Words])
                Assert.That(text, Does.Not.Contain(secret).IgnoreCase);
        }
    }

    // Three submissions of two authors, whose names, institutes and addresses are exchanged from one call of this to the next; all else is the same.
    private static async Task<IReadOnlyList<(string Door, string Text)>> AnswersWith(string first, string second)
    {
        await using var site = await Site.Open(WithRound);
        var authors = new[] { await site.Person([]), await site.Person([]) };
        var (ann, bea) = (await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer]));
        foreach (var (author, name) in authors.Zip([first, second]))
            await site.Run("update Person set GivenName = @name, FamilyName = @name, Affiliation = @name, Email = concat(@name, '@x.example'), NormalisedEmail = concat(lower(@name), '@x.example') where Id = @PersonId", new { name, author.PersonId });
        foreach (var author in new[] { authors[0], authors[1], authors[0] })
        {
            var number = await site.UnderReview(author, "TA3", ann, bea);
            await Attach(site, number, author == authors[0] ? first : second);
        }

        site.Clock.SetUtcNow(new(2019, 6, 10, 12, 0, 0, TimeSpan.Zero));
        await site.Send(new SubmitReview(1, Form("For the chair"), null, bea));
        await site.Send(new SubmitReview(1, Form("Mine"), null, ann));
        await site.Send(new AnswerReviews(1, "We thank you.", 0, authors[0]));
        await site.Send(new PostToDiscussion(1, "A word among us", bea));
        var seen = await Doors(site, ann,
        [
            "/reviews", "/reviews/1", "/reviews/2", "/reviews/1/history", "/reviews/2/decline", "/reviews/offline", "/reviews/bids", "/reviews/conflicts", "/reviews/offline?handler=Download&format=Csv",
            "/submissions/1/discussion", "/submissions/2", "/submissions/1/answer", "/submissions",
        ],
        [
            "reviews/queue", "reviews/offline.csv", "submissions", "submissions/1", "submissions/2", "submissions/1/reviews", "submissions/2/reviews/mine", "submissions/1/reviews/mine/history", "submissions/1/discussion",
            "submissions/1/answer", "submissions/2/attachment", "reviewers/me", "submissions/999", $"submissions?search={first}",
        ]);
        return [.. seen.Select(s => (s.Door.Replace(first, "NAME", StringComparison.Ordinal), Rolled().Replace(s.Text, "").Replace(first, "NAME", StringComparison.Ordinal)))];
    }

    // Tokens are rolled by chance, sessions too; an error says which request it was.
    [System.Text.RegularExpressions.GeneratedRegex(@"Set-Cookie: [^\n]*\n|(?<=name=""__RequestVerificationToken"" type=""hidden"" value="")[^""]+|""traceId"":""[^""]+""")]
    private static partial System.Text.RegularExpressions.Regex Rolled();

    private static ReviewForm Form(string toCommittee) => new()
    {
        Scores = new Dictionary<string, int> { ["relevance"] = 4, ["quality"] = 4, ["originality"] = 4, ["clarity"] = 4, ["usefulness"] = 4 }, Confidence = 2, Recommendation = Recommendation.Oral,
        CommentsToAuthors = "Well told to authors", CommentsToCommittee = toCommittee,
    };

    private static Conference WithRound(Conference c)
        => c with { Review = c.Review with { Rebuttal = true, RebuttalOpens = new(2019, 6, 1, 9, 0, 0), RebuttalCloses = new(2019, 7, 1, 18, 0, 0) } };

    /// <summary>In the open round: two reviews are in, something was said, a file whose name and insides name its author is attached.</summary>
    private static async Task<(int Number, Actor Author, Actor Ann, Actor Bea)> Reviewed(Site site)
    {
        var (author, ann, bea) = (await site.Person([]), await site.Person([Role.Reviewer]), await site.Person([Role.Reviewer]));
        await Name(site, author, Author, AuthorPlace);
        await Name(site, ann, Reviewer, ReviewerPlace);
        var number = await site.UnderReview(author, "TA3", ann, bea);
        await Attach(site, number, Author);
        site.Clock.SetUtcNow(new(2019, 6, 10, 12, 0, 0, TimeSpan.Zero));
        foreach (var reviewer in new[] { ann, bea })
            await site.Send(new SubmitReview(number, Form(reviewer == ann ? "Between ourselves" : "For the chair"), null, reviewer));
        await site.Send(new PostToDiscussion(number, "A word among us", ann));
        return (number, author, ann, bea);
    }

    private static async Task Attach(Site site, int number, string author)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var picture = PictureOf(author);
        var sha256 = await scope.ServiceProvider.GetRequiredService<IFiles>().Put(picture, default);
        await scope.ServiceProvider.GetRequiredService<Db>().Run("""
            insert into Attachment (SubmissionNumber, Position, FileName, MediaType, Size, Sha256, AddedAt)
            values (@number, 1, @name, 'image/jpeg', @size, @sha256, @now)
            """, new { number, name = $"{author.ToLowerInvariant()}-final.jpg", size = picture.Length, sha256, now = site.Clock.GetUtcNow() }, default);
    }

    /// <summary>A picture whose comment names its author.</summary>
    private static byte[] PictureOf(string author)
        => [0xFF, 0xD8, 0xFF, 0xFE, 0, (byte)(author.Length + 2), .. System.Text.Encoding.Latin1.GetBytes(author), 0xFF, 0xDA, 0, 2, .. "PIXELS"u8, 0xFF, 0xD9];

    private static Task Name(Site site, Actor person, string family, string affiliation)
        => site.Run("update Person set FamilyName = @family, Affiliation = @affiliation where Id = @PersonId", new { family, affiliation, person.PersonId });

    /// <summary>Everything the doors answer, headers and bodies.</summary>
    private static async Task<IReadOnlyList<(string Door, string Text)>> Doors(Site site, Actor person, string[] pages, string[] routes)
    {
        var (browser, api, seen) = (await site.BrowserOf(person), await site.Api(person), new List<(string, string)>());
        foreach (var page in pages) seen.Add((page, await Said(await browser.GetAsync(page))));
        foreach (var route in routes) seen.Add((route, await Said(await api.GetAsync("/api/v1/" + route))));
        return seen;
    }

    private static async Task<string> Said(HttpResponseMessage answer)
    {
        // An account names its owner, and nobody else.
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = bytes.AsSpan().StartsWith("PK"u8) ? Unpacked(bytes) : System.Text.Encoding.UTF8.GetString(bytes);
        return answer.Headers.ToString() + answer.Content.Headers + text;
    }

    private static string Unpacked(byte[] workbook)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(workbook));
        return string.Concat(zip.Entries.Select(e =>
        {
            using var reader = new StreamReader(e.Open());
            return e.FullName + reader.ReadToEnd();
        }));
    }

    private static void Tells(IReadOnlyList<(string Door, string Text)> seen, params string[] secrets)
        => Assert.That(seen.SelectMany(s => secrets.Where(x => s.Text.Contains(x, StringComparison.OrdinalIgnoreCase)).Select(x => $"{s.Door} tells {x}")), Is.Empty);

    private static async Task<IReadOnlyList<string>> All(Site site, string sql)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().All<string>(sql, null, default);
    }
}
