using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Submissions;
using AbstractReview.App.Tests.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App.Tests.Jobs;

/// <summary>People's requests go before jobs, and jobs are done nevertheless.</summary>
public sealed class RequestsInHandTests
{
    [Test]
    public async Task A_job_does_not_wait_for_a_few_requests()
    {
        var clock = new HastyClock();
        var requests = Hold(clock, RequestsInHand.Many - 1);
        await requests.GoFirst(TimeSpan.FromSeconds(1), default);
        Assert.That(clock.Waited, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task A_job_waits_until_enough_of_many_are_answered()
    {
        var clock = new HastyClock();
        var requests = Hold(clock, RequestsInHand.Many + 2);
        clock.AtEach = requests.Answered;
        await requests.GoFirst(TimeSpan.FromSeconds(1), default);
        Assert.That((requests.Count, clock.Waited), Is.EqualTo((0, TimeSpan.FromMilliseconds(160))), "one was answered at each of eight looks, five of them within a tenth of a second of many");
    }

    [Test]
    public async Task Between_two_waves_of_requests_no_job_begins()
    {
        var clock = new HastyClock();
        var requests = Hold(clock, RequestsInHand.Many);
        for (var i = 0; i < RequestsInHand.Many; i++) requests.Answered();
        await requests.GoFirst(TimeSpan.FromSeconds(1), default);
        Assert.That(clock.Waited, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
        await requests.GoFirst(TimeSpan.FromSeconds(1), default);
        Assert.That(clock.Waited, Is.EqualTo(TimeSpan.FromMilliseconds(100)), "then it is quiet");
    }

    [Test]
    public async Task A_load_that_never_ends_slows_receipts_and_mails_and_duplicates_and_stops_none()
    {
        var clock = new HastyClock();
        await using var conf = await TestConference.Open(services: parts => parts.AddSingleton(Hold(clock, RequestsInHand.Many)));
        var author = await conf.Person();
        for (var i = 0; i < 3; i++) await conf.Submitted(author);

        Assert.That((await conf.Send(new TypesetReceipts()), clock.Waited), Is.EqualTo((3, TimeSpan.FromSeconds(3))), "a second for each receipt");
        clock.Waited = TimeSpan.Zero;
        // A receipt to who handed in, one to who corresponds, a notice to the other author.
        Assert.That((await conf.Send(new SendWaitingMail()), clock.Waited), Is.EqualTo((9, 9 * TimeSpan.FromMilliseconds(260))), "thirteen looks for each mail");
        clock.Waited = TimeSpan.Zero;
        Assert.That((await conf.Send(new FindDuplicates()), clock.Waited), Is.EqualTo((3, TimeSpan.FromSeconds(1))), "a second for each transaction");
    }

    private static RequestsInHand Hold(TimeProvider clock, int count)
    {
        var requests = new RequestsInHand(clock);
        for (var i = 0; i < count; i++) requests.Came();
        return requests;
    }

    // Whoever waits is told at once that the time has passed.
    private sealed class HastyClock : TimeProvider
    {
        public TimeSpan Waited { get; set; }
        public Action AtEach { get; set; } = () => { };
        private TimeSpan _since;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => _since.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime;
            _since += dueTime;
            AtEach();
            callback(state);
            return new Done();
        }

        private sealed class Done : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => false;
            public void Dispose() { }
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
