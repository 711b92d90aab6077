using AbstractReview.App.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages;

/// <summary>The page of an answer that has a status and no body: not found, not allowed, stale, too many.</summary>
[IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
public sealed class StatusModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Code { get; init; }

    public string Heading => Code switch
    {
        400 => "The request could not be read",
        401 => "Please sign in",
        403 => "This is not open to you",
        404 => "There is no such page",
        409 => "Someone changed this in the meantime",
        405 => "This page does not do that",
        413 => "The file is too large",
        415 => "This kind of form is not read here",
        429 => "Too many requests",
        503 => "The server cannot do this just now",
        _ => "This did not work",
    };

    public string Advice => Code switch
    {
        400 => "The form may have been open for a long time. Go back, reload the page and send it again.",
        401 => "Sign in, and you come back to where you wanted to go.",
        403 => "Your role does not include this page, or not yet. If you think it should, ask the secretariat.",
        404 => "The address may be mistyped, or what was here is not open to you.",
        409 => "Go back and reload to see the newest version; what you typed is still in your form.",
        405 or 415 => "Go back and use the page's own form.",
        413 => "Choose a smaller file; the form says how large it may be.",
        429 => "Wait a minute, then try again.",
        503 => (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is { } failure ? StorageTrouble.Words(failure) : null) ?? "Nothing of this was saved. What you typed is still in your browser's form: go back and send it again in a minute.",
        _ => "Go back and try again.",
    };

    public void OnGet() { }
    public void OnPost() { }
}
