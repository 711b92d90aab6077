using System.Globalization;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;

namespace AbstractReview.App.Letters;

/// <summary>What the program itself writes into letters, in every language of letters; the same on every machine whatever cultures it has installed.</summary>
internal static class LetterWords
{
    /// <summary>A day (yyyy-MM-dd) or a local time (yyyy-MM-ddTHH:mm) in words; anything else as it is.</summary>
    public static string Moment(string kept, string language)
    {
        if (DateOnly.TryParseExact(kept, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return DateWords.Of(day, language);
        if (!DateTime.TryParseExact(kept, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return kept;
        var (words, hour) = (DateWords.Of(DateOnly.FromDateTime(time), language), time.ToString("HH:mm", CultureInfo.InvariantCulture));
        return language switch { "fr" => $"{words} à {hour}", "ar" => $"{words} على الساعة {hour}", _ => $"{words} at {hour}" };
    }

    /// <summary>A decision in another language than English; null leaves the words that were written down.</summary>
    public static string? Decision(LetterKind kind, string? english, string language)
    {
        // A visa letter or a certificate tells of an acceptance, of which only the English words were written down.
        if (!kind.TellsDecision() && english is not null) kind = english.Contains("poster", StringComparison.Ordinal) ? LetterKind.Poster : english.Contains("panel", StringComparison.Ordinal) ? LetterKind.Panel : LetterKind.Oral;
        return (language, kind) switch
        {
            ("fr", LetterKind.Oral) => "acceptée comme communication orale",
            ("fr", LetterKind.Poster) => "acceptée comme affiche",
            ("fr", LetterKind.Panel) => "acceptée comme contribution à une table ronde",
            ("fr", LetterKind.Waitlist) => "inscrite sur la liste d’attente",
            ("fr", LetterKind.Reject) => "non retenue",
            ("fr", LetterKind.Return) => "renvoyée aux auteurs",
            ("ar", LetterKind.Oral) => "قُبلت عرضًا شفويًا",
            ("ar", LetterKind.Poster) => "قُبلت ملصقًا علميًا",
            ("ar", LetterKind.Panel) => "قُبلت مساهمةً في حلقة نقاش",
            ("ar", LetterKind.Waitlist) => "أُدرجت في قائمة الانتظار",
            ("ar", LetterKind.Reject) => "لم تُقبل",
            ("ar", LetterKind.Return) => "أُعيدت إلى أصحابها",
            _ => null,
        };
    }

    /// <summary>Under the signature.</summary>
    public static string Chair(string language) => language switch
    {
        "fr" => "Présidence du comité de programme",
        "ar" => "رئاسة لجنة البرنامج",
        _ => "Chair of the Programme Committee",
    };

    /// <summary>What a screen reader says of a picture.</summary>
    public static string Stamp(string language) => language switch { "fr" => "Cachet", "ar" => "ختم", _ => "Stamp" };

    public static string Signature(string language) => language switch { "fr" => "Signature", "ar" => "توقيع", _ => "Signature" };

    /// <summary>The reference's label.</summary>
    public static string Reference(string language) => language switch { "fr" => "Réf.", "ar" => "المرجع", _ => "Ref." };

    /// <summary>Between the parts of a line.</summary>
    public static string Comma(string language) => Languages.RightToLeft(language) ? "، " : ", ";

    public static bool IsCertificate(this LetterKind? kind) => kind is LetterKind.ReviewCertificate or LetterKind.PresentationCertificate;
}
