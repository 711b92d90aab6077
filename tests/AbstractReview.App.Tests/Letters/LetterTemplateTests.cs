using AbstractReview.App.Letters;
using AbstractReview.Domain;

namespace AbstractReview.App.Tests.Letters;

public sealed class LetterTemplateTests
{
    [TestCase("{% for i in (1..1000000000) %}x{% endfor %}")]
    [TestCase("{% include 'secrets' %}")]
    [TestCase("{% render 'secrets' %}")]
    [TestCase("{% assign a = title %}")]
    [TestCase("{{ title | replace: 'a', 'aaaaaaaaaa' }}")]
    [TestCase("{{ password }}")]
    [TestCase("{{ title.size }}")]
    [TestCase("{% if title %}never closed")]
    [TestCase("{% case decision %}{% when 'x' %}y{% endcase %}")]
    public void A_template_that_could_run_away_or_names_what_there_is_not_is_refused(string body)
        => Assert.That(() => LetterTemplate.Read("Subject\n---\n" + body), Throws.TypeOf<RuleBrokenException>());

    [Test]
    public void A_letter_longer_than_any_letter_is_refused()
    {
        var template = LetterTemplate.Read("Subject\n---\n" + string.Concat(Enumerable.Repeat("{{reason}}", 1000)));
        Assert.That(() => template.Fill(new Dictionary<string, string> { ["reason"] = new('x', 5000) }), Throws.TypeOf<RuleBrokenException>());
    }

    [Test]
    public void A_field_without_a_value_counts_as_false_and_values_are_never_read_as_Liquid()
    {
        var template = LetterTemplate.Read("About {{ title }}\n---\n{% if reason %}Because {{ reason }}{% else %}No words{% endif %}");
        Assert.That(template.Fill(new Dictionary<string, string> { ["title"] = "{{ chair }}", ["reason"] = "" }), Is.EqualTo(("About {{ chair }}", "No words")));
    }
}
