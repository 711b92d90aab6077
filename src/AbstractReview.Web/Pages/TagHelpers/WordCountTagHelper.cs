using System.Globalization;
using AbstractReview.Domain.Submissions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>"212 of 300 words" for a text; <c>word-count.js</c> keeps it true while typing. <c>&lt;field max-words&gt;</c> writes it itself.</summary>
[HtmlTargetElement("word-count", Attributes = "for,max", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WordCountTagHelper : TagHelper
{
    [HtmlAttributeName("for")]
    public required ModelExpression For { get; set; }

    /// <summary>The limit in words.</summary>
    public int Max { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var field = new FieldValues(name, For, ViewContext.ViewData.ModelState);
        output.TagName = null;
        output.Content.SetHtmlContent(Line(field.Id, field.Single, Max));
    }

    internal static IHtmlContent Line(string id, string text, int max)
    {
        var count = ContentRules.Words(text);
        var line = new TagBuilder("p")
        {
            Attributes =
            {
                ["class"] = "word-count" + (count > max ? " word-count--over" : count >= NearFrom(max) ? " word-count--near" : ""),
                ["id"] = $"{id}-words",
                ["data-words-for"] = id,
                ["data-max"] = max.ToString(CultureInfo.InvariantCulture),
            },
        };
        line.InnerHtml.Append(Words(count, max));
        return line;
    }

    /// <summary>From nine tenths of the limit on the reader is warned.</summary>
    public static int NearFrom(int max) => max - max / 10;

    public static string Words(int count, int max) => count <= max
        ? $"{count} of {max} words"
        : $"{count} of {max} words: {count - max} too many";
}
