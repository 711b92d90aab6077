using AbstractReview.App.Accounts;
using AbstractReview.App.Book;
using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Jobs;
using AbstractReview.App.Letters;
using AbstractReview.App.Programme;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Reviews;
using AbstractReview.App.Routing;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>The story, step by step; each step does what is left of it, so that a story that was broken off goes on.</summary>
internal sealed class DemoStory(IServiceProvider services, StoryClock clock, DemoCast cast, DataFolder folder, Func<string, int, Steps.Step> step, CancellationToken ct)
{
    private readonly Conference _conference = cast.Conference;
    private readonly DemoJudgement _judgement = new(cast.Seed);

    public async Task Tell()
    {
        await Call();
        await Submissions();
        await Routing();
        await Reviews();
        await Decisions();
        await Mail("Letters typeset and sent");
        await Confirmations();
        await Programme();
        await Book();
        await LateBreaking();
        await Outputs();
    }

    private async Task Call()
    {
        using var bar = step("Call opened", 1);
        if (await One<int>("select count(*) from Conference") == 0) await Send(new ImportConference(cast.ConferenceFile, Actor.Timetable));
        if ((await Send(new ReadLetterLook(Actor.Timetable))).Version == 0) await Send(new SetLetterLook(DemoCast.LetterLook, 0, Actor.Timetable));
        foreach (var member in _conference.Committee)
            await Account(member.Email, member.GivenName, member.FamilyName, member.Affiliation, member.Country, DemoAccounts.Password, [member.Role], member.Areas);
        await Send(new ImportReviewers(cast.ReviewersCsv, Actor.Timetable));
        bar.Advance();
    }

    private async Task Submissions()
    {
        using var bar = step("Submissions handed in", cast.Submissions.Count - cast.Late);
        await HandIn(0, cast.Submissions.Count - cast.Late, _conference.At(_conference.Dates.CallOpens), _conference.At(_conference.Dates.SubmissionDeadline), bar);
        await Jobs();
    }

    // Numbers are handed out in order: the next to hand in is the one after the newest.
    private async Task HandIn(int from, int to, DateTimeOffset opens, DateTimeOffset closes, Steps.Step bar)
    {
        var known = await One<int>("select count(*) from Submission");
        for (var i = from; i < to; i++)
        {
            // Most come late, as they do.
            clock.Set(opens + ((closes - opens) * Math.Sqrt((i - from + 1.0) / (to - from + 1))));
            var content = cast.Submissions[i];
            var author = content.Authors.First(a => a.Corresponding);
            var by = await Account(author.Email, author.GivenName, author.FamilyName, author.Affiliation, author.Country, i < 3 ? DemoAccounts.Password : null, [], []);
            var number = i < known ? i + 1 : (await Send(new SaveDraft(null, content, null, by))).Number;
            if (await One<int>("select count(*) from Submission where Number = @number and State = 'Draft'", new { number }) == 1) await Send(new SubmitSubmission(number, by));
            bar.Advance();
        }
    }

    private async Task Routing()
    {
        using var bar = step("Reviewers found", 1);
        clock.Set(_conference.At(_conference.Dates.SubmissionDeadline).AddDays(2));
        if (await One<int>("select count(*) from Assignment") == 0) await Route();
        bar.Advance();
    }

    private async Task Route()
    {
        var job = await Send(new ProposeRouting(Fresh: false, BasedOn: null, await Chair()));
        await Jobs();
        var proposal = (await Send(new ReadJob(job, Actor.Timetable))).Result!.Value.GetProperty("proposalId").GetInt32();
        await Send(new ApplyRouting(proposal, await Chair()));
        await Jobs();
    }

