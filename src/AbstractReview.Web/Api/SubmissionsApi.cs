using AbstractReview.App.Programme;
using AbstractReview.App.Submissions;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.Web.Api;

/// <summary>Submissions: written, handed in, read, answered.</summary>
internal static class SubmissionsApi
{
    public static void MapSubmissions(this RouteGroupBuilder api)
    {
        api.MapPost("/submissions", async (SubmissionBody body, bool? submit, HttpContext http, IMediator mediator) =>
        {
            var view = body.Submit == true || submit == true
                ? await mediator.Send(new CreateSubmission(body.Content(), http.Actor()), http.RequestAborted)
                : await Draft(body, http, mediator);
            return http.Versioned(Created.At($"/api/v1/submissions/{view.Number}", view), view.Version);
        }).AddEndpointFilter<Idempotency>().Produces<SubmissionView>(201);

        api.MapGet("/submissions", async (HttpContext http, IMediator mediator, bool? mine, string? area, string? state, string? search, string? cursor, int? take) =>
            TypedResults.Ok(await mediator.Send(new ListSubmissions(mine == true, area, StateOf(state), search, cursor, take ?? 50, http.Actor()), http.RequestAborted)));

        api.MapGet("/submissions/{number:int}", async (int number, HttpContext http, IMediator mediator) =>
        {
            var view = await mediator.Send(new ReadSubmission(number, http.Actor()), http.RequestAborted);
            return http.Versioned(TypedResults.Ok(view), view.Version);
        });

        api.MapPut("/submissions/{number:int}", async (int number, SubmissionBody body, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new SaveDraft(number, body.Content(), http.ExpectedVersion() ?? body.Version, http.Actor()), http.RequestAborted);
            return await Now(number, http, mediator);
        });

        api.MapPost("/submissions/{number:int}/submit", async (int number, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new SubmitSubmission(number, http.Actor()), http.RequestAborted);
            return await Now(number, http, mediator);
        });

        api.MapPost("/submissions/{number:int}/withdraw", async (int number, SubmissionReason body, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new WithdrawSubmission(number, body.Reason ?? "", http.Actor()), http.RequestAborted);
            return await Now(number, http, mediator);
        });

        api.MapPost("/submissions/{number:int}/confirm", async (int number, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new ConfirmParticipation(number, http.Actor()), http.RequestAborted);
            return await Now(number, http, mediator);
        });

        api.MapPost("/submissions/{number:int}/decline", async (int number, SubmissionReason body, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new DeclineParticipation(number, body.Reason ?? "", http.Actor()), http.RequestAborted);
            return await Now(number, http, mediator);
        });

        api.MapGet("/submissions/{number:int}/preparation", async (int number, HttpContext http, IMediator mediator) =>
        {
            var view = await mediator.Send(new ReadPreparation(number, http.Actor()), http.RequestAborted);
            return http.Versioned(TypedResults.Ok(view), view.Version);
        });

        api.MapPut("/submissions/{number:int}/preparation", async (int number, PreparationBody body, HttpContext http, IMediator mediator) =>
        {
            await mediator.Send(new PrepareSubmission
            {
                Number = number, Presenting = body.Presenting, Biography = body.Biography ?? "", Consent = body.Consent, Title = body.Title, Abstract = body.Abstract,
                Version = http.ExpectedVersion() ?? body.Version, By = http.Actor(),
            }, http.RequestAborted);
            var view = await mediator.Send(new ReadPreparation(number, http.Actor()), http.RequestAborted);
            return http.Versioned(TypedResults.Ok(view), view.Version);
        });

        api.MapGet("/submissions/{number:int}/slot.ics", async (int number, HttpContext http, IMediator mediator) =>
        {
            var file = await mediator.Send(new ExportOwnSlot(number, http.Actor()), http.RequestAborted);
            return TypedResults.File(file.Bytes, file.MediaType, file.Name);
        });

        api.MapGet("/submissions/{number:int}/receipt.pdf", async (int number, int? revision, HttpContext http, IMediator mediator) =>
            http.Pdf(await mediator.Send(new ReadReceipt(number, revision, http.Actor()), http.RequestAborted)));

        api.MapGet("/submissions/{number:int}/history", async (int number, HttpContext http, IMediator mediator) =>
            TypedResults.Ok(await mediator.Send(new ReadHistory(number, http.Actor()), http.RequestAborted)));
    }

    private static async Task<SubmissionView> Draft(SubmissionBody body, HttpContext http, IMediator mediator)
    {
        var saved = await mediator.Send(new SaveDraft(null, body.Content(), null, http.Actor()), http.RequestAborted);
        return await mediator.Send(new ReadSubmission(saved.Number, http.Actor()), http.RequestAborted);
    }

    private static async Task<IResult> Now(int number, HttpContext http, IMediator mediator)
    {
        var view = await mediator.Send(new ReadSubmission(number, http.Actor()), http.RequestAborted);
        return http.Versioned(TypedResults.Ok(view), view.Version);
    }

    private static SubmissionState? StateOf(string? word)
        => string.IsNullOrEmpty(word) ? null
            : Enum.TryParse<SubmissionState>(word, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state
            : throw new Domain.RuleBrokenException("state", $"The states are {string.Join(", ", Enum.GetNames<SubmissionState>())}.");
}

