using System.Buffers.Binary;

namespace AbstractReview.App.Submissions;

/// <summary>
/// A JPEG picture (ITU-T T.81, B.1) as it is drawn and nothing else. What programs put in (APPn, COM) goes, wherever it stands, and so does what
/// follows the end; but for JFIF's density, Adobe's colour transform and, of EXIF, which way is up. Profiles go too: those of screens bear their owner's name.
/// </summary>
internal static class BlindJpeg
{
    private const byte Start = 0xD8, End = 0xD9, Scan = 0xDA, Comment = 0xFE, Jfif = 0xE0, Exif = 0xE1, Adobe = 0xEE;

    /// <exception cref="ArgumentException">It breaks off before its first scan.</exception>
    /// <exception cref="InvalidDataException">It is no JPEG picture.</exception>
    public static byte[] Of(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write([0xFF, Start]);
        foreach (var (at, size, marker) in Segments(file)) Keep(kept, file.Slice(at, size), marker);
        kept.Write([0xFF, End]);
        return kept.ToArray();
    }

    /// <summary>Fills with zeros, where it stands, what <see cref="Of"/> leaves out: for a picture whose place in a larger file is fixed.</summary>
    public static void Blank(Span<byte> file)
    {
        var segments = Segments(file);
        foreach (var (at, size, marker) in segments)
            if (IsProgrammes(marker) && !Drawn(file.Slice(at, size), marker)) file.Slice(at + 4, size - 4).Clear();
        var (last, length, _) = segments[^1];
        if (last + length + 2 < file.Length) file[(last + length + 2)..].Clear();
    }

    // Every part with its marker, a scan with its data; without the start and the end.
    private static List<(int At, int Size, byte Marker)> Segments(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, Start])) throw new InvalidDataException("This is no JPEG picture.");
        var segments = new List<(int, int, byte)>();
        for (var at = 2; at + 4 <= file.Length && file[at + 1] != End;)
        {
            if (file[at] != 0xFF) throw new InvalidDataException("A marker was expected.");
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            var size = 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (marker == Scan) size += Scanned(file[(at + size)..]);
            _ = file.Slice(at, size);
            segments.Add((at, size, marker));
            at += size;
        }

        return segments.Exists(s => s.Item3 == Scan) ? segments : throw new ArgumentException("It breaks off before its first scan.", nameof(file));
    }

    // Up to the next marker that is neither a stuffed byte nor a restart; a picture that breaks off ends there.
    private static int Scanned(ReadOnlySpan<byte> data)
    {
        for (var i = 0; i + 1 < data.Length; i++)
            if (data[i] == 0xFF && data[i + 1] is not (0 or (>= 0xD0 and <= 0xD7) or 0xFF)) return i;
        return data.Length;
    }

    private static bool IsProgrammes(byte marker) => marker is (>= 0xE0 and <= 0xEF) or Comment;

    private static bool Drawn(ReadOnlySpan<byte> segment, byte marker)
        => (marker == Jfif && segment.Length is >= 18 and < 20 && segment[4..].StartsWith("JFIF\0"u8)) || (marker == Adobe && segment.Length <= 16 && segment[4..].StartsWith("Adobe"u8));

    private static void Keep(MemoryStream kept, ReadOnlySpan<byte> segment, byte marker)
    {
        if (!IsProgrammes(marker)) kept.Write(segment);
        // Without the thumbnail, which may show what was cut off.
        else if (marker == Jfif && segment.Length >= 18 && segment[4..].StartsWith("JFIF\0"u8)) kept.Write([0xFF, Jfif, 0, 16, .. segment[4..16], 0, 0]);
        else if (marker == Adobe && segment.Length >= 16 && segment[4..].StartsWith("Adobe"u8)) kept.Write([0xFF, Adobe, 0, 14, .. segment[4..16]]);
        else if (marker == Exif && segment[4..].StartsWith("Exif\0\0"u8) && WayUp(segment[10..]) is { } up)
            kept.Write([0xFF, Exif, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0"u8, up, 0, 0, 0, 0, 0, 0]);
    }

    // Tag 0x0112 of the first directory (TIFF 6.0; EXIF 2.3, 4.6.4); null where it is upright or not told.
    private static byte? WayUp(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return null;
        var little = tiff[0] == (byte)'I';
        ushort Short(ReadOnlySpan<byte> at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        var first = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (first > tiff.Length - 2) return null;
        var directory = tiff[(int)first..];
        for (var (i, count) = (0, (int)Short(directory)); i < count && directory.Length >= 14 + i * 12; i++)
            if (Short(directory[(2 + i * 12)..]) == 0x0112)
                return Short(directory[(10 + i * 12)..]) is >= 2 and <= 8 and var up ? (byte)up : null;
        return null;
    }
}
