using System.ComponentModel.DataAnnotations;
using AbstractReview.App.Accounts;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>A submission's content as its form sends it.</summary>
public sealed class SubmissionForm
{
    public string? Title { get; set; }
    [DataType(DataType.MultilineText)]
    public string? Abstract { get; set; }
    public string? AreaCode { get; set; }
    public List<string> Topics { get; set; } = [];
    /// <summary>Separated by commas, semicolons or line breaks.</summary>
    public string? Keywords { get; set; }
    public string? Presentation { get; set; } = "either";
    public List<AuthorForm> Authors { get; set; } = [new()];

    public static SubmissionForm Of(SubmissionContent c) => new()
    {
        Title = c.Title,
        Abstract = c.Abstract,
        AreaCode = c.AreaCode,
        Topics = [.. c.Topics],
        Keywords = string.Join(", ", c.Keywords),
        Presentation = c.Presentation,
        Authors = c.Authors.Count == 0 ? [new()] : c.Authors.Select(AuthorForm.Of).ToList(),
    };

    public SubmissionContent Content() => new()
    {
        Title = Title ?? "",
        Abstract = Abstract ?? "",
        AreaCode = AreaCode ?? "",
        Topics = Topics,
        Keywords = (Keywords ?? "").Split([',', ';', '\n', '،', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Presentation = Presentation ?? "",
        // A row that was added and left empty is no author.
        Authors = Authors.Where(a => !a.IsEmpty).Select(a => a.Author()).ToList(),
    };

    /// <summary>What a row button asks for: <c>add</c>, <c>up:2</c>, <c>down:2</c> or <c>remove:2</c>; anything else changes nothing.</summary>
    public void Arrange(string button)
    {
        if (button == "add") Authors.Add(new());
        if (button.Split(':') is not [var verb, var text] || !int.TryParse(text, out var at) || at < 0 || at >= Authors.Count) return;
        var row = Authors[at];
        if (verb == "remove" && Authors.Count > 1) Authors.RemoveAt(at);
        var to = verb switch { "up" => at - 1, "down" => at + 1, _ => at };
        if (to == at || to < 0 || to >= Authors.Count) return;
        Authors.RemoveAt(at);
        Authors.Insert(to, row);
    }

    /// <summary>The input of a field of the domain: <c>authors[0].email</c> is <c>Form.Authors[0].Email</c>, <c>topics[1]</c> the topics.</summary>
    public static string FieldOf(string field)
    {
        if (field == "") return "";
        if (field.StartsWith("topics", StringComparison.Ordinal)) return "Form.Topics";
        if (field.StartsWith("keywords", StringComparison.Ordinal)) return "Form.Keywords";
        return field == "state" ? "" : "Form." + string.Join('.', field.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}

public sealed class AuthorForm
{
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? Email { get; set; }
    public string? Affiliation { get; set; }
    public string? Country { get; set; }
    public string? Orcid { get; set; }
    public bool Presenting { get; set; }
    public bool Corresponding { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(GivenName + FamilyName + Email + Affiliation + Orcid);

    /// <summary>Whoever begins a submission as its first author, who presents and corresponds until somebody else does.</summary>
    public static AuthorForm Of(OwnAccount account) => new()
    {
        GivenName = account.Profile.GivenName,
        FamilyName = account.Profile.FamilyName,
        Email = account.Email,
        Affiliation = account.Profile.Affiliation,
        Country = account.Profile.Country,
        Orcid = account.Profile.Orcid,
        Presenting = true,
        Corresponding = true,
    };

    public static AuthorForm Of(Author a) => new()
    {
        GivenName = a.GivenName,
        FamilyName = a.FamilyName,
        Email = a.Email,
        Affiliation = a.Affiliation,
        Country = a.Country,
        Orcid = a.Orcid,
        Presenting = a.Presenting,
        Corresponding = a.Corresponding,
    };

    public Author Author() => new()
    {
        GivenName = GivenName ?? "",
        FamilyName = FamilyName ?? "",
        Email = Email ?? "",
        Affiliation = Affiliation ?? "",
        Country = Country ?? "",
        Orcid = Orcid,
        Presenting = Presenting,
        Corresponding = Corresponding,
    };
}
