using System.Net;
using System.Net.Http.Json;

namespace AbstractReview.Web.Tests.Api;

public class AttachmentsApiTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, 1, 2, 3];

    [Test]
    public async Task A_file_is_put_read_back_as_an_attachment_and_removed()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        await api.PostAsJsonAsync("/api/v1/submissions", SubmissionsApiTests.Body());

        var put = await api.PutAsync("/api/v1/submissions/1/attachment?position=2&name=../..%2Ffigure%0D%0AX.exe", new ByteArrayContent(Pdf));
        var read = await api.GetAsync("/api/v1/submissions/1/attachment?position=2");
        var removed = await api.DeleteAsync("/api/v1/submissions/1/attachment?position=2");

        Assert.That((put.StatusCode, read.Content.Headers.ContentType?.MediaType, read.Content.Headers.ContentDisposition?.DispositionType, read.Content.Headers.ContentDisposition?.FileName, read.Headers.GetValues("X-Content-Type-Options").Single()),
            Is.EqualTo((HttpStatusCode.OK, "application/pdf", "attachment", "figureX.pdf", "nosniff")));
        Assert.That(await read.Content.ReadAsByteArrayAsync(), Is.EqualTo(Pdf));
        Assert.That((removed.StatusCode, (await api.GetAsync("/api/v1/submissions/1/attachment?position=2")).StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task What_a_file_is_called_does_not_make_it_a_picture()
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        await api.PostAsJsonAsync("/api/v1/submissions", SubmissionsApiTests.Body());

        var answer = await api.PutAsync("/api/v1/submissions/1/attachment?name=picture.png", new ByteArrayContent("<script>"u8.ToArray()));

        Assert.That((answer.StatusCode, (string?)(await SubmissionsApiTests.Json(answer))["errors"]![0]!["field"]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "file")));
    }

    [TestCase(0)]
    [TestCase(3)]
    public async Task There_are_two_places(int position)
    {
        await using var site = await Site.Open();
        var api = await site.Api(await site.Person([]));
        await api.PostAsJsonAsync("/api/v1/submissions", SubmissionsApiTests.Body());

        Assert.That((await api.PutAsync($"/api/v1/submissions/1/attachment?position={position}", new ByteArrayContent(Pdf))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task A_file_over_the_limit_is_refused()
    {
        await using var site = await Site.Open(c => c with { Limits = c.Limits with { AttachmentBytes = 10 } });
        var api = await site.Api(await site.Person([]));
        await api.PostAsJsonAsync("/api/v1/submissions", SubmissionsApiTests.Body());

        Assert.That((await api.PutAsync("/api/v1/submissions/1/attachment", new ByteArrayContent(Pdf))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }
}
