using System.Globalization;
using AbstractReview.Domain.Letters;

namespace AbstractReview.App.Letters;

/// <summary>What the program itself writes into letters, in every language of letters; the same on every machine whatever cultures it has installed.</summary>
internal static class LetterWords
{
    /// <summary>A day (yyyy-MM-dd) or a local time (yyyy-MM-ddTHH:mm) in words; anything else as it is.</summary>
    public static string Moment(string kept, string language)
    {
        if (DateOnly.TryParseExact(kept, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return LetterDates.Words(day, language);
        if (!DateTime.TryParseExact(kept, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return kept;
        var (words, hour) = (LetterDates.Words(DateOnly.FromDateTime(time), language), time.ToString("HH:mm", CultureInfo.InvariantCulture));
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

/// <summary>A date in words, the same on every machine whatever cultures it has installed.</summary>
internal static class LetterDates
{
    private static readonly string[] French = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    // As they are called in the Maghreb.
    private static readonly string[] Arabic = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];

    /// <summary>Such as “4 November 2019”, “1er novembre 2019”, “4 نونبر 2019”.</summary>
    public static string Words(DateOnly day, string language) => language switch
    {
        "fr" => $"{(day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture))} {French[day.Month - 1]} {day.Year}",
        "ar" => $"{day.Day} {Arabic[day.Month - 1]} {day.Year}",
        _ => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>From one day to another without repeating what they have in common, such as “1–4 October 2019” or “30 September – 4 October 2019”.</summary>
    public static string Range(DateOnly first, DateOnly last, string language)
    {
        var (from, to) = (Words(first, language), Words(last, language));
        if (first == last) return to;
        if (first.Year != last.Year) return $"{from} – {to}";
        return first.Month == last.Month ? $"{from.Split(' ')[0]}–{to}" : $"{from[..from.LastIndexOf(' ')]} – {to}";
    }
}
