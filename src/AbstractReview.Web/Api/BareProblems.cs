namespace AbstractReview.Web.Api;

/// <summary>Words for the refusals that the framework gives by their status alone: what to do about each.</summary>
internal static class BareProblems
{
    public static void Explain(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status401Unauthorized => context.HttpContext.Request.Headers.Authorization.Count > 0
            ? "This token is not one of ours, or it has ended or was taken back. Make a new one under your account."
            : "Sign in, or send a token of your account as Authorization: Bearer.",
        StatusCodes.Status403Forbidden => "Your account or your token may not do this.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address takes other methods; Allow names them.",
        StatusCodes.Status415UnsupportedMediaType => "Send a body of JSON, with Content-Type: application/json.",
        _ => null,
    };
}
