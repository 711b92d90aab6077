using System.IO.Compression;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>A stream's data as the filter FlateDecode wants it.</summary>
internal static class Deflated
{
    public static byte[] Bytes(ReadOnlySpan<byte> data)
    {
        using var target = new MemoryStream(data.Length / 2 + 64);
        Write(data, target);
        return target.ToArray();
    }

    public static void Write(ReadOnlySpan<byte> data, MemoryStream target, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var zlib = new ZLibStream(target, level, leaveOpen: true);
        zlib.Write(data);
    }
}
