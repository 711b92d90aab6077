using System.Diagnostics;
using AbstractReview.Web.Jobs;

namespace AbstractReview.Web.Tests.Operation;

/// <summary>When a job that was rung for is enqueued.</summary>
public class BellTests
{
    private static readonly long Second = Stopwatch.Frequency;

    [Test]
    public void A_job_is_enqueued_once_however_often_it_is_rung_for_before_it_begins()
    {
        var bell = new Bell(0);
        Assert.That(bell.Ring(0), Is.EqualTo(TimeSpan.Zero));
        Assert.That(bell.Ring(Second), Is.Null);
        Assert.That(bell.Ring(6 * Second), Is.EqualTo(TimeSpan.Zero), "another node may have taken the first");
    }

    [Test]
    public void A_job_that_runs_is_not_begun_again_beside_itself_but_once_more_when_it_has_ended()
    {
        var bell = new Bell(0);
        Assert.That(bell.Begun(0), Is.True);
        Assert.That((bell.Ring(Second), bell.Ring(99 * Second)), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null)), "no worker is given what would only wait");
        Assert.That(bell.Ended(100 * Second), Is.True, "what came after it began needs another run");
        Assert.That(bell.Ring(100 * Second), Is.EqualTo(TimeSpan.Zero));
        Assert.That(bell.Begun(101 * Second), Is.True);
        Assert.That(bell.Begun(102 * Second), Is.False, "the timetable's run, while this one goes on");
        Assert.That(bell.Ended(103 * Second), Is.True);
        Assert.That(bell.Begun(104 * Second), Is.True);
        Assert.That(bell.Ended(105 * Second), Is.False, "nobody rang meanwhile");
    }

    [Test]
    public void A_job_that_rests_is_rung_for_once_for_all_that_came_while_it_ran_and_rested()
    {
        var bell = new Bell(4);
        Assert.That(bell.Ring(0), Is.EqualTo(TimeSpan.Zero), "the first waits for nothing");
        bell.Begun(0);
        Assert.That((bell.Ring(Second / 2), bell.Ring(Second)), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null)));
        Assert.That(bell.Ended(2 * Second), Is.True, "it is rung for again");
        Assert.That(bell.Ring(2 * Second), Is.EqualTo(TimeSpan.FromSeconds(8)), "four times the two seconds it ran");
        Assert.That(bell.Ring(5 * Second), Is.Null, "that ring waits already");
        bell.Begun(10 * Second);
        Assert.That(bell.Ended(11 * Second), Is.False, "nobody rang meanwhile");
        Assert.That(bell.Ring(12 * Second), Is.EqualTo(TimeSpan.FromSeconds(3)));
        bell.Begun(15 * Second);
        bell.Ended(15 * Second);
        Assert.That(bell.Ring(16 * Second), Is.EqualTo(TimeSpan.Zero), "a quick run needs no rest");
    }
}
