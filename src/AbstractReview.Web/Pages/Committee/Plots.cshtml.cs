using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Reviews;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AbstractReview.Web.Pages.Committee;

/// <summary>Scores, reviewers, progress and origins, drawn and as tables.</summary>
[Authorize]
public sealed class PlotsModel(IMediator mediator) : PageModel
{
    private const int MostCountries = 20;

    public PlotData Data { get; private set; } = null!;
    private Conference Conference { get; set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Data = await mediator.Send(new ReadPlots(HttpContext.Actor()), ct);
        Conference = (await mediator.Send(new ReadFrame(HttpContext.Actor()), ct)).Conference!;
    }

    public ColumnPlot Scores()
    {
        const int steps = 5;
        var count = (Data.ScoreMax - Data.ScoreMin) * steps + 1;
        int Place(double score) => (int)Math.Clamp(Math.Round((score - Data.ScoreMin) * steps), 0, count - 1);
        var (raw, calibrated) = (Data.Overall.CountBy(Place).ToDictionary(), Data.Calibrated.CountBy(Place).ToDictionary());
        var columns = Enumerable.Range(0, count)
            .Select(i => ((Data.ScoreMin + i / (double)steps).ToString("0.0", CultureInfo.InvariantCulture), Share(raw.GetValueOrDefault(i), Data.Overall.Count), Share(calibrated.GetValueOrDefault(i), Data.Calibrated.Count))).ToList();
        var words = Data.Overall.Count == 0 ? "No review is in yet." : string.Create(CultureInfo.InvariantCulture, $"{Data.Overall.Count} reviews with a mean of {Data.Overall.Average():0.00}; {Data.Calibrated.Count} submissions have a calibrated score. In percent of each.");
        return new ColumnPlot("scores", "Scores", words, "Score", "Overall scores of reviews, %", "Calibrated scores of submissions, %", columns);
    }

    public DotPlot Leniency() => new("leniency", "Reviewers' leniency",
        Data.LeniencyKnown ? "How many points above or below the average reviewer each one scores, the quality of what they read taken off." : "The reviews give no evidence that reviewers differ in leniency: calibrated scores leave it out.",
        Data.Reviewers.OrderByDescending(r => r.Leniency ?? double.NegativeInfinity).ThenBy(r => r.Name, StringComparer.InvariantCulture).Select(r => (r.Name, r.Leniency, r.Reviews, r.Assigned, r.Mean)).ToList());

    public ColumnPlot Load()
    {
        var most = Data.Reviewers.Count == 0 ? 0 : Data.Reviewers.Max(r => Math.Max(r.Assigned, r.Reviews));
        return new ColumnPlot("load", "Reviewers' load", $"{Data.Reviewers.Count} reviewers; {Data.Reviewers.Sum(r => r.Reviews)} reviews of {Data.Reviewers.Sum(r => r.Assigned)} assigned are in.", "Reviews", "Reviewers assigned so many", "Reviewers who handed in so many",
            Enumerable.Range(0, most + 1).Select(n => (n.ToString(CultureInfo.InvariantCulture), (double)Data.Reviewers.Count(r => r.Assigned == n), (double)Data.Reviewers.Count(r => r.Reviews == n))).ToList());
    }

    public CurvePlot Progress() => new("progress", "Progress",
        Data.Days.Count == 0 ? "Nothing was handed in yet." : $"By {Data.Days[^1].Day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}: {Data.Days[^1].Submitted} submissions, {Data.Days[^1].Reviews} reviews, {Data.Days[^1].Decided} decided.",
        ["Submissions", "Reviews", "Decided"], Data.Days.Select(d => (d.Day, (IReadOnlyList<int>)[d.Submitted, d.Reviews, d.Decided])).ToList());

    public BarPlot ByArea() => new("areas", "Submissions by area", $"{Data.Areas.Sum(a => a.Submitted)} submissions, {Data.Areas.Sum(a => a.Accepted)} accepted so far.", "Area", "Submitted", "Accepted", Data.Areas.Count,
        Data.Areas.Select(a => (a.Code, Conference.Area(a.Code)?.Title ?? "", a.Submitted, a.Accepted)).ToList());

    public BarPlot ByCountry()
    {
        var rest = Data.Countries.Skip(MostCountries).ToList();
        var words = rest.Count == 0 ? "" : $" The {MostCountries} with the most are drawn; {rest.Sum(c => c.Submitted)} submissions come from the {rest.Count} others.";
        return new BarPlot("countries", "Submissions by country", $"Presenting authors come from {Data.Countries.Count} countries.{words}", "Country", "Submitted", "Accepted", MostCountries,
            Data.Countries.Select(c => (c.Code, Countries.Name(c.Code), c.Submitted, c.Accepted)).ToList());
    }

    private static double Share(int some, int all) => all == 0 ? 0 : Math.Round(100.0 * some / all, 1);
}
