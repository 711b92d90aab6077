using System.Buffers.Binary;
using AbstractReview.Domain;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Writer;

namespace AbstractReview.App.Submissions;

/// <summary>
/// A file for who may not know its authors. A PDF is written anew from its pages alone: document information, XMP, comments, embedded files and earlier
/// revisions stay behind. Pictures lose their comments and EXIF. What the pages themselves say is the author's to keep blind.
/// </summary>
internal static class BlindFile
{
    /// <exception cref="NotFoundException">It cannot be told apart from what it says of its authors.</exception>
    public static byte[] Of(byte[] file, string mediaType)
    {
        try
        {
            return mediaType switch
            {
                "application/pdf" => Pdf(file),
                "image/png" => Png(file),
                "image/jpeg" => Jpeg(file),
                _ => throw new NotSupportedException(mediaType),
            };
        }
        // A damaged or locked file fails in many ways; in none may it be handed out as it is.
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            throw new NotFoundException("This file cannot be shown without what it tells of its authors. Ask the secretariat.");
        }
    }

    private static byte[] Pdf(byte[] file)
    {
        using var source = PdfDocument.Open(file);
        using var target = new PdfDocumentBuilder { IncludeDocumentInformation = false };
        for (var page = 1; page <= source.NumberOfPages; page++) target.AddPage(source, page, new PdfDocumentBuilder.AddPageOptions { KeepAnnotations = false });
        return target.Build();
    }

    // PNG (third edition, 5.3): a signature of eight bytes, then chunks of length, name, data and check sum.
    private static byte[] Png(byte[] file)
    {
        using var kept = new MemoryStream();
        kept.Write(file, 0, 8);
        for (var at = 8; at < file.Length;)
        {
            var size = checked(12 + (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at, 4)));
            if (System.Text.Encoding.ASCII.GetString(file, at + 4, 4) is "IHDR" or "PLTE" or "IDAT" or "IEND" or "tRNS" or "gAMA" or "cHRM" or "sRGB" or "sBIT" or "bKGD" or "pHYs") kept.Write(file, at, size);
            at += size;
        }

        return kept.ToArray();
    }

    // JPEG (ITU-T T.81, B.1): markers with a length before the scan. What programs put in (APPn, COM) goes, but for JFIF, colour profile and Adobe's transform.
    private static byte[] Jpeg(byte[] file)
    {
        using var kept = new MemoryStream();
        kept.Write(file, 0, 2);
        for (var at = 2; ;)
        {
            if (file[at] != 0xFF) throw new InvalidDataException("A marker was expected.");
            var marker = file[at + 1];
            if (marker is 0xDA)
            {
                kept.Write(file, at, file.Length - at);
                return kept.ToArray();
            }

            var size = 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2, 2));
            if (marker is 0xE0 or 0xE2 or 0xEE or not ((>= 0xE0 and <= 0xEF) or 0xFE)) kept.Write(file, at, size);
            at += size;
        }
    }
}
