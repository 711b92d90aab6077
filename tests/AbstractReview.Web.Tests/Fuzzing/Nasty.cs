using System.Globalization;
using System.Text;

namespace AbstractReview.Web.Tests.Fuzzing;

/// <summary>Values that programs trip over. All of them come from the one generator, so that a seed repeats them.</summary>
internal static class Nasty
{
    /// <summary>A character that stands for a byte that is no UTF-8; <see cref="Bytes"/> puts the byte in.</summary>
    private const char Broken = '\uE0FF';

    private static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\t\r\n", "'", "\"", "' or 1=1 --", "'; drop table Person; --", "\\", "%", "_", "[a-z]", "../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "file:///etc/passwd",
        "http://127.0.0.1:1/", "//evil.example", "javascript:alert(1)", "<script>alert(1)</script>", "{{ 7 | times: 7 }}", "{% for i in (1..1000000000) %}x{% endfor %}", "=cmd|'/c calc'!A1", "\r\nBcc: x@evil.example",
        "\u202Eabc", "\u200B", "\uFEFF", "\uFFFD", "\uFFFF", "e\u0301\u0301\u0301\u0301", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "ﷺ", "ß", "İ", "ı", "١٢٣", "１２", "null", "undefined", "NaN", "true", "[]", "{}", "[object Object]",
        "a@b", "@", "a@[127.0.0.1]", "\"a b\"@c.example", "x@" + "y.example\r\nBcc:z", "TA1", "SS", "ZZ99", "Oral", "oral", "Submitted", "1,2", "1;2", "*", "?", "()", "(.*)*$", $"{Broken}", $"a{Broken}{Broken}b",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "2", "3", "7", "-1", "-2147483648", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e3", "1e400", "-1e-400", "0.1", "1.0", "1.7976931348623157e309",
        "123456789012345678901234567890", "0x10", "１", "+1", " 1", "1 ", "1_000", "1,5", "NaN", "Infinity",
    ];

    private static readonly string[] Dates =
    [
        "2019-03-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2019-02-29", "2019-13-01", "2019-03-31T02:30", "99999-01-01", "1", "yesterday", "25:61", "00:00", "2019-03-01",
    ];

    /// <summary>One of them, whatever it is a value of.</summary>
    public static string Any(Random random) => random.Next(10) switch
    {
        < 5 => Text(random),
        < 8 => Number(random),
        _ => Dates[random.Next(Dates.Length)],
    };

    /// <summary>One of them as an address or a header holds it.</summary>
    public static string Brief(Random random) => Any(random) is var text && text.Length > 300 && random.Next(20) != 0 ? text[..300] : text;

    public static string Text(Random random) => random.Next(12) switch
    {
        0 => new string((char)('a' + random.Next(26)), random.Next(1, 9_000)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Letter(random))),
        2 => string.Join(random.Next(2) == 0 ? " " : ",", Enumerable.Range(0, random.Next(1, 400)).Select(i => $"w{i}")),
        _ => Texts[random.Next(Texts.Length)],
    };

    public static string Number(Random random) => random.Next(3) == 0 ? random.Next(-5, 20).ToString(CultureInfo.InvariantCulture) : Numbers[random.Next(Numbers.Length)];

    public static string Date(Random random) => Dates[random.Next(Dates.Length)];

    /// <summary>The text in UTF-8, with bytes that are none where it says so; half a surrogate pair becomes its three bytes.</summary>
    public static byte[] Bytes(string text)
    {
        var bytes = new List<byte>(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == Broken) bytes.AddRange(i % 2 == 0 ? [0xFF] : [0xC0, 0xAF]);
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i++, 2)));
            else if (char.IsSurrogate(c)) bytes.AddRange([(byte)(0xE0 | (c >> 12)), (byte)(0x80 | ((c >> 6) & 0x3F)), (byte)(0x80 | (c & 0x3F))]);
            else bytes.AddRange(Encoding.UTF8.GetBytes([c]));
        }

        return [.. bytes];
    }

    /// <summary>The text percent-encoded: rightly, twice, only what must be, or with escapes that are none.</summary>
    public static string Encoded(string text, Random random)
    {
        var right = string.Concat(Bytes(text).Select(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' ? $"{(char)b}" : $"%{b:X2}"));
        return random.Next(60) switch
        {
            0 => right.Replace("%", "%25", StringComparison.Ordinal),
            1 => right + "%",
            2 => right + "%zz",
            3 => right + "%00",
            4 => right + "%uD800",
            _ => right,
        };
    }

    private static char Letter(Random random) => random.Next(8) switch
    {
        0 => (char)random.Next(0xD800, 0xE000),
        1 => (char)random.Next(0, 32),
        2 => (char)random.Next(0x590, 0x700),
        3 => (char)random.Next(0x4E00, 0x9FFF),
        4 => Broken,
        _ => (char)random.Next(32, 0x250),
    };
}
