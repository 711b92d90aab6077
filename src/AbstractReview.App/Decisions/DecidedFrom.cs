using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AbstractReview.App.Decisions;

/// <summary>The standing that somebody decided from: as it stood in that moment, in the call's scale.</summary>
public sealed record DecidedFrom
{
    /// <summary>The standing's version; 0 where nothing had been collected.</summary>
    public required int Version { get; init; }
    public required int Reviews { get; init; }
    public required double? Mean { get; init; }
    public required double? Spread { get; init; }
    public required double? Calibrated { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    /// <summary>A review had changed and was not collected yet.</summary>
    public required bool Due { get; init; }
    /// <summary>SHA-256 in lower-case hex over the figures above, written with all their digits.</summary>
    public required string Hash { get; init; }

    internal static DecidedFrom Of(DecidedSubmission s)
    {
        var seen = new DecidedFrom
        {
            Version = s.StandingVersion ?? 0, Reviews = s.Reviews ?? 0, Mean = s.Mean, Spread = s.Spread, Calibrated = s.Calibrated, Low = s.Low, High = s.High, Due = s.Due ?? false, Hash = "",
        };
        return seen with { Hash = seen.ComputeHash() };
    }

    /// <summary>The hash that the figures must have.</summary>
    public string ComputeHash()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Version}|{Reviews}|{Mean:R}|{Spread:R}|{Calibrated:R}|{Low:R}|{High:R}|{(Due ? 1 : 0)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
