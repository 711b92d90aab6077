using AbstractReview.Domain;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>A person's name, set apart so that a name written from right to left disturbs nothing around it; the affiliation after it likewise.</summary>
[HtmlTargetElement("person-name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PersonNameTagHelper : TagHelper
{
    /// <summary>The whole name; or give <see cref="Given"/> and <see cref="Family"/>.</summary>
    public string? Name { get; set; }

    public string? Given { get; set; }
    public string? Family { get; set; }
    public string? Affiliation { get; set; }

    /// <summary>The language of the name as a BCP 47 tag, where known.</summary>
    public string? Lang { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "person");
        output.Content.AppendHtml(Isolated(Name ?? PersonName.Full(Given, Family), Lang));
        if (!string.IsNullOrWhiteSpace(Affiliation))
            output.Content.Append(", ").AppendHtml("<span class=\"person__place\">").AppendHtml(Isolated(Affiliation, null)).AppendHtml("</span>");
    }

    private static Microsoft.AspNetCore.Mvc.Rendering.TagBuilder Isolated(string text, string? lang)
    {
        var bdi = new Microsoft.AspNetCore.Mvc.Rendering.TagBuilder("bdi") { Attributes = { ["dir"] = "auto" } };
        if (!string.IsNullOrEmpty(lang)) bdi.Attributes["lang"] = lang;
        bdi.InnerHtml.Append(text);
        return bdi;
    }
}
