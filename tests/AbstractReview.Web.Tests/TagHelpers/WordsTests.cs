using AbstractReview.Web.Pages.Shell;
using AbstractReview.Web.Pages.TagHelpers;

namespace AbstractReview.Web.Tests.TagHelpers;

public sealed class WordsTests
{
    [Test]
    public async Task A_name_is_set_apart_whatever_its_direction() => Assert.That(
        await Rendering.Markup(new PersonNameTagHelper { Given = "سلمى", Family = "بنعلي", Affiliation = "AMSSNuR <Rabat>", Lang = "ar" }),
        Is.EqualTo("""<span class="person"><bdi dir="auto" lang="ar">سلمى بنعلي</bdi>, <span class="person__place"><bdi dir="auto">AMSSNuR &lt;Rabat&gt;</bdi></span></span>"""));

    [Test]
    public async Task A_person_of_one_name_has_no_stray_blank() => Assert.That(
        await Rendering.Markup(new PersonNameTagHelper { Given = "", Family = "Suharto" }),
        Is.EqualTo("""<span class="person"><bdi dir="auto">Suharto</bdi></span>"""));

    [Test]
    public async Task A_state_is_told_in_words() => Assert.That(
        await Rendering.Markup(new StateTagTagHelper { State = "UnderReview" }),
        Is.EqualTo("""<span class="tag tag--accent">Under review</span>"""));

    [Test]
    public async Task Words_and_tone_of_the_page_come_before_those_of_the_state() => Assert.That(
        await Rendering.Markup(new StateTagTagHelper { State = "Done", Tone = Tone.Danger }, "3 days late"),
        Is.EqualTo("""<span class="tag tag--danger">3 days late</span>"""));

    [TestCase(269, "<p class=\"word-count\" ")]
    [TestCase(270, "<p class=\"word-count word-count--near\" ")]
    [TestCase(301, "<p class=\"word-count word-count--over\" ")]
    public async Task The_count_warns_near_the_limit_and_past_it(int words, string start)
    {
        var form = new { Text = string.Join(' ', Enumerable.Repeat("word", words)) };
        var helper = new WordCountTagHelper { For = Rendering.Expression(form, "Text"), Max = 300, ViewContext = new Rendering().View() };
        Assert.That(await Rendering.Markup(helper), Does.StartWith(start));
    }

    [Test]
    public void The_place_in_the_navigation_is_the_longest_beginning_of_the_path()
    {
        var shell = ShellModel.Bare with { Nav = [new("Call", "/"), new("Committee", "/committee"), new("Standings", "/committee/standings")] };
        Assert.Multiple(() =>
        {
            Assert.That(shell.Current("/committee/standings/TA3")?.Text, Is.EqualTo("Standings"));
            Assert.That(shell.Current("/committee/routing")?.Text, Is.EqualTo("Committee"));
            Assert.That(shell.Current("/committees")?.Text, Is.Null);
            Assert.That(shell.Current("/")?.Text, Is.EqualTo("Call"));
        });
    }

    [Test]
    public void The_pages_shown_leave_gaps_between_the_ends_and_the_present() =>
        Assert.That(new PaginationModel(7, 50, 612, page => $"?page={page}").Shown(), Is.EqualTo(new int?[] { 1, null, 6, 7, 8, null, 13 }));
}
