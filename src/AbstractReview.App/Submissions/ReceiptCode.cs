using System.Buffers.Text;
using System.Globalization;

namespace AbstractReview.App.Submissions;

/// <summary>What a receipt says, and the code that carries it with its signature: <c>AR1-42-3-20190503T225930.1234567Z-HASH-SIGNATURE</c>.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Revision">Its revision, from 1.</param>
/// <param name="At">When it was taken.</param>
/// <param name="ContentHash">SHA-256 of the content in lower-case hex.</param>
public sealed record ReceiptStatement(int Number, int Revision, DateTimeOffset At, string ContentHash)
{
    private const int SignatureCharacters = 86;
    private const string Moment = "yyyyMMdd'T'HHmmss'.'fffffff'Z'";

    /// <summary>The text that is signed.</summary>
    internal string Text => string.Create(CultureInfo.InvariantCulture, $"AR1-{Number}-{Revision}-{At.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture)}-{ContentHash}");

    internal string CodeWith(byte[] signature) => $"{Text}-{Base64Url.EncodeToString(signature)}";

    /// <summary>Reads a code however it was broken into lines; null when it is none.</summary>
    internal static (ReceiptStatement Statement, byte[] Signature)? Read(string code)
    {
        var bare = string.Concat(code.Where(c => !char.IsWhiteSpace(c) && c != '\u00AD'));
        var start = bare.IndexOf("AR1-", StringComparison.Ordinal);
        if (start < 0 || bare[start..].Split('-', 6) is not ["AR1", var number, var revision, var at, var hash, var signature]) return null;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || !int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var r)) return null;
        if (!DateTimeOffset.TryParseExact(at, Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return null;
        // What follows the code in a text is none of it.
        var bytes = signature.Length < SignatureCharacters ? null : signature[..SignatureCharacters];
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower) || bytes is null || !Base64Url.IsValid(bytes, out var length) || length != 64) return null;
        return (new ReceiptStatement(n, r, moment, hash), Base64Url.DecodeFromChars(bytes));
    }
}