    private async Task Reviews()
    {
        if (await One<int>("select count(*) from Extension") > 0) return;
        var waiting = await Waiting();
        var written = waiting.Count;
        using var bar = step("Reviews written", written);
        var (from, to) = (_conference.At(_conference.Dates.SubmissionDeadline).AddDays(3), _conference.At(_conference.Dates.ReviewDeadline).AddDays(-1));
        for (var round = 0; waiting.Count > 0 && round < 5; round++)
        {
            foreach (var (i, (number, reviewer)) in waiting.Index())
            {
                clock.Set(from + ((to - from) * (0.8 * (i + 1) / waiting.Count)));
                var by = await ActorOf(reviewer);
                if (round == 0 && _judgement.Declines(number, reviewer)) await Send(new DeclineAssignment(number, DeclineReason.Time, "Travelling until the end of the month.", by));
                else await Send(new SubmitReview(number, _judgement.Write(number, reviewer, _conference.Review), null, by));
                bar.Advance();
            }

            await Jobs();
            waiting = await Waiting();
            written += waiting.Count;
            bar.Set(written - waiting.Count, written);
        }
    }

    private Task<IReadOnlyList<(int Number, int Reviewer)>> Waiting() => All<(int, int)>("""
        select a.SubmissionNumber, a.ReviewerId
        from Assignment a
        left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId and r.State = 'Submitted'
        where a.State = 'Assigned' and r.ReviewerId is null
        order by a.SubmissionNumber, a.ReviewerId
        """);

    private async Task Decisions()
    {
        using var bar = step("Decisions taken and published", 1);
        clock.Set(_conference.At(_conference.Dates.DecisionsBy).AddHours(-5));
        var chair = await Chair();
        foreach (var area in _conference.Areas)
            foreach (var (kind, reason, number) in DemoDecisions.ByRank(await Ranked(area.Code), area))
                await Send(new Decide(number, kind, reason, chair));
        clock.Set(_conference.At(_conference.Dates.DecisionsBy).AddHours(-2));
        await Send(new PublishDecisions(chair));
        bar.Advance();
    }

    private Task<IReadOnlyList<int>> Ranked(string area) => All<int>("""
        select s.Number
        from Submission s
        left join Standing t on t.SubmissionNumber = s.Number
        where s.AreaCode = @area and s.State in ('Submitted', 'UnderReview') and s.Number <= @most
        order by coalesce(t.Calibrated, t.Mean, 0) desc, s.Number
        """, new { area, most = cast.Submissions.Count - cast.Late });

    private async Task Mail(string words)
    {
        using var bar = step(words, 1);
        await Jobs();
        bar.Advance();
    }

    private async Task Confirmations()
    {
        var accepted = await All<(int Number, int Owner)>("""
            select s.Number, s.OwnerId
            from Submission s
            join Decision d on d.SubmissionNumber = s.Number and d.DecisionVersion = s.DecisionVersion
            where s.State = 'Notified' and d.Kind in ('Oral', 'Poster', 'Panel')
            order by s.Number
            """);
        using var bar = step("Participations answered", accepted.Count);
        clock.Set(_conference.At(_conference.Dates.DecisionsBy).AddDays(10));
        foreach (var (number, owner) in accepted)
        {
            var by = await ActorOf(owner);
            if (number % 29 == 0) await Send(new DeclineParticipation(number, "The journey could not be funded.", by));
            else
            {
                await Send(new ConfirmParticipation(number, by));
                // Some answer at once, some later, some never.
                if (number % 5 != 0) await Send(new PrepareSubmission { Number = number, Biography = await Biography(number), Consent = true, By = by });
                if (number % 13 == 0) await Send(new SayWhenAvailable(number, [new Wish(WishKind.RatherNot, FirstDay, FirstDay.AddHours(13))], "I arrive at noon of the first day.", by));
            }

            bar.Advance();
        }
    }

    private DateTime FirstDay => _conference.Programme.Days[0].ToDateTime(TimeOnly.MinValue);

    private async Task<string> Biography(int number)
    {
        var (given, family, affiliation) = (await All<(string, string, string)>("select GivenName, FamilyName, Affiliation from Author where SubmissionNumber = @number and Presenting = 1", new { number }))[0];
        return $"{given} {family} works at {affiliation}.".Trim();
    }

    private async Task Programme()
    {
        using var bar = step("Programme proposed and released", 1);
        clock.Set(_conference.At(_conference.Dates.ConfirmBy).AddDays(5));
        if (await One<int>("select count(*) from Release") == 0)
        {
            await Send(new ProposeProgramme(await Chair()) { Repeatable = true, Seconds = 1 });
            await Jobs();
            await Send(new ReleaseProgramme(await Chair()));
        }

        await Jobs();
        bar.Advance();
    }

