using System.ComponentModel.DataAnnotations;
using AbstractReview.Web.Pages.TagHelpers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Tests.TagHelpers;

public sealed class FieldTests
{
    private sealed class Form
    {
        [Display(Name = "Title", Description = "Without a full stop.")]
        public string? Title { get; set; }

        [DataType(DataType.MultilineText)]
        public string? Text { get; set; }

        [DataType(DataType.Password)]
        public string? Secret { get; set; }

        public bool Share { get; set; }
        public DateOnly? Day { get; set; }
        public int? Score { get; set; }
        public string[] Topics { get; set; } = [];
    }

    private readonly Rendering rendering = new();

    [SetUp]
    public void Nothing_posted_yet() => rendering.State.Clear();

    private FieldTagHelper Field(Form form, string property) => new() { For = Rendering.Expression(form, property), ViewContext = rendering.View() };

    [Test]
    public async Task A_field_has_its_label_hint_and_value() => Assert.That(
        await Rendering.Markup(Field(new() { Title = "Sources & seals" }, "Title")),
        Is.EqualTo("""<div class="field"><label for="Title">Title</label><p class="hint" id="Title-hint">Without a full stop.</p><input aria-describedby="Title-hint" class="input" id="Title" name="Title" type="text" value="Sources &amp; seals" /></div>"""));

    [Test]
    public async Task An_error_stands_at_the_control_and_what_was_typed_stays()
    {
        rendering.State.SetModelValue("Title", new ValueProviderResult("<b>typed"));
        rendering.State.AddModelError("Title", "Enter a title");
        Assert.That(
            await Rendering.Markup(Field(new() { Title = "stored" }, "Title")),
            Is.EqualTo("""<div class="field field--error"><label for="Title">Title</label><p class="hint" id="Title-hint">Without a full stop.</p><p class="error" id="Title-error"><span class="visually-hidden">Error: </span>Enter a title</p><input aria-describedby="Title-hint Title-error" aria-invalid="true" class="input" id="Title" name="Title" type="text" value="&lt;b&gt;typed" /></div>"""));
    }

    [Test]
    public async Task A_text_keeps_its_first_line_break_and_shows_its_words()
    {
        var field = Field(new() { Text = "\none two" }, "Text");
        field.MaxWords = 20;
        Assert.That(
            await Rendering.Markup(field),
            Is.EqualTo("<div class=\"field\"><label for=\"Text\">Text</label><textarea aria-describedby=\"Text-words\" class=\"input\" id=\"Text\" name=\"Text\">\n&#xA;one two</textarea><p class=\"word-count\" data-max=\"20\" data-words-for=\"Text\" id=\"Text-words\">2 of 20 words</p></div>"));
    }

    [Test]
    public async Task A_password_is_never_sent_back()
    {
        rendering.State.SetModelValue("Secret", new ValueProviderResult("hunter2"));
        Assert.That(
            await Rendering.Markup(Field(new() { Secret = "hunter2" }, "Secret")),
            Is.EqualTo("""<div class="field"><label for="Secret">Secret</label><input class="input" id="Secret" name="Secret" type="password" /></div>"""));
    }

    [Test]
    public async Task A_date_is_written_as_the_browser_reads_it_and_further_attributes_go_to_the_control() => Assert.That(
        await Rendering.Markup(Field(new() { Day = new(2027, 10, 4) }, "Day"), "", ("min", "2027-10-01"), ("class", "wide")),
        Is.EqualTo("""<div class="field wide"><label for="Day">Day</label><input class="input" id="Day" min="2027-10-01" name="Day" type="date" value="2027-10-04" /></div>"""));

    [Test]
    public async Task A_ticked_box_stays_ticked_after_a_refusal()
    {
        // A ticked box posts its own "true" and the hidden "false".
        rendering.State.SetModelValue("Share", new ValueProviderResult(new[] { "true", "false" }));
        Assert.That(
            await Rendering.Markup(Field(new(), "Share")),
            Is.EqualTo("""<div class="field"><div class="choice"><input checked="" id="Share" name="Share" type="checkbox" value="true" /><div><label for="Share">Share</label></div><input name="Share" type="hidden" value="false" /></div></div>"""));
    }

    [Test]
    public async Task An_unticked_box_stays_unticked_after_a_refusal()
    {
        rendering.State.SetModelValue("Share", new ValueProviderResult("false"));
        Assert.That(await Rendering.Markup(Field(new() { Share = true }, "Share")), Does.Not.Contain("checked"));
    }

    [Test]
    public async Task The_posted_choices_are_ticked_and_the_first_carries_the_id_of_the_field()
    {
        rendering.State.SetModelValue("Topics", new ValueProviderResult(new[] { "b" }));
        var field = Field(new() { Topics = ["a"] }, "Topics");
        field.As = FieldKind.Checkboxes;
        field.Items = [new SelectListItem("Law", "a"), new SelectListItem("Seals", "b")];
        Assert.That(
            await Rendering.Markup(field),
            Is.EqualTo("""<fieldset class="field"><legend>Topics</legend><div class="choices"><div class="choice"><input id="Topics" name="Topics" type="checkbox" value="a" /><label for="Topics">Law</label></div><div class="choice"><input checked="" id="Topics-2" name="Topics" type="checkbox" value="b" /><label for="Topics-2">Seals</label></div></div></fieldset>"""));
    }

    [Test]
    public async Task Scores_run_from_one_to_five_with_the_given_one_chosen()
    {
        var field = Field(new() { Score = 4 }, "Score");
        field.As = FieldKind.Scores;
        var markup = await Rendering.Markup(field);
        Assert.Multiple(() =>
        {
            Assert.That(markup.Split("type=\"radio\"").Length - 1, Is.EqualTo(5));
            Assert.That(markup.Split("checked").Length - 1, Is.EqualTo(1));
            Assert.That(markup, Does.Contain("""<input checked="" id="Score-4" name="Score" type="radio" value="4" />"""));
        });
    }

    [TestCase("Form.Authors[0].GivenName", "Form_Authors_0__GivenName")]
    [TestCase("Title", "Title")]
    public void The_error_summary_links_to_the_id_of_the_control(string name, string id) => Assert.That(FieldTagHelper.IdOf(name), Is.EqualTo(id));
}
