using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.App.Tests.Reviews;
using AbstractReview.Domain;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Submissions;

public partial class BlindFileTests
{
    [TestCase("application/pdf")]
    [TestCase("image/png")]
    [TestCase("image/jpeg")]
    public async Task A_reviewer_of_a_double_blind_call_gets_a_file_without_what_it_tells_of_its_author(string mediaType)
    {
        await using var conf = await TestConference.Open();
        var (author, reviewer) = (await conf.Person(), await conf.Reviewer());
        var number = await conf.Submission(author);
        await conf.Assign(number, reviewer);
        var file = mediaType switch { "application/pdf" => Pdf(), "image/png" => Png(), _ => Jpeg() };
        await Attach(conf, number, file, mediaType);

        var own = await conf.Send(new ReadAttachment(number, 1, author));
        Assert.That((own.Bytes, own.FileName), Is.EqualTo((file, "zorn-final.bin")));
        Assert.That(Latin(own.Bytes), Does.Contain("Zorn"), "there is something to leak");

        var blind = await conf.Send(new ReadAttachment(number, 1, reviewer));
        Assert.That(Latin(blind.Bytes), Does.Not.Contain("Zorn"));
        Assert.That(blind.FileName, Does.StartWith("attachment-1."));
        Assert.That(Latin(blind.Bytes), Does.Contain("PIXELS"));
        if (mediaType == "application/pdf") Assert.That(PdfDocument.Open(blind.Bytes).GetPage(1) is { Text: "Sources", NumberOfImages: 1 });
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_picture_stays_the_way_up_it_was_and_keeps_nothing_else_of_its_camera(bool little)
    {
        byte[] tag = little ? [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0] : [1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
        byte[] exif = [.. "Exif\0\0"u8, .. little ? "II*\0\u0008\0\0\0\u0001\0"u8 : "MM\0*\0\0\0\u0008\0\u0001"u8, .. tag, 0, 0, 0, 0, .. "Zorn's camera"u8];
        byte[] file = [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, 0xFF, 0xDA, 0, 2, .. "PIXELS"u8, 0xFF, 0xD9, .. "trailing Zorn"u8];

        byte[] upright = [.. "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"u8];
        Assert.That(BlindFile.Of(file, "image/jpeg"), Is.EqualTo((byte[])[0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. upright, 0xFF, 0xDA, 0, 2, .. "PIXELS"u8, 0xFF, 0xD9]));
    }

    [Test]
    public void A_file_that_its_author_locked_against_changes_is_read_by_everybody()
    {
        var blind = BlindFile.Of(Convert.FromBase64String(Locked), "application/pdf");

        Assert.That(PdfDocument.Open(blind).GetPage(1).Text, Is.EqualTo("Sources"));
        Assert.That(Latin(blind), Does.Not.Contain("Zorn"));
        var streams = Stream().Matches(Latin(blind));
        Assert.That(streams, Is.Not.Empty);
        foreach (Match stream in streams)
            Assert.That(Latin(blind)[(stream.Index + stream.Length + int.Parse(stream.Groups[1].ValueSpan, CultureInfo.InvariantCulture))..].TrimStart(), Does.StartWith("endstream"), "each stream is as long as it says");
    }

    [GeneratedRegex(@"/Length (\d+)[^>]*>>\s*stream\n")]
    private static partial Regex Stream();

    [Test]
    public async Task A_damaged_file_is_not_handed_out_as_it_is()
    {
        await using var conf = await TestConference.Open();
        var (author, reviewer) = (await conf.Person(), await conf.Reviewer());
        var number = await conf.Submission(author);
        await conf.Assign(number, reviewer);
        await Attach(conf, number, [.. "%PDF-1.7 by Zorn"u8], "application/pdf");

        Assert.ThrowsAsync<NotFoundException>(() => conf.Send(new ReadAttachment(number, 1, reviewer)));
    }

    private static async Task Attach(TestConference conf, int number, byte[] file, string mediaType)
    {
        await using var scope = conf.Services.CreateAsyncScope();
        var sha256 = await scope.ServiceProvider.GetRequiredService<IFiles>().Put(file, default);
        await conf.Run("""
            insert into Attachment (SubmissionNumber, Position, FileName, MediaType, Size, Sha256, AddedAt)
            values (@number, 1, 'zorn-final.bin', @mediaType, @size, @sha256, @now)
            """, new { number, mediaType, size = file.Length, sha256, now = conf.Clock.GetUtcNow() });
    }

    private static string Latin(byte[] file) => Encoding.Latin1.GetString(file);

    /// <summary>
    /// One page that says "Sources" and shows a picture; information, XMP and a comment name Zorn, and so do the picture's XMP and EXIF, where it lay,
    /// and what a drawing program noted.
    /// </summary>
    private static byte[] Pdf()
    {
        var picture = Latin(Jpeg());
        const string xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Zorn</dc:creator></x:xmpmeta>";
        const string content = "BT /F1 12 Tf 10 10 Td (Sources) Tj ET q 9 0 0 9 0 0 cm /I1 Do Q";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /PieceInfo << /Draw << /LastModified (D:2019) /Private 10 0 R >> >> /Resources << /Font << /F1 7 0 R >> /XObject << /I1 9 0 R >> >> /Contents 6 0 R /Annots [8 0 R] >>", "<< /Author (Zorn) /Title (By Zorn) >>",
            $"<< /Type /Metadata /Subtype /XML /Length {xmp.Length} >>\nstream\n{xmp}\nendstream", $"<< /Length 13 0 R >>\nstream\n{content}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Zorn) /Contents (Mine) >>",
            $"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Metadata 11 0 R /OPI << /2.0 << /F (C:\\\\Zorn\\\\map.jpg) >> >> /PieceInfo << /Draw << /Private 10 0 R >> >> /Length {picture.Length} >>\nstream\n{picture}\nendstream",
            "<< /Owner (Zorn) /Data 12 0 R >>", $"<< /Type /Metadata /Subtype /XML /Length {xmp.Length} >>\nstream\n{xmp}\nendstream", "<< /Length 7 >>\nstream\nof Zorn\nendstream", $"{content.Length}",
        ];
        var (text, offsets) = (new StringBuilder("%PDF-1.4\n"), new List<int>());
        foreach (var (i, body) in objects.Index())
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{body}\nendobj\n");
        }

        var start = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => $"{o:D10} 00000 n \n"))}trailer\n<< /Size {objects.Length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] Png()
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (name, data) in new[] { ("IHDR", "0123456789012"), ("tEXt", "Author\0Zorn"), ("eXIf", "by Zorn"), ("IDAT", "PIXELS"), ("IEND", ""), ("IDAT", "Zorn") })
        {
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(Encoding.Latin1.GetBytes(name + data + "sums"));
        }

        return file.ToArray();
    }

    private static byte[] Jpeg()
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        foreach (var (marker, data) in new (byte, string)[] { (0xE0, "JFIF\0"), (0xE1, "Exif\0\0Zorn"), (0xED, "IPTC Zorn"), (0xE2, "ICC_PROFILE\0Zorn's screen"), (0xFE, "by Zorn"), (0xDB, "table") })
        {
            file.Write([0xFF, marker, 0, (byte)(data.Length + 2)]);
            file.Write(Encoding.Latin1.GetBytes(data));
        }

        // A second scan with a comment before it, as progressive pictures may have, and something after the end.
        file.Write([0xFF, 0xDA, 0, 2, .. "PIXELS"u8, 0xFF, 0, 0xFF, 0xD0, .. "MORE"u8, 0xFF, 0xFE, 0, 6, .. "Zorn"u8, 0xFF, 0xDA, 0, 2, .. "SECOND"u8, 0xFF, 0xD9, .. "Zorn"u8]);
        return file.ToArray();
    }

    /// <summary>The same page by Zorn, locked by AES with an empty password to open it and another to change it (made by qpdf).</summary>
    private const string Locked =
        "JVBERi0xLjYKJb/3ov4KMSAwIG9iago8PCAvUGFnZXMgMyAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0F1dGhvciA8NDZiOTcwNTRmY2ZiNjYwODhiM2I3YjZjYjVmOTMxNDA4YjU4" +
        "MGUyNTc4YWJmNTQyYjhhYmNkYTg0YTJiNjdmMj4gPj4KZW5kb2JqCjMgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyA0IDAgUiBdIC9UeXBlIC9QYWdlcyA+PgplbmRvYmoKNCAwIG9iago8PCAvQ29udGVudHMg" +
        "NSAwIFIgL01lZGlhQm94IFsgMCAwIDIwMCAyMDAgXSAvUGFyZW50IDMgMCBSIC9SZXNvdXJjZXMgPDwgL0ZvbnQgPDwgL0YxIDYgMCBSID4+ID4+IC9UeXBlIC9QYWdlID4+CmVuZG9iago1IDAgb2JqCjw8IC9M" +
        "ZW5ndGggNjQgL0ZpbHRlciAvRmxhdGVEZWNvZGUgPj4Kc3RyZWFtCrzpTnYOil8x7r9Q7LMn6BvGoM832mXKKsQveimlktnB4kj0v+6SwmL6uHqJjdq0TIEpeoGROeV8Euzc2Vz3RUplbmRzdHJlYW0KZW5kb2Jq" +
        "CjYgMCBvYmoKPDwgL0Jhc2VGb250IC9IZWx2ZXRpY2EgL1N1YnR5cGUgL1R5cGUxIC9UeXBlIC9Gb250ID4+CmVuZG9iago3IDAgb2JqCjw8IC9DRiA8PCAvU3RkQ0YgPDwgL0F1dGhFdmVudCAvRG9jT3BlbiAv" +
        "Q0ZNIC9BRVNWMiAvTGVuZ3RoIDE2ID4+ID4+IC9GaWx0ZXIgL1N0YW5kYXJkIC9MZW5ndGggMTI4IC9PIDw1NjZmYTg3M2VlMzNjNzk3Y2QzYjkwNGZkYWRmODE0YWZhMzRkZjlhMzhmNmVkNDFiOTg0ZTJjNmRh" +
        "MmFhNmY1PiAvUCAtNCAvUiA0IC9TdG1GIC9TdGRDRiAvU3RyRiAvU3RkQ0YgL1UgPDZjZWM2ZGQ2ODY2NTdiZWQwODFjMmE3OTFjZDc5NjNmMDEyMjQ1NmE5MWJhZTUxMzQyNzNhNmRiMTM0Yzg3YzQ+IC9WIDQg" +
        "Pj4KZW5kb2JqCnhyZWYKMCA4CjAwMDAwMDAwMDAgNjU1MzUgZiAKMDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMDY0IDAwMDAwIG4gCjAwMDAwMDAxNjAgMDAwMDAgbiAKMDAwMDAwMDIxOSAwMDAwMCBuIAow" +
        "MDAwMDAwMzQ3IDAwMDAwIG4gCjAwMDAwMDA0ODEgMDAwMDAgbiAKMDAwMDAwMDU1MSAwMDAwMCBuIAp0cmFpbGVyIDw8IC9JbmZvIDIgMCBSIC9Sb290IDEgMCBSIC9TaXplIDggL0lEIFs8YzMxY2ZmNTFhNWE3" +
        "Y2I0ODZjNjYxOTA2NTM4N2IwNWU+PGMzMWNmZjUxYTVhN2NiNDg2YzY2MTkwNjUzODdiMDVlPl0gL0VuY3J5cHQgNyAwIFIgPj4Kc3RhcnR4cmVmCjg1MAolJUVPRgo=";
}
