namespace AbstractReview.Web.Pages.TagHelpers;

/// <summary>How much of an instant is told.</summary>
public enum WhenStyle
{
    /// <summary>1 March 2027, 23:59 (Vienna time, UTC+1)</summary>
    Full,
    /// <summary>1 Mar 2027, 23:59: for tables, where the head names the zone.</summary>
    Compact,
    /// <summary>1 March 2027</summary>
    Date,
    /// <summary>Monday, 1 March 2027</summary>
    Day,
    /// <summary>23:59</summary>
    Time,
}
