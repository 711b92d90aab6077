using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>The control itself: everything of a field but its label, hint and error.</summary>
internal sealed class FieldControl(FieldValues field, FieldKind kind, string describedBy, IReadOnlyDictionary<string, string?> passed)
{
    public required string Type { get; init; }
    public required IEnumerable<SelectListItem> Items { get; init; }
    public required int? Width { get; init; }
    public required string Label { get; init; }
    public required TagBuilder? Error { get; init; }

    public IHtmlContent Build() => kind switch
    {
        FieldKind.Textarea => Textarea(),
        FieldKind.Select => Select(),
        FieldKind.Radios => Choices("radio"),
        FieldKind.Checkboxes => Choices("checkbox"),
        FieldKind.Scores => Scores(),
        FieldKind.File => Named("input", "type", "file"),
        _ => Input(),
    };

    /// <summary>A lone box with its label and hint; the hidden "false" lets an unticked box be told from one not asked.</summary>
    public IHtmlContent Box(TagBuilder label, TagBuilder? hint)
    {
        var box = Named("input", "type", "checkbox");
        box.Attributes["value"] = "true";
        if (field.Values.Contains("true")) box.Attributes["checked"] = "";
        var words = new TagBuilder("div");
        words.InnerHtml.AppendHtml(label);
        if (hint is not null) words.InnerHtml.AppendHtml(hint);
        var line = Wrapped("choice", box, words);
        line.InnerHtml.AppendHtml(new TagBuilder("input")
        {
            TagRenderMode = TagRenderMode.SelfClosing,
            Attributes = { ["type"] = "hidden", ["name"] = field.Name, ["value"] = "false" },
        });
        return line;
    }

    private TagBuilder Input()
    {
        var input = Named("input", "type", Type);
        // A password is never sent back.
        if (Type != "password") input.Attributes["value"] = field.Single;
        input.Attributes["class"] = Classes();
        return input;
    }

    private TagBuilder Textarea()
    {
        var area = Named("textarea");
        area.Attributes["class"] = Classes();
        // HTML drops the first line break inside a textarea; one more keeps what was typed.
        area.InnerHtml.AppendHtml("\n").Append(field.Single);
        return area;
    }

    private TagBuilder Select()
    {
        var select = Named("select");
        select.Attributes["class"] = Classes();
        foreach (var group in Items.GroupBy(item => item.Group?.Name))
        {
            var options = group.Select(Option);
            if (group.Key is null) foreach (var option in options) select.InnerHtml.AppendHtml(option);
            else select.InnerHtml.AppendHtml(Filled(new TagBuilder("optgroup") { Attributes = { ["label"] = group.Key } }, options));
        }
        return select;
    }

    private OptionLine Option(SelectListItem item) => new(item, Chosen(item));

    private TagBuilder Choices(string type)
    {
        var list = new TagBuilder("div") { Attributes = { ["class"] = "choices" } };
        foreach (var attribute in passed) list.Attributes[attribute.Key] = attribute.Value;
        return Filled(list, Items.Select((item, index) => Wrapped("choice", Choice(type, item, index), ChoiceLabel(item, index))));
    }

    private TagBuilder Scores()
    {
        var items = Items.Any() ? Items : Enumerable.Range(1, 5).Select(n => new SelectListItem($"{n}", $"{n}"));
        var row = new TagBuilder("div") { Attributes = { ["class"] = "scores" } };
        foreach (var attribute in passed) row.Attributes[attribute.Key] = attribute.Value;
        return Filled(row, items.Select((item, index) => Wrapped("score", Choice("radio", item, index), ScoreLabel(item, index))));
    }

    private TagBuilder Choice(string type, SelectListItem item, int index)
    {
        var input = new TagBuilder("input")
        {
            TagRenderMode = TagRenderMode.SelfClosing,
            Attributes = { ["type"] = type, ["id"] = IdOf(index), ["name"] = field.Name, ["value"] = item.Value ?? item.Text },
        };
        if (Chosen(item)) input.Attributes["checked"] = "";
        if (item.Disabled) input.Attributes["disabled"] = "";
        return input;
    }

    private TagBuilder ChoiceLabel(SelectListItem item, int index)
    {
        var label = new TagBuilder("label") { Attributes = { ["for"] = IdOf(index) } };
        label.InnerHtml.Append(item.Text);
        if (item.Group is { Name: { } hint }) label.InnerHtml.AppendHtml("<span class=\"hint\">").Append(hint).AppendHtml("</span>");
        return label;
    }

    private TagBuilder ScoreLabel(SelectListItem item, int index)
    {
        var label = new TagBuilder("label") { Attributes = { ["for"] = IdOf(index) } };
        label.InnerHtml.AppendHtml("<b>").Append(item.Text).AppendHtml("</b>");
        if (item.Group is { Name: { } rubric }) label.InnerHtml.Append(" ").Append(rubric);
        return label;
    }

    // The first choice carries the field's own id, so that the error summary can focus it.
    private string IdOf(int index) => index == 0 ? field.Id : $"{field.Id}-{index + 1}";

    private bool Chosen(SelectListItem item) => field.Values.Count > 0 ? field.Values.Contains(item.Value ?? item.Text) : item.Selected;

    private string Classes() => string.Join(' ', new[] { "input", Width is { } width ? $"input--{width}" : null }.OfType<string>());

    private TagBuilder Named(string tag, string? attribute = null, string? value = null)
    {
        var control = new TagBuilder(tag);
        if (tag == "input") control.TagRenderMode = TagRenderMode.SelfClosing;
        if (attribute is not null) control.Attributes[attribute] = value;
        control.Attributes["id"] = field.Id;
        control.Attributes["name"] = field.Name;
        if (describedBy.Length > 0) control.Attributes["aria-describedby"] = describedBy;
        if (field.Error is not null) control.Attributes["aria-invalid"] = "true";
        foreach (var more in passed) control.Attributes[more.Key] = more.Value;
        return control;
    }

    private static TagBuilder Wrapped(string classes, params IEnumerable<IHtmlContent> parts) =>
        Filled(new TagBuilder("div") { Attributes = { ["class"] = classes } }, parts);

    private static TagBuilder Filled(TagBuilder tag, IEnumerable<IHtmlContent> parts)
    {
        foreach (var part in parts) tag.InnerHtml.AppendHtml(part);
        return tag;
    }

    // A list of countries has hundreds; a tag builder each would be most of the page's work.
    private sealed class OptionLine(SelectListItem item, bool chosen) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            writer.Write("<option value=\"");
            encoder.Encode(writer, item.Value ?? item.Text);
            writer.Write(chosen ? "\" selected=\"\"" : "\"");
            writer.Write(item.Disabled ? " disabled=\"\">" : ">");
            encoder.Encode(writer, item.Text);
            writer.Write("</option>");
        }
    }
}
