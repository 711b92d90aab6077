using System.Globalization;
using System.Text;

namespace AbstractReview.Domain.Routing;

/// <summary>When two addresses, two names or two affiliations are the same person's or the same house's.</summary>
public static class Identity
{
    private static readonly HashSet<string> PublicProviders =
    [
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "aol.com", "icloud.com", "me.com", "mac.com",
        "gmx.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "proton.me", "protonmail.com", "pm.me", "zoho.com",
        "orange.fr", "free.fr", "wanadoo.fr", "laposte.net", "libero.it", "qq.com", "163.com", "126.com", "sina.com", "naver.com", "daum.net", "hanmail.net", "rediffmail.com",
        "fastmail.com", "tutanota.com", "inbox.ru", "list.ru", "bk.ru", "rambler.ru", "ukr.net", "seznam.cz", "wp.pl", "o2.pl", "uol.com.br", "bol.com.br",
    ];

    // Second-level labels under which a country registers others' names: ac.uk is nobody's house.
    private static readonly HashSet<string> SharedLabels = ["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gub", "int", "mil", "net", "or", "org"];

    private static readonly HashSet<string> SmallWords = ["the", "of", "and", "for", "de", "du", "des", "der", "die", "das", "la", "le", "les", "l", "d", "el", "del", "et", "y", "und", "fur", "e", "da", "do"];

    /// <summary>
    /// The mailbox behind an address: normalised, what follows a plus sign in the local part dropped, and for Gmail also its dots, which it ignores.
    /// Empty for an empty address.
    /// </summary>
    public static string Mailbox(string address)
    {
        var normal = MailAddress.Normalise(address);
        var at = normal.LastIndexOf('@');
        if (at < 1) return normal;
        var (local, domain) = (normal[..at], normal[(at + 1)..]);
        if (local.IndexOf('+', StringComparison.Ordinal) is var plus and > 0) local = local[..plus];
        return domain is "gmail.com" or "googlemail.com" ? local.Replace(".", "", StringComparison.Ordinal) + "@gmail.com" : $"{local}@{domain}";
    }

    /// <summary>The domain that stands for a house; null where anybody may have an address.</summary>
    public static string? House(string address)
        => MailAddress.Domain(address) is var domain && domain.Contains('.') && !PublicProviders.Contains(domain) && !IsShared(domain) ? domain : null;

    /// <summary>Whether two domains are one house's: the same, or one below the other.</summary>
    public static bool SameHouse(string one, string other)
        => one == other || one.EndsWith("." + other, StringComparison.Ordinal) || other.EndsWith("." + one, StringComparison.Ordinal);

    /// <summary>
    /// An affiliation in a form that survives spelling: lower case, accents and punctuation gone, small words dropped, "&amp;" as "and".
    /// Its parts between commas are kept apart, in order.
    /// </summary>
    public static IReadOnlyList<string> Institution(string affiliation)
        => affiliation.Split([',', ';', '/', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Words).Where(part => part != "").ToList();

    /// <summary>Whether two affiliations name one institution: all parts the same, or, within one country, one names a department of the other.</summary>
    public static bool SameInstitution(IReadOnlyList<string> one, IReadOnlyList<string> other, bool sameCountry)
    {
        if (one.Count == 0 || other.Count == 0) return false;
        var (few, many) = one.Count <= other.Count ? (one, other) : (other, one);
        return few.All(many.Contains) && (few.Count == many.Count || sameCountry);
    }

    /// <summary>A name for comparing: lower case, accents and punctuation gone, given and family name in either order.</summary>
    public static string Name(string given, string family)
        => string.Join(' ', Fold($"{given} {family}").Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    private static bool IsShared(string domain)
        => domain.Split('.') is [var second, { Length: 2 }] && SharedLabels.Contains(second);

    private static string Words(string text)
        => string.Join(' ', Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !SmallWords.Contains(word)));

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
            if (char.IsLetterOrDigit(c)) folded.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) && c is not ('\'' or '’' or '.')) folded.Append(' ');
        return folded.ToString();
    }
}
