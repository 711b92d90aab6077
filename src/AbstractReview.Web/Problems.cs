using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web;

/// <summary>Refusals become answers here, once: problem+json for the API, a plain page for people.</summary>
internal sealed class Problems(IProblemDetailsService problems, ILogger<Problems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The handler has put its own path in place of what was asked for.
        var asked = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path.Value ?? "";
        var isApi = asked.StartsWith("/api/", StringComparison.Ordinal);
        if (StatusOf(exception) is not { } status)
        {
            if (!isApi) return false;
            log.LogError(exception, "A request broke");
            status = 500;
        }

        httpContext.Response.StatusCode = status;
        if (status == 503) httpContext.Response.Headers.RetryAfter = "60";
        if (status == 503 && exception is not OperationCanceledException) log.LogError(exception, "Storage failed");
        // For people the status code page tells it.
        if (!isApi) return true;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = Describe(exception, status), Exception = exception });
    }

    internal static int? StatusOf(Exception exception) => exception switch
    {
        NotFoundException => 404,
        NotAllowedException => 403,
        RuleBrokenException => 422,
        StaleException => 409,
        BadHttpRequestException bad => bad.StatusCode,
        // A body that was half here when the server was told to end; who went away does not read it.
        OperationCanceledException => 503,
        _ when IsUnreadable(exception) => 400,
        _ when StorageTrouble.Words(exception) is not null => 503,
        _ => null,
    };

    // Broken off or badly encoded forms: what reads them throws what it happens to throw.
    private static bool IsUnreadable(Exception exception) => exception is IOException or InvalidDataException or InvalidOperationException
        && exception.TargetSite?.DeclaringType?.Namespace is "Microsoft.AspNetCore.WebUtilities" or "Microsoft.AspNetCore.Http.Features" or "Microsoft.AspNetCore.Internal";

    private static ProblemDetails Describe(Exception exception, int status)
    {
        var details = new ProblemDetails
        {
            Status = status,
            Title = status switch
            {
                400 => "The request cannot be read.",
                403 => "You may not do this.",
                404 => "There is nothing here for you.",
                409 => "Somebody changed it first.",
                413 => "The request is too large.",
                415 => "This content type is not taken here; send application/json.",
                422 => "A rule was broken.",
                500 => "Something went wrong on our side.",
                503 => "The server cannot do this just now.",
                _ => "The request was refused.",
            },
            Detail = exception is BadHttpRequestException bad ? Unreadable(bad).Message
                : status == 500 ? "What was saved before is safe. If it happens again, tell the secretariat the traceId."
                : exception is OperationCanceledException ? "The server is being started anew. Nothing of this was saved; send it again in a minute."
                : status == 400 ? "The body is broken off, or not encoded as it says."
                : StorageTrouble.Words(exception) ?? exception.Message,
        };
        if (exception is RuleBrokenException rule) details.Extensions["errors"] = rule.Errors;
        if (exception is BadHttpRequestException { InnerException: JsonException } body) details.Extensions["errors"] = new[] { Unreadable(body) };
        if (exception is StaleException stale) details.Extensions["currentVersion"] = stale.Current;
        return details;
    }

    // What the framework says names its own types; who sends a request wants to know which field, and what to do.
    private static FieldError Unreadable(BadHttpRequestException bad)
    {
        if (bad.InnerException is not JsonException json)
            return new FieldError("", bad.Message.StartsWith("Implicit body", StringComparison.Ordinal) ? "Send a body of JSON, with Content-Type: application/json." : bad.Message);
        var (field, line) = ((json.Path ?? "").TrimStart('$', '.'), (json.LineNumber ?? 0) + 1);
        return new FieldError(field, field == ""
            ? $"The body is not valid JSON (line {line})."
            : $"“{field}” cannot be read (line {line}): it is of another type than is asked for here, or not valid UTF-8.");
    }
}

/// <summary>A rule broken while a form is posted puts its messages at the form's fields and shows the page again, filled in as it was.</summary>
internal sealed class RefusalFilter : IPageFilter
{
    private static readonly ConcurrentDictionary<ParameterInfo, bool> Needed = new();

    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    /// <summary>What a handler must be given and a hand-made form leaves out is a bad request, not a broken server.</summary>
    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // A method the page has nothing for would show the page with nothing in it; a page that needs nothing is shown to who asks for it.
        var method = context.HttpContext.Request.Method;
        if (context.HandlerMethod is null && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && context.HandlerInstance is not (Pages.StatusModel or Pages.ErrorModel))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }

        foreach (var parameter in context.HandlerMethod?.Parameters ?? [])
            if (Needed.GetOrAdd(parameter.ParameterInfo, IsNeeded) && (!context.HandlerArguments.TryGetValue(parameter.Name, out var given) || given is null))
                context.Result = new BadRequestResult();
    }

    private static bool IsNeeded(ParameterInfo parameter)
        => parameter is { HasDefaultValue: false, ParameterType.IsValueType: false } && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull;

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        if (context.Exception is not (RuleBrokenException or StaleException) || HttpMethods.IsGet(context.HttpContext.Request.Method)) return;
        // A page that can be shown again after a refusal says how, by IShowAgain.
        if (context.HandlerInstance is not IShowAgain again) return;
        if (context.Exception is RuleBrokenException rule)
            foreach (var error in rule.Errors)
                context.ModelState.AddModelError(again.FieldOf(error.Field), error.Message);
        else
            context.ModelState.AddModelError("", context.Exception.Message);
        context.ExceptionHandled = true;
        context.HttpContext.Response.StatusCode = context.Exception is StaleException ? 409 : 422;
        again.ShowAgain(context.HttpContext.RequestAborted).GetAwaiter().GetResult();
        context.Result = ((PageModel)context.HandlerInstance).Page();
    }
}

/// <summary>A page model whose form comes back filled in after a refusal.</summary>
public interface IShowAgain
{
    /// <summary>Loads what the page shows beside the posted form.</summary>
    Task ShowAgain(CancellationToken ct);

    /// <summary>The input's name for a field of the domain, such as <c>Input.Title</c> for <c>title</c>.</summary>
    string FieldOf(string field) => field;
}
