namespace AbstractReview.Domain.Submissions;

/// <summary>ORCID iDs: sixteen digits in groups of four, the last a check digit (ISO 7064 MOD 11-2), which may be X.</summary>
public static class Orcid
{
    /// <summary>0000-0002-1825-0097 from that, from digits alone, or from its https://orcid.org/ address.</summary>
    public static string Normalise(string text)
    {
        var bare = text.Trim();
        var slash = bare.LastIndexOf('/');
        bare = (slash >= 0 ? bare[(slash + 1)..] : bare).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return bare.Length == 16 ? $"{bare[..4]}-{bare[4..8]}-{bare[8..12]}-{bare[12..]}" : text.Trim();
    }

    public static bool IsValid(string orcid)
    {
        var bare = orcid.Replace("-", "", StringComparison.Ordinal);
        if (bare.Length != 16 || bare[..15].Any(c => !char.IsAsciiDigit(c))) return false;
        var total = bare[..15].Aggregate(0, (sum, c) => (sum + (c - '0')) * 2 % 11);
        var check = (12 - total) % 11;
        return bare[15] == (check == 10 ? 'X' : (char)('0' + check));
    }
}
