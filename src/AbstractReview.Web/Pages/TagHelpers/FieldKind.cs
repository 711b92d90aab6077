namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>The control of a <c>&lt;field&gt;</c>.</summary>
public enum FieldKind
{
    /// <summary>Told from the property.</summary>
    Fitting,
    Input,
    Textarea,
    Select,
    Radios,
    Checkboxes,
    /// <summary>One box for a bool.</summary>
    Checkbox,
    /// <summary>A row of boxes, 1 to 5 unless items say otherwise; an item's group name is its rubric.</summary>
    Scores,
    File,
}
