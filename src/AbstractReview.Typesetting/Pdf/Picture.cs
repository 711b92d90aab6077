using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>A picture ready to be embedded.</summary>
internal abstract class Picture
{
    private static readonly ConditionalWeakTable<byte[], Picture> Known = [];

    public required string Hash { get; init; }

    /// <summary>The file as it came.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>Such as <c>image/png</c>.</summary>
    public abstract string MediaType { get; }

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Points at the picture's own resolution, or at 96 dpi when it gives none.</summary>
    public double NaturalWidth => Width * 72.0 / DotsPerInch;

    public double DotsPerInch { get; init; } = 96;

    /// <summary>Writes the image and returns its object number.</summary>
    public abstract int Write(PdfFile file);

    /// <summary>Reads a picture; one that many documents show (a letterhead's) is read once for as long as its bytes are held.</summary>
    /// <param name="data">Never changed afterwards.</param>
    /// <exception cref="InvalidDataException">Neither JPEG nor PNG, or damaged.</exception>
    public static Picture Read(ReadOnlyMemory<byte> data)
        => MemoryMarshal.TryGetArray(data, out var whole) && whole.Array is { } bytes && whole.Count == bytes.Length ? Known.GetValue(bytes, static file => Open(file)) : Open(data);

    private static Picture Open(ReadOnlyMemory<byte> data)
    {
        var bytes = data.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) return JpegPicture.Open(data);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return PngPicture.Open(data);
        throw new InvalidDataException("The picture is neither JPEG nor PNG.");
    }
}
