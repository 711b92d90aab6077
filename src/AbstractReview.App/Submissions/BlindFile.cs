using System.Buffers.Binary;
using AbstractReview.Domain;

namespace AbstractReview.App.Submissions;

/// <summary>
/// A file for who may not know its authors. A PDF is written anew from its pages alone: document information, XMP, comments, embedded files and earlier
/// revisions stay behind. Pictures, those in a PDF too, lose their comments, EXIF, profiles and what follows their end. What the pages themselves say is the author's to keep blind.
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
                "application/pdf" => BlindPdf.Of(file),
                "image/png" => Png(file),
                "image/jpeg" => BlindJpeg.Of(file),
                _ => throw new NotSupportedException(mediaType),
            };
        }
        // A damaged or locked file fails in many ways; in none may it be handed out as it is.
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            throw new NotFoundException("This file cannot be shown without what it tells of its authors. Ask the secretariat.");
        }
    }

    // PNG (third edition, 5.3): a signature of eight bytes, then chunks of length, name, data and check sum.
    private static byte[] Png(byte[] file)
    {
        using var kept = new MemoryStream();
        kept.Write(file, 0, 8);
        for (var at = 8; at < file.Length;)
        {
            var size = checked(12 + (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at, 4)));
            var name = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            if (name is "IHDR" or "PLTE" or "IDAT" or "IEND" or "tRNS" or "gAMA" or "cHRM" or "sRGB" or "sBIT" or "bKGD" or "pHYs") kept.Write(file, at, size);
            if (name == "IEND") break;
            at += size;
        }

        return kept.ToArray();
    }
}
