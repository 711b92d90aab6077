using AbstractReview.App.Call;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Routing;

/// <summary>A pair to be assigned.</summary>
public sealed record NewAssignment(int Number, int ReviewerId, double Affinity, bool Pinned);

/// <summary>Carries a changed assignment into the tables, and tells each reviewer by one mail. Only inside a transaction.</summary>
public sealed class AssignmentWriter(Db db, ConferenceReader conference, Outbox outbox, TimeProvider clock)
{
    /// <param name="added">Pairs to assign; what was released or declined before is taken up again.</param>
    /// <param name="released">Pairs to release.</param>
    /// <param name="cause">Such as <c>proposal/7</c>: a reviewer gets one mail about it, ever.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Write(IReadOnlyList<NewAssignment> added, IReadOnlyList<(int Number, int ReviewerId)> released, string cause, CancellationToken ct)
    {
        var call = await conference.Current(ct);
        var now = clock.GetUtcNow();
        foreach (var pair in added)
        {
            var args = new { pair.Number, pair.ReviewerId, pair.Affinity, pair.Pinned, now };
            if (await db.Run(Assign, args, ct) == 0) await db.Run(Insert, args, ct);
        }

        await db.Run(Release, released.Select(r => new { r.Number, r.ReviewerId }), ct);
        var touched = added.Select(a => a.Number).Concat(released.Select(r => r.Number)).Distinct().Order().ToList();
        await StartReviews(added.Select(a => a.Number).Distinct().Order(), now, ct);
        foreach (var number in touched)
            if (await db.Run(StandingDue, new { number }, ct) == 0)
                await db.Run(NewStanding, new { number, wanted = call.ReviewsWanted((await db.One<string>(ReadArea, new { number }, ct))!) }, ct);
        await Tell(call, added.Select(a => (a.Number, a.ReviewerId)).ToList(), released, cause, ct);
    }

    private async Task StartReviews(IEnumerable<int> numbers, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var number in numbers)
        {
            var state = Enum.Parse<SubmissionState>((await db.One<string>(ReadState, new { number }, ct))!);
            var next = state.After(Verb.StartReview);
            if (next != state) await db.Run(SetState, new { number, state = next.ToString(), now }, ct);
        }
    }

    private async Task Tell(Conference call, IReadOnlyList<(int Number, int ReviewerId)> added, IReadOnlyList<(int Number, int ReviewerId)> released, string cause, CancellationToken ct)
    {
        foreach (var reviewerId in added.Concat(released).Select(x => x.ReviewerId).Distinct().Order())
        {
            var reader = (await db.One<Reader>(ReadReader, new { reviewerId }, ct))!;
            var (fresh, gone) = (await Titles(added, reviewerId, ct), await Titles(released, reviewerId, ct));
            await outbox.Queue(new Mail
            {
                Key = FormattableString.Invariant($"assigned/{cause}/{reviewerId}"),
                Kind = "Assignment",
                ToEmail = reader.Email,
                ToName = PersonName.Full(reader.GivenName, reader.FamilyName),
                Subject = fresh.Count > 0 ? $"{Count(fresh.Count)} to review for {call.Title}" : $"Fewer abstracts to review for {call.Title}",
                Text = Text(call, reader, fresh, gone),
            }, ct);
        }
    }

    private async Task<List<Entry>> Titles(IEnumerable<(int Number, int ReviewerId)> pairs, int reviewerId, CancellationToken ct)
        => [.. await db.All<Entry>(ReadTitles, new { numbers = pairs.Where(p => p.ReviewerId == reviewerId).Select(p => p.Number).ToList() }, ct)];

    private static string Text(Conference call, Reader reader, List<Entry> fresh, List<Entry> gone)
    {
        var lines = new List<string> { $"Dear {PersonName.Full(reader.GivenName, reader.FamilyName)},", "" };
        if (fresh.Count > 0)
        {
            lines.Add($"Thank you for reviewing for {call.Title}. {Count(fresh.Count)} {(fresh.Count == 1 ? "waits" : "wait")} for your review, due by {Deadline.Words(call, call.At(call.Dates.ReviewDeadline))}:");
            lines.AddRange(["", .. fresh.Select(Line), ""]);
            lines.Add("Sign in and open “Reviews” to read and score. If one is not for you, decline it there as soon as you can: somebody else is found at once.");
            lines.Add("");
        }

        if (gone.Count > 0) lines.AddRange(["You no longer need to review:", "", .. gone.Select(Line), ""]);
        return string.Join('\n', [.. lines, call.Mail.Name, call.Mail.Address, ""]);
    }

    private static string Line(Entry entry) => FormattableString.Invariant($"  {entry.Number}  {entry.Title}");

    private static string Count(int n) => n == 1 ? "1 abstract" : $"{n} abstracts";

    private sealed record Reader
    {
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
    }

    private sealed record Entry
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
    }

    private const string Assign = """
        update Assignment
        set State = 'Assigned', Pinned = @Pinned, Affinity = @Affinity, AssignedAt = @now, DeclinedAt = null, DeclineReason = null, Version = Version + 1
        where SubmissionNumber = @Number and ReviewerId = @ReviewerId and State <> 'Assigned'
        """;

    private const string Insert = """
        insert into Assignment (SubmissionNumber, ReviewerId, State, Pinned, Affinity, AssignedAt, Version)
        values (@Number, @ReviewerId, 'Assigned', @Pinned, @Affinity, @now, 1)
        """;

    private const string Release = """
        update Assignment
        set State = 'Released', Pinned = 0, Version = Version + 1
        where SubmissionNumber = @Number and ReviewerId = @ReviewerId and State = 'Assigned'
        """;

    private const string ReadArea = "select AreaCode from Submission where Number = @number";
    private const string ReadState = "select State from Submission where Number = @number";
    private const string SetState = "update Submission set State = @state, UpdatedAt = @now, Version = Version + 1 where Number = @number";
    private const string StandingDue = "update Standing set Due = 1, Version = Version + 1 where SubmissionNumber = @number";

    private const string NewStanding = """
        insert into Standing (SubmissionNumber, Due, Wanted, Reviews, Document, Version)
        values (@number, 1, @wanted, 0, '{}', 1)
        """;

    private const string ReadReader = "select Email, GivenName, FamilyName from Person where Id = @reviewerId";
    private const string ReadTitles = "select Number, Title from Submission where Number in @numbers order by Number";
}
