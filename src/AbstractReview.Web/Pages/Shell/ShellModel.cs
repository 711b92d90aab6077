namespace AbstractReview.Web.Pages.Shell;

/// <summary>What the frame of every page shows: the conference, who is signed in and as what, and where they may go.</summary>
public sealed record ShellModel
{
    /// <summary>The conference's full title; it ends every page title.</summary>
    public required string ConferenceTitle { get; init; }

    /// <summary>The conference's zone; every date of every page is told in it.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>When and where in words, e.g. "4–8 October 2027, Marrakesh"; shown in the footer.</summary>
    public string? WhenAndWhere { get; init; }

    /// <summary>The e-mail address of the secretariat, shown in the footer and on error pages.</summary>
    public string? Contact { get; init; }

    /// <summary>Null for an anonymous reader.</summary>
    public ShellPerson? Person { get; init; }

    /// <summary>The places this person may go, in the order shown; nothing they may not open.</summary>
    public IReadOnlyList<NavItem> Nav { get; init; } = [];

    /// <summary>The frame when the conference could not be asked, as on the error page.</summary>
    public static ShellModel Bare { get; } = new() { ConferenceTitle = "AbstractReview", Zone = TimeZoneInfo.Utc };

    /// <summary>The frame of this request: what <see cref="ShellFilter"/> left there, else <see cref="Bare"/>.</summary>
    public static ShellModel Of(HttpContext context) =>
        context.Items.TryGetValue(typeof(ShellModel), out var shell) && shell is ShellModel model ? model : Bare;

    /// <summary>The item whose address is the request's, else the one in the same part of the site; null where none is.</summary>
    public NavItem? Current(PathString path)
        => Nav.FirstOrDefault(item => item.Url == path.Value)
            ?? Nav.Where(item => item.Url != "/" && path.StartsWithSegments(item.Url)).MaxBy(item => item.Url.Length)
            ?? Nav.FirstOrDefault(item => item.Url != "/" && path.StartsWithSegments(Part(item.Url)));

    // "/committee" of "/committee/overview".
    private static string Part(string url) => url.IndexOf('/', 1) is > 0 and var end ? url[..end] : url;
}

/// <summary>The person signed in. <paramref name="Role"/> is in words ("Reviewer", "Chair of TA3"); <paramref name="Lang"/> a BCP 47 tag where known.</summary>
public sealed record ShellPerson(string Name, string Role, string? Lang = null);

/// <summary>A place in the navigation; <paramref name="CountWords"/> says what <paramref name="Count"/> counts, e.g. "reviews due".</summary>
public sealed record NavItem(string Text, string Url, int? Count = null, string? CountWords = null);
