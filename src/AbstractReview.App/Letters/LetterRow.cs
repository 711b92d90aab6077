using System.Globalization;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Letters;

namespace AbstractReview.App.Letters;

/// <summary>A letter with who receives it.</summary>
internal sealed record LetterRow
{
    public required int Id { get; init; }
    public required string LetterKey { get; init; }
    public required int? SubmissionNumber { get; init; }
    public required int DecisionVersion { get; init; }
    public required string Kind { get; init; }
    public required string ToEmail { get; init; }
    public required string ToName { get; init; }
    public required string Fields { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string? Affiliation { get; init; }
    public required string? Country { get; init; }

    public LetterKind? KnownKind => Enum.TryParse<LetterKind>(Kind, out var kind) ? kind : null;

    /// <summary>By the look's pattern, such as <c>regsec-2019/AR-42/1</c>, or <c>regsec-2019/L-17</c> for a letter about no submission.</summary>
    public string Reference(LetterLook look, Conference conference)
    {
        // Two letters about one submission and decision: the kind tells them apart.
        var about = SubmissionNumber is not null && KnownKind is { } kind && kind.TellsDecision();
        var pattern = about ? look.Setting.ReferenceOfDecision : look.Setting.ReferenceOfOthers;
        return pattern
            .Replace("{acronym}", conference.Acronym, StringComparison.Ordinal)
            .Replace("{year}", Day(look, conference).Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{kind}", Kind, StringComparison.Ordinal)
            .Replace("{number}", (SubmissionNumber ?? 0).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{version}", Math.Max(1, DecisionVersion).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{id}", Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>The day set for all letters, else the day it was ordered, where the conference is.</summary>
    public DateOnly Day(LetterLook look, Conference conference)
        => look.Setting.Date ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(CreatedAt, conference.TimeZone).DateTime);

    /// <summary>Such as <c>AR-42-oral.pdf</c>.</summary>
    public string FileName => LetterFolder.NameOf(Id, Kind, SubmissionNumber);
}
