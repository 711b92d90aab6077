using AbstractReview.App.Reviewers;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AbstractReview.Web.Pages.Reviews;

/// <summary>A reviewer bids, one submission after the other, nearest to their work first. The keys 1 to 5 stand for the bids −2 to 2.</summary>
[Authorize]
public sealed class BidsModel(IMediator mediator) : PageModel, IShowAgain
{
    [BindProperty(SupportsGet = true, Name = "n")]
    public int? Number { get; set; }

    /// <summary>1 to 5.</summary>
    [BindProperty]
    public int? Bid { get; set; }

    public IReadOnlyList<BidChoice> Choices { get; private set; } = [];
    public BidChoice? Chosen { get; private set; }

    public IEnumerable<SelectListItem> Scale => BidWords.All.Reverse().Select(b => new SelectListItem((b.Value + 3).ToString(System.Globalization.CultureInfo.InvariantCulture), (b.Value + 3).ToString(System.Globalization.CultureInfo.InvariantCulture)) { Group = new() { Name = b.Words } });

    public async Task OnGet(CancellationToken ct)
    {
        await ShowAgain(ct);
        Bid = Chosen?.Bid + 3;
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (Number is not { } number || Bid is not { } bid) throw new RuleBrokenException("bid", "Choose a bid.");
        await mediator.Send(new PlaceBids([new PlacedBid { Number = number, Value = bid - 3 }], Replace: false, HttpContext.Actor()), ct);
        await ShowAgain(ct);
        var at = Choices.ToList().FindIndex(c => c.Number == number);
        return RedirectToPage(new { n = Choices.Skip(at + 1).Concat(Choices.Take(at)).FirstOrDefault(c => c.Bid is null)?.Number ?? number });
    }

    public async Task ShowAgain(CancellationToken ct)
    {
        Choices = await mediator.Send(new ReadBids(HttpContext.Actor()), ct);
        Chosen = Choices.FirstOrDefault(c => c.Number == Number) ?? Choices.FirstOrDefault(c => c.Bid is null) ?? (Choices.Count > 0 ? Choices[0] : null);
    }

    string IShowAgain.FieldOf(string field) => field == "" ? "" : nameof(Bid);

    public static string Words(int bid) => BidWords.All.First(b => b.Value == bid).Words;
}
