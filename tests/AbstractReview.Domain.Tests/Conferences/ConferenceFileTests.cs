using System.Text.Json.Nodes;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.Domain.Tests.Conferences;

public class ConferenceFileTests
{
    private static readonly string Sample = File.ReadAllText(Repository.SampleConference);

    [Test]
    public void The_sample_has_all_eleven_areas_and_their_topics()
    {
        var conference = ConferenceFile.Read(Sample);

        Assert.That(conference.Areas.Select(a => a.Code), Is.EqualTo(new[] { "TA1", "TA2", "TA3", "TA4", "TA5", "TA6", "TA7", "TA8", "TA9", "TA10", "SS" }));
        Assert.That(conference.Areas.Sum(a => a.Topics.Count), Is.EqualTo(60));
        Assert.That(conference.Programme.Sessions.Count(s => s is { Kind: SessionKind.ThematicSession, PanelMinutes: > 0 }), Is.EqualTo(10));
    }

    [Test]
    public void What_is_written_reads_back_the_same()
        => Assert.That(ConferenceFile.Write(ConferenceFile.Read(ConferenceFile.Write(ConferenceFile.Read(Sample)))), Is.EqualTo(ConferenceFile.Write(ConferenceFile.Read(Sample))));

    [Test]
    public void A_duplicate_area_code_is_named()
        => Refused(c => c["areas"]![3]!["code"] = "TA1", "areas[3].code");

    [Test]
    public void An_unknown_zone_is_named()
        => Refused(c => c["zone"] = "Africa/Nowhere", "zone");

    [Test]
    public void A_deadline_before_the_call_opens_is_named()
        => Refused(c => c["dates"]!["submissionDeadline"] = "2019-01-01T00:00:00", "dates.submissionDeadline");

    [Test]
    public void Two_sessions_in_one_room_at_one_time_are_named()
        => Refused(c => c["programme"]!["sessions"]![2]!["start"] = "2019-10-01T10:00:00", "programme.sessions[2].room");

    [Test]
    public void A_wrong_type_is_named_by_path_and_line()
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => ConferenceFile.Read(Sample.Replace("\"titleCharacters\": 200", "\"titleCharacters\": \"many\"", StringComparison.Ordinal)));

        Assert.That(refusal!.Errors.Single().Field, Is.EqualTo("limits.titleCharacters"));
        Assert.That(refusal.Message, Does.StartWith("line "));
    }

    [Test]
    public void An_unknown_field_is_refused()
        => Refused(c => c["titel"] = "x", "titel");

    [Test]
    public void A_missing_field_is_named()
    {
        var json = JsonNode.Parse(Sample)!;
        json.AsObject().Remove("zone");

        Assert.That(Assert.Throws<RuleBrokenException>(() => ConferenceFile.Read(json.ToJsonString()))!.Message, Does.Contain("zone"));
    }

    private static void Refused(Action<JsonNode> change, string field)
    {
        var json = JsonNode.Parse(Sample)!;
        change(json);

        var refusal = Assert.Throws<RuleBrokenException>(() => ConferenceFile.Read(json.ToJsonString()));

        Assert.That(refusal!.Errors.Select(e => e.Field), Does.Contain(field));
    }
}
