using AbstractReview.App.Letters;
using AbstractReview.Domain;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>What stands beside the forms of letters while they are edited: the letter, or in words why there is none.</summary>
internal static class LetterFrame
{
    /// <summary>As it is printed, for a frame of the page's own.</summary>
    public static Task<IActionResult> Pdf(PageModel page, Func<Task<LetterPreview>> write)
    {
        page.HttpContext.MayBeFramed();
        return Show(async () => page.File((await write()).Pdf, "application/pdf"));
    }

    /// <summary>The answer, or what is wrong as plain text with status 422.</summary>
    public static async Task<IActionResult> Show(Func<Task<IActionResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception refused) when (refused is RuleBrokenException or NotFoundException)
        {
            return new ContentResult { StatusCode = 422, ContentType = "text/plain; charset=utf-8", Content = refused is RuleBrokenException rule ? string.Join("\n", rule.Errors.Select(e => e.Message)) : refused.Message };
        }
    }
}
