using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Tests.Call;

public class ImportConferenceTests
{
    [Test]
    public async Task An_import_is_audited_and_the_chain_of_hashes_holds()
    {
        await using var conf = await TestConference.Open();
        await conf.Person(Role.Chair);

        var entries = await conf.All<AuditEntry>("select * from AuditEntry order by Id");

        Assert.That(entries.Select(e => e.Action), Is.EqualTo(new[] { "conference.imported", "person.added" }));
        Assert.That(entries.Select(e => e.Hash), Is.EqualTo(entries.Select(e => e.ComputeHash())));
        Assert.That(entries[1].PreviousHash, Is.EqualTo(entries[0].Hash));
    }

    [Test]
    public async Task The_blind_mode_is_locked_once_the_call_is_open()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        var document = await conf.One<string>("select Document from Conference");

        var refusal = Assert.ThrowsAsync<RuleBrokenException>(() => conf.Send(new ImportConference(document!.Replace("\"Double\"", "\"None\""), chair)));

        Assert.That(refusal!.Errors.Select(e => e.Field), Is.EqualTo(new[] { "review.blind" }));
        Assert.That(ConferenceFile.Read((await conf.One<string>("select Document from Conference"))!).Review.Blind, Is.EqualTo(Blindness.Double));
    }

    [Test]
    public async Task An_author_may_not_change_the_call()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person();
        var document = await conf.One<string>("select Document from Conference");

        Assert.ThrowsAsync<NotAllowedException>(() => conf.Send(new ImportConference(document!, author)));
    }
}
