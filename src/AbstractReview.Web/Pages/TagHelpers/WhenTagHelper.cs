using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using AbstractReview.Web.Pages.Shell;

namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>
/// An instant in the conference's zone; <c>when.js</c> adds the reader's own time where that differs.
/// With <c>left</c> it says how long it still is (or how long ago it was), by the server's clock.
/// </summary>
[HtmlTargetElement("when", Attributes = "at")]
public sealed class WhenTagHelper(TimeProvider clock) : TagHelper
{
    /// <summary>Nothing is written for null.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>The conference's zone where absent.</summary>
    public TimeZoneInfo? Zone { get; set; }

    public WhenStyle Style { get; set; } = WhenStyle.Full;

    /// <summary>Says the time left instead of the date, counted down on the page.</summary>
    public bool Left { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.SuppressOutput();
            return;
        }
        var zone = Zone ?? ShellModel.Of(ViewContext.HttpContext).Zone;
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", Machine(at));
        if (Left)
        {
            var now = clock.GetUtcNow();
            output.Attributes.SetAttribute("data-left", Machine(now));
            output.Content.SetContent(at > now ? $"{SpanWords(at - now)} left" : $"{SpanWords(now - at)} ago");
            return;
        }
        var local = TimeZoneInfo.ConvertTime(at, zone);
        if (Style is WhenStyle.Full or WhenStyle.Compact or WhenStyle.Time)
            output.Attributes.SetAttribute("data-when", ((int)local.Offset.TotalMinutes).ToString(CultureInfo.InvariantCulture));
        output.Content.SetContent(Words(local, zone, Style));
    }

    /// <summary>"1 March 2027, 23:59 (Vienna time, UTC+1)" and its shorter forms; English words whatever the server's culture.</summary>
    public static string Words(DateTimeOffset at, TimeZoneInfo zone, WhenStyle style)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return style switch
        {
            WhenStyle.Full => Format(local, "d MMMM yyyy, HH:mm") + (ZoneWords(zone) is "UTC" ? " (UTC)" : $" ({ZoneWords(zone)}, {OffsetWords(local.Offset)})"),
            WhenStyle.Compact => Format(local, "d MMM yyyy, HH:mm"),
            WhenStyle.Date => Format(local, "d MMMM yyyy"),
            WhenStyle.Day => Format(local, "dddd, d MMMM yyyy"),
            _ => Format(local, "HH:mm"),
        };
    }

    /// <summary>"Vienna time" for Europe/Vienna, "UTC" for UTC.</summary>
    public static string ZoneWords(TimeZoneInfo zone)
    {
        var id = zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;
        return id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal)
            ? id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ') + " time"
            : id is "Etc/UTC" or "UTC" ? "UTC" : id;
    }

    /// <summary>The two largest units, rounded down: "3 days 4 hours", "59 minutes", "less than a minute".</summary>
    public static string SpanWords(TimeSpan span) => span switch
    {
        { TotalDays: >= 14 } => Unit(span.Days, "day"),
        { TotalDays: >= 1 } => Two(span.Days, "day", span.Hours, "hour"),
        { TotalHours: >= 1 } => Two(span.Hours, "hour", span.Minutes, "minute"),
        { TotalMinutes: >= 1 } => Unit(span.Minutes, "minute"),
        _ => "less than a minute",
    };

    private static string Two(int first, string firstUnit, int second, string secondUnit) =>
        second == 0 ? Unit(first, firstUnit) : $"{Unit(first, firstUnit)} {Unit(second, secondUnit)}";

    private static string Unit(int count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";

    private static string OffsetWords(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero) return "UTC+0";
        var sign = offset < TimeSpan.Zero ? '−' : '+';
        var size = offset.Duration();
        return size.Minutes == 0 ? $"UTC{sign}{size.Hours}" : $"UTC{sign}{size.Hours}:{size.Minutes:00}";
    }

    private static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Format(DateTimeOffset local, string format) => local.ToString(format, CultureInfo.InvariantCulture);
}
