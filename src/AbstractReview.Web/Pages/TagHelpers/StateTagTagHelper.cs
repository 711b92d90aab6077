using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>A state in words with its tone. Words written inside take the place of the state's own; <c>tone</c> that of the tone known here.</summary>
/// <example><c>&lt;state-tag state="submission.State" /&gt;</c> writes "Under review".</example>
[HtmlTargetElement("state-tag", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StateTagTagHelper : TagHelper
{
    private static readonly FrozenDictionary<Tone, string> Classes = Enum.GetValues<Tone>().ToFrozenDictionary(tone => tone, tone => $"tag tag--{tone.ToString().ToLowerInvariant()}");

    /// <summary>An enum value or its text; "UnderReview" reads "Under review".</summary>
    public object? State { get; set; }

    public Tone Tone { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var state = Convert.ToString(State, CultureInfo.InvariantCulture) ?? "";
        var inside = output.TagMode == TagMode.SelfClosing ? null : await output.GetChildContentAsync();
        var tone = Tone == Tone.Fitting ? ToneOf(state) : Tone;
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Classes[tone]);
        if (inside is null or { IsEmptyOrWhiteSpace: true }) output.Content.SetContent(Words(state));
        else output.Content.SetHtmlContent(inside);
    }

    /// <summary>"UnderReview" as "Under review"; text with blanks stays as it is.</summary>
    public static string Words(string state)
    {
        if (state.Contains(' ', StringComparison.Ordinal)) return state;
        var words = new StringBuilder();
        foreach (var letter in state)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ').Append(char.ToLowerInvariant(letter));
            else words.Append(words.Length == 0 ? char.ToUpperInvariant(letter) : letter);
        }
        return words.ToString();
    }

    /// <summary>The tone of every state the house knows; quiet for others.</summary>
    public static Tone ToneOf(string state) => state switch
    {
        "Submitted" or "UnderReview" or "InProgress" or "Running" or "Sending" or "Received" or "Assigned" or "Decided" or "Proposed" => Tone.Accent,
        "Confirmed" or "Done" or "Sent" or "Endorsed" or "Oral" or "Poster" or "Panel" or "Accepted" or "Published" or "Released" or "Completed" or "Scheduled" or "Pass" => Tone.Done,
        "Missing" or "Due" or "Waitlist" or "Pending" or "Returned" or "Drafted" or "Warning" => Tone.Warning,
        "Late" or "Failed" or "Refused" or "Reject" or "Declined" or "Bounced" or "Clash" or "Fail" or "Conflict" => Tone.Danger,
        _ => Tone.Quiet,
    };
}
