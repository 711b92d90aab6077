using AbstractReview.Domain.Submissions;

namespace AbstractReview.Domain.Tests.Submissions;

public class ContentRulesTests
{
    [TestCase("", 0)]
    [TestCase("one  two\nthree", 3)]
    [TestCase("sources – and seals", 4)]
    [TestCase("الأمن النووي", 2)]
    [TestCase("4.1 %", 2)]
    public void Words_are_runs_between_blanks(string text, int count) => Assert.That(ContentRules.Words(text), Is.EqualTo(count));

    [TestCase("0000-0002-1825-0097", true)]
    [TestCase("0000-0002-1694-233X", true)]
    [TestCase("0000-0002-1825-0098", false)]
    [TestCase("0000-0002-1825", false)]
    public void The_last_character_of_an_orcid_checks_the_others(string orcid, bool valid) => Assert.That(Orcid.IsValid(orcid), Is.EqualTo(valid));

    [Test]
    public void Text_is_kept_composed_and_on_one_line_where_a_field_is_one_line()
    {
        var tidy = ContentRules.Tidy(new SubmissionContent { Title = " Cafe\u0301\r\nsecurity ", Abstract = "a\r\n\r\nb ", Keywords = ["x", "x ", ""] });

        Assert.That((tidy.Title, tidy.Abstract, tidy.Keywords), Is.EqualTo(("Caf\u00e9 security", "a\n\nb", new[] { "x" })));
    }
}
