using AbstractReview.Typesetting.Shaping;
using CsCheck;

namespace AbstractReview.Typesetting.Tests.Shaping;

/// <summary>Cases of UAX #9, written out by hand; upper case stands for Hebrew letters, 1 for digits, ٣ for an Arabic digit.</summary>
public sealed class BidiTests
{
    [TestCase("abc", 0, "000")]
    [TestCase("ABC", 0, "111")]
    [TestCase("abc DEF ghi", 0, "00001110000")]
    [TestCase("ABC def GHI", 1, "11112221111")]
    [TestCase("ABC 12 DEF", 1, "1111221111")]
    [TestCase("abc 12 def", 0, "0000000000")]
    [TestCase("abc DEF 12", 0, "0000111122")]
    public void Letters_and_numbers_take_the_levels_of_W_and_I(string text, int direction, string levels)
        => Assert.That(Levels(text, direction), Is.EqualTo(levels));

    [TestCase("A1,2B", 1, "12221")] // W4: a comma between digits
    [TestCase("A1, B", 1, "12111")]
    [TestCase("A$1B", 1, "1221")] // W5: a currency sign beside a digit
    [TestCase("A1+2B", 1, "12221")] // W4: plus between European digits
    public void Separators_and_terminators_join_numbers(string text, int direction, string levels)
        => Assert.That(Levels(text, direction), Is.EqualTo(levels));

    [Test]
    public void A_European_number_after_an_Arabic_letter_becomes_an_Arabic_number() // W2; the separator then separates (W4 wants ES between EN)
        => Assert.That(Levels("\u0627 1+2", 1), Is.EqualTo("11212"));

    [TestCase("a(B)c", 0, "00100")] // N0 b: the embedding direction is not inside; before stands L
    [TestCase("A(b)C", 1, "11211")]
    [TestCase("A(B)c", 0, "11110")] // N0 c1: R inside and before
    [TestCase("a(B c)d", 0, "0010000")] // N0 b: L inside
    public void Brackets_go_together(string text, int direction, string levels)
        => Assert.That(Levels(text, direction), Is.EqualTo(levels));

    [Test]
    public void An_isolate_does_not_touch_its_surroundings()
    {
        Assert.That(Levels("a \u2068B\u2069, 1", 0), Is.EqualTo("00010000"));
        Assert.That(Levels("a B, 1", 0), Is.EqualTo("001112"), "without the isolate the number would follow the name to the left");
    }

    [Test]
    public void An_isolate_finds_its_own_direction()
        => Assert.That(Levels("A \u2068b C\u2069", 1), Is.EqualTo("1112231"));

    [Test]
    public void An_embedding_raises_and_its_end_lowers_the_level()
        => Assert.That(Levels("a\u202Bb\u202Cc", 0), Is.EqualTo("00220"));

    [Test]
    public void An_override_makes_letters_strong_in_its_direction()
        => Assert.That(Levels("\u202Eabc\u202C", 0), Is.EqualTo("01111"));

    [Test]
    public void The_first_strong_letter_outside_isolates_gives_the_direction()
    {
        Assert.That(BaseLevel("1 + \u05D0 a"), Is.EqualTo(1));
        Assert.That(BaseLevel("1 + a \u05D0"), Is.EqualTo(0));
        Assert.That(BaseLevel("\u2068\u05D0\u2069 a"), Is.EqualTo(0));
        Assert.That(BaseLevel("123"), Is.EqualTo(0));
    }

    [Test]
    public void Trailing_space_goes_back_to_the_paragraph()
        => Assert.That(Levels("a B ", 0), Is.EqualTo("0010"));

    [TestCase("0011100", "0143256")]
    [TestCase("1112211", "6534210")] // runs of level 2 keep their order inside the reversed level 1
    [TestCase("0122210", "0523416")]
    [TestCase("0000", "0123")]
    public void Runs_are_reversed_from_the_highest_level_down(string levels, string order)
        => Assert.That(string.Concat(Bidi.VisualOrder([.. levels.Select(level => (byte)(level - '0'))])), Is.EqualTo(order));

    [Test]
    public void Any_text_gets_levels_and_an_order_that_is_a_permutation()
        => Gen.Char["aB1 ,.()[]\u05D0\u0627\u0661\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u0300\n"].Array[0, 40].Sample(letters =>
        {
            var levels = Bidi.Levels(letters, TextDirection.Auto, out var baseLevel);
            var order = Bidi.VisualOrder(levels);
            return levels.Length == letters.Length && baseLevel < 2 && levels.All(level => level <= 126)
                && order.Order().SequenceEqual(Enumerable.Range(0, letters.Length));
        });

    private static byte BaseLevel(string text)
    {
        Bidi.Levels(text, TextDirection.Auto, out var level);
        return level;
    }

    private static string Levels(string text, int direction)
    {
        var hebrew = string.Concat(text.Select(letter => letter is >= 'A' and <= 'Z' ? (char)('\u05D0' + letter - 'A') : letter));
        return string.Concat(Bidi.Levels(hebrew, direction == 0 ? TextDirection.LeftToRight : TextDirection.RightToLeft, out _));
    }
}
