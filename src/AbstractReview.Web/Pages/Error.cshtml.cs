using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages;

/// <summary>The page of an unexpected failure; it says nothing of what failed but the number under which the log has it.</summary>
[IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public string Trace => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
    public void OnGet() { }
    public void OnPost() { }
}
