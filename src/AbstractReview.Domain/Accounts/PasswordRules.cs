namespace AbstractReview.Domain.Accounts;

/// <summary>A password is long and not made of its owner's own words; nothing is asked of its characters (NIST SP 800-63B, 5.1.1.2).</summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    /// <exception cref="RuleBrokenException">The password is too short, too long, or the owner's own words make it; the error names <paramref name="field"/>.</exception>
    public static void Check(string field, string password, string email, params IEnumerable<string> names)
    {
        var length = new System.Globalization.StringInfo(password).LengthInTextElements;
        if (length < Shortest) throw new RuleBrokenException(field, $"Use at least {Shortest} characters; a few words are easy to remember.");
        if (password.Length > Longest) throw new RuleBrokenException(field, $"Use at most {Longest} characters.");
        if (password.Distinct().Count() < 4) throw new RuleBrokenException(field, "Use more than three different characters.");
        var own = names.SelectMany(n => n.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Append(email.Split('@')[0]).Where(w => w.Length >= 4);
        if (own.FirstOrDefault(w => password.Contains(w, StringComparison.OrdinalIgnoreCase)) is { } word)
            throw new RuleBrokenException(field, $"Leave “{word}” out: your own name and address are the first things others try.");
    }
}
