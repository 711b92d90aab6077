namespace AbstractReview.Domain.Tests;

public sealed class CountriesTests
{
    [TestCase("MA", "Morocco", "Maroc", "المغرب")]
    [TestCase("AT", "Austria", "Autriche", "النمسا")]
    [TestCase("CD", "Democratic Republic of the Congo", "République démocratique du Congo", "جمهورية الكونغو الديمقراطية")]
    [TestCase("KR", "Korea, Republic of", "République de Corée", "جمهورية كوريا")]
    [TestCase("US", "United States of America", "États-Unis d’Amérique", "الولايات المتحدة الأمريكية")]
    [TestCase("??", "??", "??", "??")]
    public void A_country_is_named_in_the_language_of_the_letter(string code, string english, string french, string arabic)
        => Assert.That((Countries.Name(code, "en"), Countries.Name(code, "fr"), Countries.Name(code, "ar")), Is.EqualTo((english, french, arabic)));

    [TestCase("fr", 'A', '\u024F')]
    [TestCase("ar", '\u0621', '\u06FF')]
    public void Every_country_has_a_name_of_its_own_in_that_script(string language, char first, char last)
    {
        var names = Countries.All.Select(c => Countries.Name(c.Key, language)).ToList();

        Assert.That(names, Is.Unique);
        Assert.That(names, Is.All.Matches<string>(name => name.Trim() == name && name.Where(char.IsLetter).All(c => c >= first && c <= last)));
    }
}
