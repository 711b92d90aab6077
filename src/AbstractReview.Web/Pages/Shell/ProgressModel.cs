using System.Globalization;

namespace AbstractReview.Web.Pages.Shell;

/// <summary>Long work as <c>_Progress</c> shows it.</summary>
public sealed record ProgressModel
{
    /// <summary>What is being done, e.g. "Typesetting 312 letters".</summary>
    public required string Title { get; init; }

    public required int Done { get; init; }

    /// <summary>Zero while the amount is not known yet.</summary>
    public required int Total { get; init; }

    /// <summary>What is being counted, in the plural: "letters".</summary>
    public string Unit { get; init; } = "steps";

    /// <summary>What happens right now, or how it ended.</summary>
    public string? Message { get; init; }

    /// <summary>Units a second; null while not known.</summary>
    public double? Rate { get; init; }

    /// <summary>Queued, Running, Done, Failed or Cancelled.</summary>
    public string State { get; init; } = "Running";

    /// <summary>The address of server-sent events whose data is <c>{state, done, total, message, rate, result}</c>.</summary>
    public string? EventsUrl { get; init; }

    /// <summary>Where a POST stops the work; null where it cannot be stopped.</summary>
    public string? CancelUrl { get; init; }

    public string CancelWords { get; init; } = "Stop";

    /// <summary>Where the result stays; null until there is one.</summary>
    public string? ResultUrl { get; init; }

    public string ResultWords { get; init; } = "Open the result";

    public bool Ended => State is "Done" or "Failed" or "Cancelled";

    /// <summary>Seconds left at the present rate; null while it cannot be told.</summary>
    public double? SecondsLeft => Rate is > 0 && Total > Done ? (Total - Done) / Rate : null;

    /// <summary>"118 of 312 letters".</summary>
    public string Count => Total == 0 ? $"{Done} {Unit}" : string.Create(CultureInfo.InvariantCulture, $"{Done} of {Total} {Unit}");
}
