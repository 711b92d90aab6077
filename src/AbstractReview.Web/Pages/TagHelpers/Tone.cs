namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>What a state asks of its reader: nothing, to know, to be glad, to look, to act.</summary>
public enum Tone
{
    /// <summary>Told from the state.</summary>
    Fitting,
    Quiet,
    Accent,
    Done,
    Warning,
    Danger,
}
