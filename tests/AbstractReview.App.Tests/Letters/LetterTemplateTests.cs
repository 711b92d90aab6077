using System.Diagnostics;
using AbstractReview.App.Letters;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;

namespace AbstractReview.App.Tests.Letters;

public sealed class LetterTemplateTests
{
    [TestCase("{% for i in (1..1000000000) %}x{% endfor %}")]
    [TestCase("{% tablerow i in (1..1000000000) %}x{% endtablerow %}")]
    [TestCase("{% cycle 'a', 'b' %}")]
    [TestCase("{% capture a %}{{ title }}{% endcapture %}")]
    [TestCase("{% increment a %}")]
    [TestCase("{% macro a() %}{% endmacro %}")]
    [TestCase("{% liquid assign a = 1 %}")]
    [TestCase("{% include 'secrets' %}")]
    [TestCase("{% render 'secrets' %}")]
    [TestCase("{% assign a = title %}")]
    [TestCase("{{ title | replace: 'a', 'aaaaaaaaaa' }}")]
    [TestCase("{{ title | append: title }}")]
    [TestCase("{{ (1..1000000000) }}")]
    [TestCase("{{ password }}")]
    [TestCase("{{ title.size }}")]
    [TestCase("{{ title[0] }}")]
    [TestCase("{% if title %}never closed")]
    [TestCase("{% case decision %}{% when 'x' %}y{% endcase %}")]
    public void A_template_that_could_run_away_or_names_what_there_is_not_is_refused(string body)
        => Assert.That(() => LetterTemplate.Read("Subject\n---\n" + body), Throws.TypeOf<RuleBrokenException>());

    [Test]
    public void A_template_nested_a_thousand_deep_is_refused_and_harms_nobody()
    {
        var deep = string.Concat(Enumerable.Repeat("{% if title %}", 1000)) + "x" + string.Concat(Enumerable.Repeat("{% endif %}", 1000));
        Assert.That(() => LetterTemplate.Read("Subject\n---\n" + deep), Throws.TypeOf<RuleBrokenException>());
    }

    [Test]
    public void A_letter_longer_than_any_letter_is_refused_within_a_second()
    {
        var template = LetterTemplate.Read("Subject\n---\n{% if reason %}" + string.Concat(Enumerable.Repeat("{{reason}}", 1900)) + "{% endif %}");
        var watch = Stopwatch.StartNew();
        Assert.That(() => template.Fill(new Dictionary<string, string> { ["reason"] = new('x', 50_000) }), Throws.TypeOf<RuleBrokenException>());
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    [TestCase("About {{ titel }}\n---\nDear {{ name }},", "Line 1: there is no field “titel” in this letter.")]
    [TestCase("Subject\n---\nDear {{ name }},\n\nAbout {{ titel }}.", "Line 5: there is no field “titel” in this letter.")]
    [TestCase("Subject\n---\nDear {{ name }},\n\n{{ title | reverse }}", "Line 5: there is no filter “reverse”; there are upcase, downcase, capitalize, strip, default.")]
    [TestCase("Subject\n---\nDear {{ name }},\n{{ reason }}", "Line 4: “reason” may be empty: put it inside {% if reason %} … {% endif %}, or say what stands instead with | default: '…'.")]
    [TestCase("Subject\n---\nDear {{ name }},\n\n\n{% case decision %}{% when 'x' %}y{% endcase %}", "Line 6: a case needs an else branch, for what nobody thought of.")]
    [TestCase("Subject\n---\nDear {{ name }},\n{% for a in b %}{% endfor %}", "Line 4: there is no tag “for” in letters; there are if, unless, case, comment.")]
    public void An_error_says_its_line_and_what_to_do(string text, string message)
    {
        var refused = Assert.Throws<RuleBrokenException>(() => LetterTemplate.Read(text, LetterKind.Oral))!;
        Assert.That(refused.Errors.Select(e => (e.Field, e.Message)), Is.EqualTo(new[] { ("text", message) }));
    }

    [TestCase("{% if reason %}{{ reason }}{% endif %}")]
    [TestCase("{% if reason and country %}{{ reason }} {{ country }}{% endif %}")]
    [TestCase("{% unless reason %}none{% else %}{{ reason }}{% endunless %}")]
    [TestCase("{{ reason | default: 'none' }}")]
    public void A_field_that_may_be_empty_is_taken_where_the_template_asks_for_it(string body)
        => Assert.That(() => LetterTemplate.Read("Subject\n---\n" + body, LetterKind.Oral), Throws.Nothing);

    [TestCase("{% if reason or country %}{{ reason }}{% endif %}")]
    [TestCase("{% if reason %}x{% else %}{{ reason }}{% endif %}")]
    [TestCase("{% unless reason %}{{ reason }}{% endunless %}")]
    [TestCase("{{ reason | upcase }}")]
    public void A_field_that_may_be_empty_is_refused_where_nothing_asks_for_it(string body)
        => Assert.That(() => LetterTemplate.Read("Subject\n---\n" + body, LetterKind.Oral), Throws.TypeOf<RuleBrokenException>());

    [Test]
    public void A_field_of_another_kind_of_letter_is_refused()
        => Assert.That(() => LetterTemplate.Read("Subject\n---\n{{ passportName }}", LetterKind.Oral), Throws.TypeOf<RuleBrokenException>());

    [Test]
    public void A_field_without_a_value_counts_as_false_and_values_are_never_read_as_Liquid()
    {
        var template = LetterTemplate.Read("About {{ title }}\n---\n{% if reason %}Because {{ reason }}{% else %}No words{% endif %}");
        Assert.That(template.Fill(new Dictionary<string, string> { ["title"] = "{{ chair }}", ["reason"] = "" }), Is.EqualTo(("About {{ chair }}", "No words")));
    }

    [Test]
    public void A_name_that_runs_against_the_sentence_is_set_apart_line_by_line_and_an_override_in_it_is_dropped()
    {
        var template = LetterTemplate.Read("To {{ name }}\n---\nDear {{ name }},\n\n{{ title }}");
        var values = new Dictionary<string, string> { ["name"] = "\u202Eليلى\u202C", ["title"] = "On borders" };
        Assert.That(template.Fill(values), Is.EqualTo(("To \u202Eليلى\u202C", "Dear \u2068ليلى\u2069,\n\nOn borders")));
        Assert.That(template.Fill(values, "ar").Body, Is.EqualTo("Dear \u2068ليلى\u2069,\n\n\u2068On borders\u2069"));
    }

    public static IEnumerable<TestCaseData> Shipped()
        => from kind in Enum.GetValues<LetterKind>()
           from language in Languages.All
           select new TestCaseData(kind, language.Code);

    [TestCaseSource(nameof(Shipped))]
    public void Every_kind_comes_with_a_text_in_every_language_that_passes_its_own_check(LetterKind kind, string language)
        => Assert.That(() => LetterTemplate.Read(LetterWriter.Shipped(kind.ToString(), language)!, kind), Throws.Nothing);
}