/// <summary>A submission's content as a program sends it. What is left out is empty.</summary>
internal sealed record SubmissionBody : IRequestBody
{
    public string? Title { get; init; }
    public string? Abstract { get; init; }
    public string? AreaCode { get; init; }
    public IReadOnlyList<string?>? Topics { get; init; }
    public IReadOnlyList<string?>? Keywords { get; init; }
    public IReadOnlyList<SubmissionAuthorBody?>? Authors { get; init; }
    /// <summary>oral, poster, panel or either.</summary>
    public string? Presentation { get; init; }
    /// <summary>When creating: hand it in at once.</summary>
    public bool? Submit { get; init; }
    /// <summary>When changing: the version the change is made to, where If-Match does not say it.</summary>
    public int? Version { get; init; }

    public SubmissionContent Content() => new()
    {
        Title = Title ?? "",
        Abstract = Abstract ?? "",
        AreaCode = AreaCode ?? "",
        Topics = Texts(Topics),
        Keywords = Texts(Keywords),
        Authors = (Authors ?? []).Select(a => (a ?? new SubmissionAuthorBody()).Author()).ToList(),
        Presentation = Presentation ?? "",
    };

    private static List<string> Texts(IReadOnlyList<string?>? texts) => (texts ?? []).Select(t => t ?? "").ToList();
}

internal sealed record SubmissionAuthorBody
{
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? Email { get; init; }
    public string? Affiliation { get; init; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }
    public string? Orcid { get; init; }
    public bool? Presenting { get; init; }
    public bool? Corresponding { get; init; }

    public Author Author() => new()
    {
        GivenName = GivenName ?? "",
        FamilyName = FamilyName ?? "",
        Email = Email ?? "",
        Affiliation = Affiliation ?? "",
        Country = Country ?? "",
        Orcid = Orcid,
        Presenting = Presenting == true,
        Corresponding = Corresponding == true,
    };
}

internal sealed record SubmissionReason(string? Reason);

/// <summary>What authors of an accepted submission add. What is left out of title, abstract and presenting stays.</summary>
internal sealed record PreparationBody
{
    /// <summary>The presenting author's place among the authors, from 1.</summary>
    public int? Presenting { get; init; }
    public string? Biography { get; init; }
    public bool? Consent { get; init; }
    public string? Title { get; init; }
    public string? Abstract { get; init; }
    /// <summary>The version the change is made to, where If-Match does not say it.</summary>
    public int? Version { get; init; }
}
