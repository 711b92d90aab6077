using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Shell;

/// <summary>Asks for the frame just before a page is rendered, so that redirects and downloads never pay for it.</summary>
public sealed class ShellFilter(IShellSource source) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        // After a failure the source may be what failed; the error page must not fail with it.
        var failed = http.Features.Get<IExceptionHandlerFeature>() is not null;
        if (context.Result is PageResult && !failed)
            http.Items[typeof(ShellModel)] = await source.Read(http, http.RequestAborted);
        await next();
    }
}
