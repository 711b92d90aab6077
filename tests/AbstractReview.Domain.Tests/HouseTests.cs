using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AbstractReview.Domain.Tests;

/// <summary>The house plan, held to.</summary>
public partial class HouseTests
{
    [TestCase("Domain", "")]
    [TestCase("Matching", "")]
    [TestCase("Typesetting", "")]
    [TestCase("App", "Domain Matching Typesetting")]
    [TestCase("Web", "App")]
    public void A_project_references_only_what_the_plan_allows(string project, string allowed)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", $"AbstractReview.{project}", $"AbstractReview.{project}.csproj"));

        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)["AbstractReview.".Length..]).Order();

        Assert.That(string.Join(' ', references), Is.EqualTo(allowed));
    }

    [Test]
    public void The_domain_uses_no_packages()
        => Assert.That(XDocument.Load(Path.Combine(Repository.Root, "src", "AbstractReview.Domain", "AbstractReview.Domain.csproj")).Descendants("PackageReference"), Is.Empty);

    [Test]
    public void Nothing_in_src_reads_the_clock_but_through_a_time_provider()
    {
        var readers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => Clock().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Repository.Root, f));

        Assert.That(readers, Is.Empty);
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex Clock();
}
