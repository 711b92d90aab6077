using System.Globalization;

namespace AbstractReview.Domain;

/// <summary>Days in words, in English (“en”), French (“fr”) and Arabic (“ar”): the same on every machine whatever cultures it has installed.</summary>
public static class DateWords
{
    private static readonly string[] French = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    // As they are called in the Maghreb.
    private static readonly string[] Arabic = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"];

    /// <summary>Such as “4 November 2019”, “1er novembre 2019”, “4 نونبر 2019”.</summary>
    public static string Of(DateOnly day, string language = "en") => language switch
    {
        "fr" => $"{(day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture))} {French[day.Month - 1]} {day.Year}",
        "ar" => $"{day.Day} {Arabic[day.Month - 1]} {day.Year}",
        _ => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>From one day to another without repeating what they have in common, such as “1–4 October 2019” or “30 September – 4 October 2019”.</summary>
    public static string Range(DateOnly first, DateOnly last, string language = "en")
        => first == last ? Of(last, language) : $"{Start(first, last, language)}{(SameMonth(first, last) ? "–" : " – ")}{Of(last, language)}";

    /// <summary>The same within a sentence: “from 1 to 4 October 2019”, “du 1er au 4 octobre 2019”; a single day is “on 4 October 2019”, “le 4 octobre 2019”.</summary>
    public static string InSentence(DateOnly first, DateOnly last, string language = "en")
    {
        var (start, end) = (Start(first, last, language), Of(last, language));
        return language switch
        {
            "fr" => first == last ? $"le {end}" : $"du {start} au {end}",
            "ar" => first == last ? $"يوم {end}" : $"من {start} إلى {end}",
            _ => first == last ? $"on {end}" : $"from {start} to {end}",
        };
    }

    // The first day without what the last one says anyway.
    private static string Start(DateOnly first, DateOnly last, string language)
    {
        var words = Of(first, language);
        return SameMonth(first, last) ? words.Split(' ')[0] : first.Year == last.Year ? words[..words.LastIndexOf(' ')] : words;
    }

    private static bool SameMonth(DateOnly first, DateOnly last) => (first.Year, first.Month) == (last.Year, last.Month);
}
