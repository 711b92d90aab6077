using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>A PNG file (W3C, third edition), decoded to grey or colour samples of 8 bits and, where it has one, an alpha channel.</summary>
internal sealed class PngPicture : Picture
{
    private const long MaximumPixels = 100_000_000;

    /// <summary>Deflated.</summary>
    private byte[] Samples { get; init; } = [];

    /// <summary>Deflated.</summary>
    private byte[]? Alpha { get; init; }

    private bool Grey { get; init; }

    public override string MediaType => "image/png";

    public static PngPicture Open(ReadOnlyMemory<byte> data)
    {
        try
        {
            var chunks = new PngChunks(data.Span);
            if (chunks.Width <= 0 || chunks.Height <= 0 || (long)chunks.Width * chunks.Height > MaximumPixels)
                throw new InvalidDataException("The PNG file has no size or is too large.");
            var rows = PngRows.Decode(chunks);
            var (samples, alpha) = chunks.Separate(rows);
            return new PngPicture
            {
                Hash = Convert.ToHexString(SHA256.HashData(data.Span)), Source = data,
                Width = chunks.Width, Height = chunks.Height, Samples = Deflated.Bytes(samples), Alpha = alpha is null ? null : Deflated.Bytes(alpha), Grey = chunks.IsGrey, DotsPerInch = chunks.DotsPerInch,
            };
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or EndOfStreamException)
        {
            throw new InvalidDataException("The PNG file is damaged.", error);
        }
    }

    public override int Write(PdfFile file)
    {
        var mask = 0;
        if (Alpha is not null)
        {
            mask = file.Allocate();
            file.Stream(mask, Entries("/DeviceGray").Written, Alpha, compressed: true);
        }

        var entries = Entries(Grey ? "/DeviceGray" : "/DeviceRGB");
        if (mask != 0) entries.Raw("/SMask "u8).Reference(mask);
        var number = file.Allocate();
        file.Stream(number, entries.Written, Samples, compressed: true);
        return number;
    }

    private ByteWriter Entries(string space)
        => new ByteWriter().Raw("/Type/XObject/Subtype/Image/BitsPerComponent 8/Width "u8).Number(Width).Raw("/Height "u8).Number(Height)
            .Raw("/Filter/FlateDecode/ColorSpace"u8).Ascii(space);
}

/// <summary>The chunks of a PNG file that matter in print.</summary>
internal sealed class PngChunks
{
    private readonly ByteWriter packed = new();
    private byte[] palette = [];
    private byte[] transparency = [];

