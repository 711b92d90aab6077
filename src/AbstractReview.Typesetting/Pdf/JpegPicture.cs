using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>A JPEG file, embedded as it is.</summary>
internal sealed class JpegPicture : Picture
{
    public override string MediaType => "image/jpeg";

    private int Components { get; init; }

    /// <summary>Adobe's four-colour files store inverted values.</summary>
    private bool Inverted { get; init; }

    public static JpegPicture Open(ReadOnlyMemory<byte> data)
    {
        var bytes = data.Span;
        var (adobe, density) = (false, 96.0);
        for (var at = 2; at + 9 < bytes.Length;)
        {
            if (bytes[at] != 0xFF) throw new InvalidDataException("The JPEG file is damaged.");
            var marker = bytes[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2) break;
            var segment = bytes[(at + 4)..Math.Min(bytes.Length, at + 2 + length)];
            if (marker == 0xEE && segment.StartsWith("Adobe"u8)) adobe = true;
            if (marker == 0xE0 && segment.Length >= 10 && segment.StartsWith("JFIF"u8)) density = Density(segment);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return segment.Length < 6 ? throw new InvalidDataException("The JPEG file is damaged.") : Frame(data, segment, adobe, density);
            at += 2 + length;
        }

        throw new InvalidDataException("The JPEG file has no picture.");
    }

    public override int Write(PdfFile file)
    {
        var entries = new ByteWriter();
        entries.Raw("/Type/XObject/Subtype/Image/BitsPerComponent 8/Width "u8).Number(Width).Raw("/Height "u8).Number(Height)
            .Raw("/ColorSpace"u8).Ascii(Components switch { 1 => "/DeviceGray", 3 => "/DeviceRGB", _ => "/DeviceCMYK" });
        if (Inverted) entries.Raw("/Decode[1 0 1 0 1 0 1 0]"u8);
        entries.Raw("/Filter/DCTDecode"u8);
        var number = file.Allocate();
        file.Stream(number, entries.Written, Source.Span, compressed: true);
        return number;
    }

    private static JpegPicture Frame(ReadOnlyMemory<byte> data, ReadOnlySpan<byte> frame, bool adobe, double density)
    {
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        int components = frame[5];
        if (frame[0] != 8 || width == 0 || height == 0 || components is not (1 or 3 or 4))
            throw new InvalidDataException("The JPEG file is of an unusual kind.");
        return new JpegPicture
        {
            Hash = Convert.ToHexString(SHA256.HashData(data.Span)),
            Source = data, Width = width, Height = height, Components = components, Inverted = adobe && components == 4, DotsPerInch = density,
        };
    }

    private static double Density(ReadOnlySpan<byte> segment)
    {
        double value = BinaryPrimitives.ReadUInt16BigEndian(segment[8..]);
        return (segment[7], value) switch
        {
            (1, >= 36 and <= 2400) => value,
            (2, >= 14 and <= 950) => value * 2.54,
            _ => 96,
        };
    }
}
