using System.Globalization;

namespace AbstractReview.Domain.Tests;

public sealed class DateWordsTests
{
    [TestCase("en", "2019-10-01", "2019-10-04", "1–4 October 2019", "from 1 to 4 October 2019")]
    [TestCase("fr", "2019-10-01", "2019-10-04", "1er–4 octobre 2019", "du 1er au 4 octobre 2019")]
    [TestCase("ar", "2019-10-01", "2019-10-04", "1–4 أكتوبر 2019", "من 1 إلى 4 أكتوبر 2019")]
    [TestCase("en", "2019-09-30", "2019-10-04", "30 September – 4 October 2019", "from 30 September to 4 October 2019")]
    [TestCase("fr", "2019-12-30", "2020-01-01", "30 décembre 2019 – 1er janvier 2020", "du 30 décembre 2019 au 1er janvier 2020")]
    [TestCase("ar", "2019-09-30", "2019-10-01", "30 شتنبر – 1 أكتوبر 2019", "من 30 شتنبر إلى 1 أكتوبر 2019")]
    [TestCase("en", "2019-10-01", "2020-10-04", "1 October 2019 – 4 October 2020", "from 1 October 2019 to 4 October 2020")]
    [TestCase("en", "2019-10-01", "2019-10-01", "1 October 2019", "on 1 October 2019")]
    [TestCase("fr", "2019-10-01", "2019-10-01", "1er octobre 2019", "le 1er octobre 2019")]
    [TestCase("ar", "2019-10-01", "2019-10-01", "1 أكتوبر 2019", "يوم 1 أكتوبر 2019")]
    public void Days_repeat_nothing_they_have_in_common(string language, string first, string last, string range, string sentence)
    {
        var (from, to) = (DateOnly.Parse(first, CultureInfo.InvariantCulture), DateOnly.Parse(last, CultureInfo.InvariantCulture));
        Assert.That(DateWords.Range(from, to, language), Is.EqualTo(range));
        Assert.That(DateWords.InSentence(from, to, language), Is.EqualTo(sentence));
    }
}
