using System.Text;

namespace AbstractReview.Domain;

/// <summary>Mail addresses: what is accepted, and when two are the same person's.</summary>
public static class MailAddress
{
    /// <summary>local@domain with a dot in the domain, no spaces, brackets, commas, control or invisible characters; at most 254 characters (RFC 5321).</summary>
    public static bool IsValid(string? address)
    {
        if (address is null || address.Length > 254) return false;
        var at = address.LastIndexOf('@');
        if (at < 1 || at > 64 || at == address.Length - 1) return false;
        if (address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format || c is '<' or '>' or ',' or ';' or ':' or '"' or '(' or ')' or '[' or ']' or '\\')) return false;
        if (address.IndexOf('@') != at) return false;
        var domain = address[(at + 1)..];
        return domain.Contains('.') && !domain.StartsWith('.') && !domain.EndsWith('.') && !domain.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>The form by which accounts are found: trimmed, composed (NFC), lower case.</summary>
    public static string Normalise(string address) => address.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();

    /// <summary>The domain of an address in lower case, empty when there is none.</summary>
    public static string Domain(string address) => Normalise(address)[(address.Trim().LastIndexOf('@') + 1)..];
}
