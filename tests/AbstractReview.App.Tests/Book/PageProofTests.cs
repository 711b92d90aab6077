using AbstractReview.App.Book;
using AbstractReview.Domain;

namespace AbstractReview.App.Tests.Book;

public sealed class PageProofTests
{
    [Test]
    public async Task The_proof_is_for_who_may_see_the_authors_and_the_same_each_time()
    {
        await using var conf = await TestConference.Open();
        var number = await conf.Accept(AcceptedSamples.Sample[0]);
        var secretariat = await conf.Person(Role.Secretariat);
        var first = await conf.Send(new PageProof(number, secretariat));
        Assert.That((await conf.Send(new PageProof(number, secretariat))).Pdf.Sha256, Is.EqualTo(first.Pdf.Sha256));
        Assert.That(first.Warnings, Has.All.Contains("look like one institution."));
        var stranger = await conf.Person(Role.Author);
        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new PageProof(number, stranger)));
    }
}
