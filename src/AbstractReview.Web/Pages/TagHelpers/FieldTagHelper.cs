using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>
/// One question of a form: label, hint, error and control, bound to a property. What was typed stays after a refusal.
/// Attributes that are not its own go to the control; what is written inside comes after the control.
/// </summary>
/// <example><c>&lt;field for="Title" label="Title" hint="As it shall be printed" autocomplete="off" /&gt;</c></example>
[HtmlTargetElement("field", Attributes = "for")]
public sealed class FieldTagHelper : TagHelper
{
    [HtmlAttributeName("for")]
    public required ModelExpression For { get; set; }

    /// <summary>The question in words; the property's display name where absent.</summary>
    public string? Label { get; set; }

    public string? Hint { get; set; }

    /// <summary>What the property asks for where absent: a box for a bool, a file, a text area for multiline text, else an input.</summary>
    public FieldKind As { get; set; }

    /// <summary>The type of an input; told from the property where absent.</summary>
    public string? Type { get; set; }

    /// <summary>What may be chosen, for Select, Radios, Checkboxes and Scores. An item's group name is its hint, but a real group for Select.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>Width of the control in characters: 2, 4, 10 or 20; full where absent.</summary>
    public int? Width { get; set; }

    /// <summary>The limit of words shown under the control; typing past it is never blocked.</summary>
    [HtmlAttributeName("max-words")]
    public int? MaxWords { get; set; }

    /// <summary>Says "(optional)" after the label.</summary>
    public bool Optional { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    /// <summary>The id of the control of a field, as links of the error summary need it.</summary>
    public static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var field = new FieldValues(name, For, ViewContext.ViewData.ModelState);
        var kind = As == FieldKind.Fitting ? KindOf(For.Metadata) : As;
        var label = Label ?? For.Metadata.DisplayName ?? For.Metadata.PropertyName ?? name;
        var hint = Hint ?? For.Metadata.Description;
        var described = new List<string>();
        if (hint is not null) described.Add($"{field.Id}-hint");
        if (field.Error is not null) described.Add($"{field.Id}-error");
        if (MaxWords is not null) described.Add($"{field.Id}-words");

        var control = new FieldControl(field, kind, string.Join(' ', described), Passed(output))
        {
            Type = Type ?? TypeOf(For.Metadata),
            Items = Items ?? [],
            Width = Width,
            Label = label,
            Error = ErrorLine(field),
        };
        var inner = (await output.GetChildContentAsync()).GetContent();

        var grouped = kind is FieldKind.Radios or FieldKind.Checkboxes or FieldKind.Scores;
        output.TagName = grouped ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var classes = string.Join(' ', new[] { "field", field.Error is null ? null : "field--error", output.Attributes["class"]?.Value?.ToString() }.Where(c => !string.IsNullOrEmpty(c)));
        output.Attributes.Clear();
        output.Attributes.Add("class", classes);
        if (grouped && described.Count > 0) output.Attributes.Add("aria-describedby", string.Join(' ', described));

        var content = output.Content;
        if (kind != FieldKind.Checkbox)
        {
            content.AppendHtml(LabelLine(grouped, field.Id, label));
            if (hint is not null) content.AppendHtml(HintLine(field.Id, hint));
            if (control.Error is not null) content.AppendHtml(control.Error);
            content.AppendHtml(control.Build());
        }
        else
        {
            // A lone box stands before its words.
            if (control.Error is not null) content.AppendHtml(control.Error);
            content.AppendHtml(control.Box(LabelLine(false, field.Id, label), hint is null ? null : HintLine(field.Id, hint)));
        }
        if (MaxWords is { } max) content.AppendHtml(WordCountTagHelper.Line(field.Id, field.Single, max));
        content.AppendHtml(inner);
    }

    private TagBuilder LabelLine(bool grouped, string id, string label)
    {
        var line = new TagBuilder(grouped ? "legend" : "label");
        if (!grouped) line.Attributes["for"] = id;
        line.InnerHtml.Append(label);
        if (Optional) line.InnerHtml.AppendHtml(" <span class=\"optional\">(optional)</span>");
        return line;
    }

    private static TagBuilder HintLine(string id, string hint)
    {
        var line = new TagBuilder("p") { Attributes = { ["class"] = "hint", ["id"] = $"{id}-hint" } };
        line.InnerHtml.Append(hint);
        return line;
    }

    private static TagBuilder? ErrorLine(FieldValues field)
    {
        if (field.Error is null) return null;
        var line = new TagBuilder("p") { Attributes = { ["class"] = "error", ["id"] = $"{field.Id}-error" } };
        line.InnerHtml.AppendHtml("<span class=\"visually-hidden\">Error: </span>").Append(field.Error);
        return line;
    }

    private static Dictionary<string, string?> Passed(TagHelperOutput output) => output.Attributes
        .Where(attribute => attribute.Name != "class")
        .ToDictionary(attribute => attribute.Name, attribute => attribute.ValueStyle == HtmlAttributeValueStyle.Minimized ? "" : Text(attribute.Value));

    private static string? Text(object? value) => value switch
    {
        HtmlString html => System.Net.WebUtility.HtmlDecode(html.Value),
        IHtmlContent html => System.Net.WebUtility.HtmlDecode(Rendered(html)),
        _ => value?.ToString(),
    };

    private static string Rendered(IHtmlContent html)
    {
        using var writer = new StringWriter();
        html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }

    private static FieldKind KindOf(Microsoft.AspNetCore.Mvc.ModelBinding.ModelMetadata metadata) =>
        metadata.DataTypeName == "MultilineText" ? FieldKind.Textarea
        : metadata.UnderlyingOrModelType == typeof(bool) ? FieldKind.Checkbox
        : typeof(IFormFile).IsAssignableFrom(metadata.ModelType) ? FieldKind.File
        : FieldKind.Input;

    private static string TypeOf(Microsoft.AspNetCore.Mvc.ModelBinding.ModelMetadata metadata) => metadata.DataTypeName switch
    {
        "EmailAddress" => "email",
        "Password" => "password",
        "PhoneNumber" => "tel",
        "Url" => "url",
        _ => metadata.UnderlyingOrModelType switch
        {
            var type when type == typeof(DateOnly) => "date",
            var type when type == typeof(TimeOnly) => "time",
            var type when type == typeof(DateTime) => "datetime-local",
            _ => "text",
        },
    };
}