    public PngChunks(ReadOnlySpan<byte> file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            var body = file.Slice(at + 8, length);
            var name = file.Slice(at + 4, 4);
            if (name.SequenceEqual("IHDR"u8)) Header(body);
            else if (name.SequenceEqual("PLTE"u8)) palette = body.ToArray();
            else if (name.SequenceEqual("tRNS"u8)) transparency = body.ToArray();
            else if (name.SequenceEqual("IDAT"u8)) packed.Raw(body);
            else if (name.SequenceEqual("pHYs"u8) && body[8] == 1) DotsPerInch = Density(body);
            else if (name.SequenceEqual("IEND"u8)) break;
            at += 12 + length;
        }
    }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Depth { get; private set; }

    public bool Interlaced { get; private set; }

    public double DotsPerInch { get; private set; } = 96;

    public bool IsGrey => kind is 0 or 4;

    /// <summary>Samples of a pixel.</summary>
    public int Channels => kind switch { 0 or 3 => 1, 4 => 2, 2 => 3, 6 => 4, _ => throw new InvalidDataException("The PNG file has an unknown colour type.") };

    private int kind;

    public Stream Unpack() => new ZLibStream(new MemoryStream(packed.Written.ToArray()), CompressionMode.Decompress);

    /// <summary>Splits decoded rows, one byte a sample, into colour and alpha.</summary>
    public (byte[] Colour, byte[]? Alpha) Separate(byte[] rows)
    {
        var pixels = Width * Height;
        if (kind == 3) return FromPalette(rows, pixels);
        if (kind is 0 or 2) return (rows, null);
        int colours = Channels - 1;
        byte[] colour = new byte[pixels * colours], alpha = new byte[pixels];
        for (var i = 0; i < pixels; i++)
        {
            rows.AsSpan(i * Channels, colours).CopyTo(colour.AsSpan(i * colours));
            alpha[i] = rows[i * Channels + colours];
        }

        return (colour, alpha);
    }

    private (byte[], byte[]?) FromPalette(byte[] rows, int pixels)
    {
        var colour = new byte[pixels * 3];
        var alpha = transparency.Length > 0 ? new byte[pixels] : null;
        for (var i = 0; i < pixels; i++)
        {
            palette.AsSpan(rows[i] * 3, 3).CopyTo(colour.AsSpan(i * 3));
            if (alpha is not null) alpha[i] = rows[i] < transparency.Length ? transparency[rows[i]] : (byte)255;
        }

        return (colour, alpha);
    }

    /// <summary>Palette indexes stay as they are; grey samples of fewer than 8 bits are widened.</summary>
    public int Widen(int sample) => kind == 3 || Depth >= 8 ? sample : sample * 255 / ((1 << Depth) - 1);

    private void Header(ReadOnlySpan<byte> body)
    {
        Width = BinaryPrimitives.ReadInt32BigEndian(body);
        Height = BinaryPrimitives.ReadInt32BigEndian(body[4..]);
        (Depth, kind, Interlaced) = (body[8], body[9], body[12] != 0);
        if (Depth is not (1 or 2 or 4 or 8 or 16)) throw new InvalidDataException("The PNG file has an unknown bit depth.");
    }

    private static double Density(ReadOnlySpan<byte> body)
    {
        var dots = BinaryPrimitives.ReadInt32BigEndian(body) * 0.0254;
        return dots is >= 36 and <= 2400 ? dots : 96;
    }
}

/// <summary>Undoes PNG's filters and interlacing (Adam7).</summary>
internal static class PngRows
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>All samples as bytes, row by row.</summary>
    public static byte[] Decode(PngChunks png)
    {
        var result = new byte[png.Width * png.Height * png.Channels];
        using var stream = png.Unpack();
        if (!png.Interlaced)
        {
            Pass(png, stream, result, (0, 0, 1, 1));
            return result;
        }

        foreach (var pass in Passes) Pass(png, stream, result, pass);
        return result;
    }

    private static void Pass(PngChunks png, Stream stream, byte[] result, (int X, int Y, int StepX, int StepY) pass)
    {
        int width = (png.Width - pass.X + pass.StepX - 1) / pass.StepX, height = (png.Height - pass.Y + pass.StepY - 1) / pass.StepY;
        if (width <= 0 || height <= 0) return;
        int channels = png.Channels, bits = channels * png.Depth, length = (width * bits + 7) / 8, distance = Math.Max(1, bits / 8);
        byte[] row = new byte[length + 1], before = new byte[length + 1];
        for (var y = 0; y < height; y++)
        {
            stream.ReadExactly(row);
            Unfilter(row, before, distance);
            var target = (pass.Y + y * pass.StepY) * png.Width;
            for (var x = 0; x < width; x++)
            {
                var pixel = (target + pass.X + x * pass.StepX) * channels;
                for (var channel = 0; channel < channels; channel++) result[pixel + channel] = Sample(png, row, x * channels + channel);
            }

            (row, before) = (before, row);
        }
    }

    private static byte Sample(PngChunks png, byte[] row, int index) => png.Depth switch
    {
        8 => row[1 + index],
        16 => row[1 + index * 2],
        _ => (byte)png.Widen(row[1 + index * png.Depth / 8] >> (8 - png.Depth - index * png.Depth % 8) & ((1 << png.Depth) - 1)),
    };

    private static void Unfilter(byte[] row, byte[] before, int distance)
    {
        for (var i = 1; i < row.Length; i++)
        {
            int left = i > distance ? row[i - distance] : 0, up = before[i], corner = i > distance ? before[i - distance] : 0;
            row[i] += (byte)(row[0] switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => throw new InvalidDataException("The PNG file is damaged.") });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        int a = Math.Abs(guess - left), b = Math.Abs(guess - up), c = Math.Abs(guess - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
