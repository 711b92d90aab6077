using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Call;

/// <summary>The call: what is wanted, until when, and the way to hand it in.</summary>
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    public OpenCall? Call { get; private set; }

    public bool SignedIn => HttpContext.Actor().SignedIn;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var stamp = await mediator.Send(new ReadCallStamp(), ct);
        if (PublicCache.IsKnown(HttpContext, stamp, clock.GetUtcNow())) return StatusCode(StatusCodes.Status304NotModified);
        // Before an import there is no call; the page says so instead of failing.
        if (stamp != "0") Call = await mediator.Send(new ReadCall(HttpContext.Actor()), ct);
        return Page();
    }

    public static string WhatIsWanted(Conference c)
    {
        var words = c.Limits.AbstractWordsMin > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{c.Limits.AbstractWordsMin} to {c.Limits.AbstractWordsMax} words")
            : string.Create(CultureInfo.InvariantCulture, $"at most {c.Limits.AbstractWordsMax} words");
        return $"An abstract of {words} in one of the areas below, by up to {c.Limits.Authors} {(c.Limits.Authors == 1 ? "author" : "authors")}.";
    }

    public static string BlindWords(Blindness blind) => blind switch
    {
        Blindness.Double => "Double blind: reviewers do not learn who wrote it, and authors do not learn who reviewed it. Keep names and affiliations out of title and text.",
        Blindness.Single => "Single blind: reviewers see the authors; authors do not learn who reviewed it.",
        _ => "Open: authors and reviewers know each other.",
    };
}
