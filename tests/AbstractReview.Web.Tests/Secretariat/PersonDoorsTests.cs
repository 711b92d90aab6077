using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Audit;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Api;
using AbstractReview.Web.Tests.Submissions;

namespace AbstractReview.Web.Tests.Secretariat;

/// <summary>A person's data handed over and taken out, on the secretariat's page and by the API.</summary>
public sealed class PersonDoorsTests
{
    [Test]
    public async Task The_secretariat_erases_somebody_once_the_address_is_typed_again()
    {
        await using var site = await Site.Open();
        var person = await site.Person([Role.Author]);
        var visit = await Visit.By(site, await site.Person([Role.Secretariat]));
        var page = $"/secretariat/people/{person.PersonId}";

        var slip = await visit.Send(page, [("Confirm", "somebody@else.example")]);
        var after = await site.One<string>("select Email from Person where Id = @PersonId", person);
        var erased = await visit.Send(page, [("Confirm", person.Words.ToUpperInvariant())]);

        Assert.That((slip.Status, after), Is.EqualTo((HttpStatusCode.UnprocessableEntity, person.Words)));
        Assert.That(slip.Page, Does.Contain("Type the address of the account to erase it.").And.Contain("value=\"somebody@else.example\""));
        Assert.That((erased.Status, erased.Location), Is.EqualTo((HttpStatusCode.Found, "/secretariat/people")));
        Assert.That(await visit.Read("/secretariat/people"), Does.Contain($"Erased person {person.PersonId}: nothing of theirs is in print.").And.Not.Contain(person.Words));
        Assert.That(await site.One<int>("select count(*) from Person where Email = @Words", person), Is.Zero);
        Assert.That(await site.Send(new CheckInvariants()), Is.Empty);
    }

    [Test]
    public async Task The_page_hands_over_everything_as_a_file_and_only_to_the_secretariat()
    {
        await using var site = await Site.Open();
        var (person, other) = (await site.Person([Role.Author]), await site.Person([Role.Author]));
        var page = $"/secretariat/people/{person.PersonId}?handler=Data";

        using var file = await (await Visit.By(site, await site.Person([Role.Secretariat]))).Get(page);
        using var refused = await (await Visit.By(site, other)).Get(page);

        Assert.That((file.StatusCode, file.Content.Headers.ContentDisposition?.FileName), Is.EqualTo((HttpStatusCode.OK, $"person-{person.PersonId}.json")));
        Assert.That((await file.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("account")[0].GetProperty("Email").GetString(), Is.EqualTo(person.Words));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Found).Or.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task By_the_API_a_person_reads_their_own_data_and_the_secretariat_erases()
    {
        await using var site = await Site.Open();
        var (person, other, secretariat) = (await site.Person([Role.Author]), await site.Person([Role.Author]), await site.Person([Role.Secretariat]));
        using var own = await site.Api(person);
        await own.PostAsJsonAsync("/api/v1/submissions?submit=true", SubmissionsApiTests.Body());
        var path = $"/api/v1/people/{person.PersonId}";

        var data = await own.GetFromJsonAsync<JsonElement>($"{path}/data");
        var others = (await (await site.Api(other)).GetAsync($"{path}/data")).StatusCode;
        var slip = (await own.DeleteAsync(path)).StatusCode;
        var erased = await (await site.Api(secretariat)).DeleteAsync(path);

        Assert.That((data.GetProperty("account")[0].GetProperty("Email").GetString(), data.GetProperty("submissions").GetArrayLength()), Is.EqualTo((person.Words, 1)));
        Assert.That((others, slip), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
        Assert.That((erased.StatusCode, (await erased.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString()), Is.EqualTo((HttpStatusCode.OK, $"Erased person {person.PersonId}")));
        Assert.That((await own.GetAsync("/api/v1/submissions")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "the token ended with the account");
        Assert.That(await site.Send(new CheckInvariants()), Is.Empty);
    }
}
