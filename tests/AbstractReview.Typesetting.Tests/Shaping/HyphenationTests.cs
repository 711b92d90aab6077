using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting.Tests.Shaping;

public sealed class HyphenationTests
{
    // Liang's own example: hen5at, hy3ph, 1na, n2at, 1tio, 2io, he2n, o2n.
    private static readonly Hyphenation Liang = new(["hy3ph", "he2n", "hena4", "hen5at", "1na", "n2at", "1tio", "2io", "o2n"]);

    [Test]
    public void Odd_values_of_the_patterns_divide_a_word()
        => Assert.That(Divided(Liang, "hyphenation"), Is.EqualTo("hy-phen-ation"));

    [Test]
    public void Capitals_divide_like_small_letters()
        => Assert.That(Divided(Liang, "HYPHENATION"), Is.EqualTo("HY-PHEN-ATION"));

    [Test]
    public void Two_letters_stay_before_and_three_after_a_hyphen()
        => Assert.That(new Hyphenation(["1a1b1c1d1e1f1"]).Divide("abcdef"), Is.EqualTo(new[] { 2, 3 }));

    [TestCase("AB-42")]
    [TestCase("x2y3z")]
    [TestCase("word")]
    public void Codes_and_short_words_are_not_divided(string word)
        => Assert.That(new Hyphenation(["1a1", "o1r", "x1"]).Divide(word), Is.Empty);

    [Test]
    public void The_systems_English_patterns_are_found_by_language()
    {
        if (Hyphenation.For("en") is not { } english)
        {
            Pages.Lacks("hyphen-en-us");
            return;
        }

        Assert.That(Divided(english, "regulatory"), Is.EqualTo("reg-u-la-to-ry").Or.EqualTo("reg-u-la-tory"));
        Assert.That(Hyphenation.For("en-GB-oed-none"), Is.Not.SameAs(english));
    }

    [Test]
    public void A_language_without_patterns_divides_nothing()
        => Assert.That(Hyphenation.For("tlh"), Is.Null);

    private static string Divided(Hyphenation patterns, string word)
    {
        foreach (var place in patterns.Divide(word).Reverse()) word = word.Insert(place, "-");
        return word;
    }
}
