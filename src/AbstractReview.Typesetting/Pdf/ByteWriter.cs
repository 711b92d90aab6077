using System.Buffers.Text;
using System.Text;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>A growing buffer that writes the basic objects of PDF (ISO 32000-1, 7.3).</summary>
internal sealed class ByteWriter
{
    private static readonly byte[] HexDigits = "0123456789ABCDEF"u8.ToArray();
    private byte[] buffer;

    public ByteWriter(int capacity = 1024) => buffer = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public ByteWriter Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    public ByteWriter Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
        return this;
    }

    /// <summary>ASCII syntax.</summary>
    public ByteWriter Ascii(string text)
    {
        Length += Encoding.ASCII.GetBytes(text, Room(text.Length));
        return this;
    }

    public ByteWriter Number(int value)
    {
        Utf8Formatter.TryFormat(value, Room(12), out var written);
        Length += written;
        return this;
    }

    /// <summary>A real with at most <paramref name="digits"/> decimals (2 to 4) and no trailing zeros.</summary>
    public ByteWriter Number(double value, int digits = 2)
    {
        var factor = digits switch { 2 => 100, 3 => 1000, _ => 10_000 };
        var scaled = (long)Math.Round(value * factor);
        if (scaled < 0)
        {
            Byte((byte)'-');
            scaled = -scaled;
        }

        var (whole, rest) = Math.DivRem(scaled, factor);
        Utf8Formatter.TryFormat(whole, Room(20), out var written);
        Length += written;
        if (rest == 0) return this;
        Byte((byte)'.');
        for (var place = factor / 10; rest > 0; place /= 10)
        {
            Byte((byte)('0' + rest / place));
            rest %= place;
        }

        return this;
    }

    public ByteWriter Space() => Byte((byte)' ');

    public ByteWriter Reference(int number) => Number(number).Raw(" 0 R"u8);

    public ByteWriter Hex(ushort value)
    {
        var room = Room(4);
        room[0] = HexDigits[value >> 12];
        room[1] = HexDigits[value >> 8 & 15];
        room[2] = HexDigits[value >> 4 & 15];
        room[3] = HexDigits[value & 15];
        Length += 4;
        return this;
    }

    /// <summary>A text string: as it is when plain ASCII, else UTF-16 with a byte order mark.</summary>
    public ByteWriter TextString(string text)
    {
        if (Ascii7(text))
        {
            Byte((byte)'(');
            foreach (var letter in text)
            {
                if (letter is '(' or ')' or '\\') Byte((byte)'\\');
                Byte((byte)letter);
            }

            return Byte((byte)')');
        }

        Raw("<FEFF"u8);
        foreach (var unit in text) Hex(unit);
        return Byte((byte)'>');
    }

    /// <summary>A name whose characters may be anything.</summary>
    public ByteWriter Name(string name)
    {
        Byte((byte)'/');
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            if (value is > 32 and < 127 && !"()<>[]{}/%#"u8.Contains(value)) Byte(value);
            else Byte((byte)'#').Byte(HexDigits[value >> 4]).Byte(HexDigits[value & 15]);
        }

        return this;
    }

    private static bool Ascii7(string text)
    {
        foreach (var letter in text)
            if (letter is < ' ' or > '~') return false;
        return true;
    }

    private Span<byte> Room(int bytes)
    {
        if (Length + bytes > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + bytes));
        return buffer.AsSpan(Length);
    }
}
