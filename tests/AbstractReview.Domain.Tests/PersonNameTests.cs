namespace AbstractReview.Domain.Tests;

public sealed class PersonNameTests
{
    [TestCase("Ada", "Example", "Ada Example", "Example, Ada")]
    [TestCase("小明", "王", "王小明", "王小明")]
    [TestCase("花子", "山田", "山田花子", "山田花子")]
    [TestCase("さくら", "山田", "山田さくら", "山田さくら")]
    [TestCase("マリ", "佐々木", "佐々木マリ", "佐々木マリ")]
    [TestCase("민준", "김", "김민준", "김민준")]
    [TestCase("𠮷郎", "髙橋", "髙橋𠮷郎", "髙橋𠮷郎")]
    [TestCase(" 小明 ", "王 ", "王小明", "王小明")]
    public void A_name_in_an_East_Asian_script_has_its_family_name_first(string given, string family, string full, string indexed)
        => Assert.That((PersonName.Full(given, family), PersonName.Indexed(given, family)), Is.EqualTo((full, indexed)));

    [TestCase("Xiaoming", "Wang", "Xiaoming Wang", "Wang, Xiaoming")]
    [TestCase("Gábor", "Kovács", "Gábor Kovács", "Kovács, Gábor")]
    [TestCase("Thị Hạnh", "Nguyễn", "Thị Hạnh Nguyễn", "Nguyễn, Thị Hạnh")]
    [TestCase("Tom", "王", "Tom 王", "王, Tom")]
    [TestCase("マリー", "デュボワ", "マリー デュボワ", "デュボワ, マリー")]
    [TestCase("ليلى", "العلوي", "ليلى العلوي", "العلوي, ليلى")]
    public void Every_other_name_stays_in_the_order_of_its_fields(string given, string family, string full, string indexed)
        => Assert.That((PersonName.Full(given, family), PersonName.Indexed(given, family)), Is.EqualTo((full, indexed)));

    [TestCase("", "Sukarno")]
    [TestCase("Sukarno", "")]
    [TestCase("", "王小明")]
    public void An_only_name_is_itself_wherever_it_was_typed(string given, string family)
        => Assert.That((PersonName.Full(given, family), PersonName.Indexed(given, family)), Is.EqualTo((given + family, given + family)));
}
