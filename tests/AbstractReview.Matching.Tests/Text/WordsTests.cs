using AbstractReview.Matching.Text;

namespace AbstractReview.Matching.Tests.Text;

public sealed class WordsTests
{
    [TestCase("The regulators' inspections of reactors", "regul inspect reactor")]
    [TestCase("ИЗОТОПЫ и реакторы", "изотопы и реакторы")]
    [TestCase("核安全监管", "核安 安全 全监 监管")]
    [TestCase("naïve Überwachung 2019", "naïve überwachung 2019")]
    [TestCase("multi-factor cyber/physical", "multi factor cyber physic")]
    [TestCase("ＦＵＬＬ ﬁssion", "full fission")]
    [TestCase("हिन्दी भाषा", "हिन्दी भाषा")]
    [TestCase("PWR型原子炉", "pwr 型原 原子 子炉")]
    [TestCase("", "")]
    public void A_text_of_any_script_is_cut_into_words(string text, string stems) =>
        Assert.That(string.Join(' ', new Words().Of(text).Select(word => word.Stem.Text)), Is.EqualTo(stems));
}
