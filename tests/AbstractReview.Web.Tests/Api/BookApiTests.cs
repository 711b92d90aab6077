using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Book;
using AbstractReview.App.Jobs;
using AbstractReview.Domain;

namespace AbstractReview.Web.Tests.Api;

public sealed class BookApiTests
{
    [Test]
    public async Task An_edition_is_ordered_built_published_and_read_in_every_format()
    {
        await using var site = await Site.Open();
        using var chair = await site.Api(await site.Person([Role.Chair]));
        using var visitor = await site.Api();
        var ordered = await chair.PostAsJsonAsync("/api/v1/book/editions", new { columns = 2, without = new[] { "Indexes" }, order = "Number", doiPrefix = "10.5555" });
        Assert.That(ordered.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await site.Send(new RunLongWork());
        var job = await chair.GetFromJsonAsync<JsonElement>(ordered.Headers.Location);
        Assert.That(job.GetProperty("state").GetString(), Is.EqualTo("Done"));
        var sha256 = job.GetProperty("result").GetProperty("sha256").GetString();

        Assert.That((await visitor.GetAsync(new Uri("/api/v1/book/latest.pdf", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "it is not public yet");
        Assert.That((await chair.PostAsync(new Uri("/api/v1/book/editions/1/publish", UriKind.Relative), null)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        foreach (var (format, type) in new[] { ("pdf", "application/pdf"), ("epub", "application/epub+zip"), ("html", "text/html"), ("bib", "application/x-bibtex"), ("jats", "application/xml"), ("crossref", "application/xml") })
        {
            var file = await visitor.GetAsync(new Uri($"/api/v1/book/latest.{format}", UriKind.Relative));
            Assert.That((file.StatusCode, file.Content.Headers.ContentType!.MediaType), Is.EqualTo((HttpStatusCode.OK, type)), format);
            Assert.That(await file.Content.ReadAsByteArrayAsync(), Is.Not.Empty);
            using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/book/latest.{format}");
            again.Headers.IfNoneMatch.Add(file.Headers.ETag!);
            Assert.That((await visitor.SendAsync(again)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        }

        Assert.That((await visitor.GetAsync(new Uri("/api/v1/book/latest.pdf", UriKind.Relative))).Headers.ETag!.Tag, Is.EqualTo($"\"{sha256}\""));
        Assert.That((await visitor.GetAsync(new Uri("/api/v1/book/latest.docx", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await visitor.GetAsync(new Uri("/api/v1/book/editions/1.pdf", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var html = await visitor.GetAsync(new Uri("/api/v1/book/latest.html", UriKind.Relative));
        Assert.That(html.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'; style-src 'sha256-").And.Not.Contain("script-src"));
        Assert.That(await visitor.GetStringAsync(new Uri("/book", UriKind.Relative)), Does.Contain("/api/v1/book/latest.epub").And.Contain(sha256));
    }

    [Test]
    public async Task A_wrong_option_is_refused_by_its_name_and_strangers_are_refused()
    {
        await using var site = await Site.Open();
        var person = await site.Person([Role.Chair]);
        using var chair = await site.Api(person);
        var refused = await chair.PostAsJsonAsync("/api/v1/book/editions", new { columns = 3, isbn = "978", areas = new[] { "TA99" } });
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var text = await refused.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("columns").And.Contain("isbn").And.Contain("areas[0]"));
        using var author = await site.Api(await site.Person([Role.Author]));
        Assert.That((await author.PostAsJsonAsync("/api/v1/book/editions", new BookOptions())).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await author.PutAsJsonAsync("/api/v1/book/foreword", new { text = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await chair.PutAsJsonAsync("/api/v1/book/foreword", new { text = "A word before." })).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }
}
