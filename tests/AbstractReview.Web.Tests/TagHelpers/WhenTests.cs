using AbstractReview.Web.Pages.Shell;
using AbstractReview.Web.Pages.TagHelpers;
using Microsoft.Extensions.Time.Testing;

namespace AbstractReview.Web.Tests.TagHelpers;

public sealed class WhenTests
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
    private static readonly DateTimeOffset Deadline = new(2027, 3, 1, 22, 59, 0, TimeSpan.Zero);

    private static WhenTagHelper When(DateTimeOffset? at, DateTimeOffset now = default) => new(new FakeTimeProvider(now == default ? Deadline : now))
    {
        At = at,
        ViewContext = new Rendering().View(ShellModel.Bare with { Zone = Vienna }),
    };

    [Test]
    public async Task An_instant_is_told_in_the_zone_of_the_conference_and_marked_for_machines() => Assert.That(
        await Rendering.Markup(When(Deadline)),
        Is.EqualTo("""<time datetime="2027-03-01T22:59:00Z" data-when="60">1 March 2027, 23:59 (Vienna time, UTC&#x2B;1)</time>"""));

    [Test]
    public async Task Nothing_is_written_for_no_instant() => Assert.That(await Rendering.Markup(When(null)), Is.Empty);

    [Test]
    public async Task The_time_left_comes_from_the_clock_of_the_server()
    {
        var helper = When(Deadline, Deadline.AddDays(-3).AddHours(-4));
        helper.Left = true;
        Assert.That(await Rendering.Markup(helper), Is.EqualTo("""<time datetime="2027-03-01T22:59:00Z" data-left="2027-02-26T18:59:00Z">3 days 4 hours left</time>"""));
    }

    // The hour that happens twice when summer time ends is told apart by its offset.
    [TestCase("2027-10-31T00:30:00Z", "31 October 2027, 02:30 (Vienna time, UTC+2)")]
    [TestCase("2027-10-31T01:30:00Z", "31 October 2027, 02:30 (Vienna time, UTC+1)")]
    public void The_repeated_hour_is_told_by_its_offset(string at, string words) =>
        Assert.That(WhenTagHelper.Words(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Vienna, WhenStyle.Full), Is.EqualTo(words));

    [TestCase("Asia/Kathmandu", "2 March 2027, 04:44 (Kathmandu time, UTC+5:45)")]
    [TestCase("Pacific/Kiritimati", "2 March 2027, 12:59 (Kiritimati time, UTC+14)")]
    [TestCase("America/St_Johns", "1 March 2027, 19:29 (St Johns time, UTC−3:30)")]
    [TestCase("UTC", "1 March 2027, 22:59 (UTC)")]
    public void Zones_of_odd_offsets_are_told_right(string zone, string words) =>
        Assert.That(WhenTagHelper.Words(Deadline, TimeZoneInfo.FindSystemTimeZoneById(zone), WhenStyle.Full), Is.EqualTo(words));

    [TestCase(20 * 86400, "20 days")]
    [TestCase(86400 + 3600, "1 day 1 hour")]
    [TestCase(2 * 3600, "2 hours")]
    [TestCase(3600 + 59 * 60 + 59, "1 hour 59 minutes")]
    [TestCase(60, "1 minute")]
    [TestCase(59, "less than a minute")]
    public void A_span_is_told_in_its_two_largest_units(int seconds, string words) =>
        Assert.That(WhenTagHelper.SpanWords(TimeSpan.FromSeconds(seconds)), Is.EqualTo(words));
}
