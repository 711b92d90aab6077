using System.Net;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Submissions;

namespace AbstractReview.Web.Tests.Secretariat;

public class SecretariatPagesTests
{
    [TestCase("people"), TestCase("forms"), TestCase("call"), TestCase("mail"), TestCase("audit")]
    public async Task The_secretariat_reads_it_and_an_author_does_not(string page)
    {
        await using var site = await Site.Open();
        var secretariat = await Visit.By(site, await site.Person([Role.Secretariat]));
        var author = await Visit.By(site, await site.Person([]));

        Assert.That(await secretariat.Read($"/secretariat/{page}"), Does.Contain($"<a href=\"/secretariat/{page}\" aria-current=\"page\">"));
        Assert.That(await author.Read($"/secretariat/{page}"), Does.Not.Contain("aria-label=\"Secretariat\""));
    }

    [Test]
    public async Task The_secretariat_adds_an_area_chair()
    {
        await using var site = await Site.Open();
        var visit = await Visit.By(site, await site.Person([Role.Secretariat]));

        var refused = await visit.Send("/secretariat/people", [("Form.Email", "new"), ("Form.FamilyName", "Newman"), ("Form.Role", "Author")]);
        var added = await visit.Send("/secretariat/people", [("Form.Email", "new@b.example"), ("Form.FamilyName", "Newman"), ("Form.Role", "AreaChair"), ("Form.Areas", "TA3")]);

        Assert.That((refused.Status, added.Status), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found)));
        Assert.That(refused.Page, Does.Contain("href=\"#Form_Email\""));
        Assert.That(await visit.Read(added.Location!), Does.Contain("Area chair TA3"));
    }
}
