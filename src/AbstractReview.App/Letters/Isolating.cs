using System.Text;
using System.Text.Encodings.Web;

namespace AbstractReview.App.Letters;

/// <summary>
/// Sets a field's value apart from the sentence it stands in (Unicode's first strong isolate, UAX #9), line by line: a Latin name in an
/// Arabic sentence, an Arabic name in an English one. A value that runs as the sentence does stays as it is.
/// </summary>
internal sealed class Isolating : TextEncoder
{
    public const char Start = '\u2068';
    public const char End = '\u2069';

    private static readonly Isolating Always = new();
    private static readonly Isolating WhereNeeded = new() { _onlyRightToLeft = true };

    private bool _onlyRightToLeft;

    public override int MaxOutputCharactersPerInputCharacter => 3;

    public static TextEncoder In(string language) => Languages.RightToLeft(language) ? Always : WhereNeeded;

    public override string Encode(string value)
    {
        var clean = string.Concat(value.Where(c => c is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069')));
        if (_onlyRightToLeft && !clean.Any(IsRightToLeft)) return clean;
        return string.Join('\n', clean.Split('\n').Select(line => line.Trim() == "" ? line : $"{Start}{line}{End}"));
    }

    public override void Encode(TextWriter output, string value, int startIndex, int characterCount) => output.Write(Encode(value.Substring(startIndex, characterCount)));

    public override void Encode(TextWriter output, char[] value, int startIndex, int characterCount) => output.Write(Encode(new string(value, startIndex, characterCount)));

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) => textLength == 0 ? -1 : 0;

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var rune = new Rune(unicodeScalar);
        return rune.TryEncodeToUtf16(new Span<char>(buffer, bufferLength), out numberOfCharactersWritten);
    }

    public override bool WillEncode(int unicodeScalar) => true;

    // Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
    private static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC');
}