    private async Task Book()
    {
        using var bar = step("Book of abstracts built", 1);
        clock.Set(_conference.At(_conference.Dates.ConfirmBy).AddDays(7));
        if (await One<int>("select count(*) from Edition") == 0) await Send(new BuildEdition(new BookOptions(), await Chair()));
        await Jobs();
        bar.Advance();
    }

    // Late-breaking abstracts are handed in and routed but not yet reviewed: whoever opens the demo finds work in every queue.
    private async Task LateBreaking()
    {
        using var bar = step("Call reopened, late-breaking abstracts handed in", cast.Late);
        var reopened = _conference.At(_conference.Dates.ConfirmBy).AddDays(8);
        clock.Set(reopened);
        if (await One<int>("select count(*) from Extension") == 0)
            await Send(new GiveExtension(null, null, _conference.At(_conference.Dates.FirstDay.ToDateTime(new TimeOnly(9, 0))).AddDays(-1), "Late-breaking abstracts", await Secretariat()));
        await MoveReviews(reopened);
        await HandIn(cast.Submissions.Count - cast.Late, cast.Submissions.Count, reopened, reopened.AddDays(7), bar);
        await Jobs();
        clock.Set(reopened.AddDays(9));
        if (cast.Late > 0 && await One<int>("select count(*) from Submission where State = 'Submitted'") > 0) await Route();
        await Jobs();
    }

    // Whoever is asked to review now is not late: reviews of these are due in three weeks.
    private async Task MoveReviews(DateTimeOffset reopened)
    {
        var day = TimeZoneInfo.ConvertTime(reopened, _conference.TimeZone).Date;
        var dates = _conference.Dates with { ReviewDeadline = day.AddDays(22).AddMinutes(-1), DecisionsBy = day.AddDays(26).AddHours(18), ConfirmBy = day.AddDays(34).AddMinutes(-1) };
        if ((await Send(new ReadFrame(Actor.Timetable))).Conference!.Dates != dates)
            await Send(new ImportConference(ConferenceFile.Write(_conference with { Dates = dates }), await Secretariat()));
    }

    private async Task Outputs()
    {
        using var bar = step("Outputs written", 1);
        await new DemoOutputs(services, folder, ct).Write();
        bar.Advance();
    }

    private async Task<Actor> Account(string email, string given, string family, string affiliation, string country, string? password, IReadOnlyList<Role> roles, IReadOnlyList<string> areas)
    {
        var id = await One<int?>("select Id from Person where NormalisedEmail = @email", new { email = MailAddress.Normalise(email) })
            ?? await Send(new AddAccount
            {
                Email = email, GivenName = given, FamilyName = family, Affiliation = affiliation, Country = country, Password = password, Roles = roles, Areas = areas, By = Actor.Timetable,
            });
        return await ActorOf(id);
    }

    private Task<Actor> Chair() => Named(Role.Chair);
    private Task<Actor> Secretariat() => Named(Role.Secretariat);

    private async Task<Actor> Named(Role role)
    {
        var email = MailAddress.Normalise(_conference.Committee.First(m => m.Role == role).Email);
        return await ActorOf(await One<int>("select Id from Person where NormalisedEmail = @email", new { email }));
    }

    /// <summary>Every job of the timetable, until none finds anything to do.</summary>
    private async Task Jobs()
    {
        int done;
        do
        {
            done = 0;
            foreach (var job in Timetable.Jobs.Values.OrderBy(j => j.Job, StringComparer.Ordinal)) done += await Send(job.Create());
        }
        while (done > 0);
    }

    private async Task<Actor> ActorOf(int person)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ActorReader>().Of(person, ct);
    }

    private async Task<T> Send<T>(IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    private async Task<IReadOnlyList<T>> All<T>(string sql, object? args = null)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().All<T>(sql, args, ct);
    }

    private async Task<T?> One<T>(string sql, object? args = null)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().One<T>(sql, args, ct);
    }
}
