namespace AbstractReview.Typesetting.Pdf;

/// <summary>A picture ready to be embedded.</summary>
internal abstract class Picture
{
    public required string Hash { get; init; }

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Points at the picture's own resolution, or at 96 dpi when it gives none.</summary>
    public double NaturalWidth => Width * 72.0 / DotsPerInch;

    public double DotsPerInch { get; init; } = 96;

    /// <summary>Writes the image and returns its object number.</summary>
    public abstract int Write(PdfFile file);

    /// <exception cref="InvalidDataException">Neither JPEG nor PNG, or damaged.</exception>
    public static Picture Read(ReadOnlyMemory<byte> data)
    {
        var bytes = data.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) return JpegPicture.Open(data);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return PngPicture.Open(data);
        throw new InvalidDataException("The picture is neither JPEG nor PNG.");
    }
}
