using AbstractReview.Domain.Routing;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Domain.Tests.Routing;

public class ConflictRulesTests
{
    private static readonly ReviewerIdentity Jane = new()
    {
        PersonId = 1, Email = "Jane.Doe@reg.example", GivenName = "Jane", FamilyName = "Doé", Affiliation = "The Regulator, Department of Law", Country = "FR", Orcid = "0000-0002-1825-0097",
    };

    private static Author By(string email, string name = "Some Body", string affiliation = "Elsewhere", string country = "MA", string? orcid = null)
        => new() { GivenName = name.Split(' ')[0], FamilyName = name.Split(' ')[1], Email = email, Affiliation = affiliation, Country = country, Orcid = orcid };

    private static List<FoundConflict> Of(ReviewerIdentity reviewer, bool countries, params Author[] authors)
        => new ConflictRules([new SubmissionIdentity(7, 99, "owner@nowhere.example", authors)], countries).Of(reviewer).ToList();

    [TestCase("jane.doe@reg.example", ExpectedResult = "Own")]
    [TestCase("JANE.DOE+conf@REG.example", ExpectedResult = "Own")]
    [TestCase("other@reg.example", ExpectedResult = "Institution")]
    [TestCase("other@law.reg.example", ExpectedResult = "Institution")]
    [TestCase("other@notreg.example", ExpectedResult = "")]
    public string An_address_tells(string email) => string.Join(' ', Of(Jane, false, By(email)).Select(c => c.Kind));

    [TestCase("The Regulator, Department of Law", "MA", ExpectedResult = true)]
    [TestCase("REGULATOR; department law", "MA", ExpectedResult = true)]
    [TestCase("Regulator", "FR", ExpectedResult = true, TestName = "A department is of its house within a country")]
    [TestCase("Regulator", "MA", ExpectedResult = false, TestName = "Regulators of two countries may share a word")]
    [TestCase("Regulators United", "FR", ExpectedResult = false)]
    public bool An_affiliation_tells(string affiliation, string country)
        => Of(Jane, false, By("a@b.example", affiliation: affiliation, country: country)).Any(c => c.Kind == ConflictKind.Institution);

    [Test]
    public void Public_mail_providers_are_nobodys_institution()
        => Assert.That(Of(Jane with { Email = "jane@gmail.com" }, false, By("other@gmail.com")), Is.Empty);

    [Test]
    public void Gmail_ignores_dots()
        => Assert.That(Of(Jane with { Email = "jane.doe@gmail.com" }, false, By("janedoe@googlemail.com")).Single().Kind, Is.EqualTo(ConflictKind.Own));

    [Test]
    public void An_orcid_tells_an_own_submission_for_certain()
        => Assert.That(Of(Jane, false, By("x@y.example", orcid: "0000-0002-1825-0097")).Select(c => (c.Kind, c.Certain)), Is.EqualTo(new[] { (ConflictKind.Own, true) }));

    [Test]
    public void The_same_name_in_the_same_country_is_suspected()
        => Assert.That(Of(Jane, false, By("private@gmail.com", "Doe Jane", country: "FR")).Select(c => (c.Kind, c.Certain)), Is.EqualTo(new[] { (ConflictKind.Own, false) }));

    [Test]
    public void A_country_counts_only_where_the_call_says_so()
    {
        Assert.That(Of(Jane, false, By("x@y.example", country: "FR")), Is.Empty);
        Assert.That(Of(Jane, true, By("x@y.example", country: "FR")).Single().Evidence, Is.EqualTo("Author Some Body is of France, like the reviewer."));
    }

    [Test]
    public void Who_wrote_with_the_reviewer_is_a_co_author_everywhere()
    {
        var coAuthor = By("co@lab.example", "Co Author");
        var rules = new ConflictRules(
            [new SubmissionIdentity(1, 99, "o@n.example", [By("jane.doe@reg.example"), coAuthor]), new SubmissionIdentity(2, 98, "p@n.example", [coAuthor]), new SubmissionIdentity(3, 97, "q@n.example", [By("z@z.example")])], false);

        Assert.That(rules.Of(Jane).Select(c => (c.Number, c.Kind)), Is.EqualTo(new[] { (1, ConflictKind.Own), (2, ConflictKind.CoAuthor) }));
    }
}
