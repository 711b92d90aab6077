using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>When whoever presents an accepted submission can speak, as its authors told, and the half days they are asked for.</summary>
public sealed record ReadAvailability(int Number, Actor By) : IQuery<AvailabilityView>;

public sealed record AvailabilityView
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    /// <summary>Who presents; empty without authors.</summary>
    public required string Speaker { get; init; }
    /// <summary>In the conference's time.</summary>
    public required IReadOnlyList<Wish> Wishes { get; init; }
    public required string Note { get; init; }
    /// <summary>0 before anything was told.</summary>
    public required int Version { get; init; }
    public required IReadOnlyList<HalfDay> HalfDays { get; init; }
    /// <summary>IANA name of the zone all times are in.</summary>
    public required string Zone { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required bool MayChange { get; init; }
}

internal sealed class ReadAvailabilityHandler(Db db, AvailabilityRules rules, SubmissionStore store, TimeProvider clock) : IRequestHandler<ReadAvailability, AvailabilityView>
{
    public async Task<AvailabilityView> Handle(ReadAvailability query, CancellationToken ct)
    {
        var (number, by) = (query.Number, query.By);
        var conference = await rules.Require(number, by, ct);
        var content = (await store.Load(number, ct)).Content;
        var row = await db.One<Row>(Read, new { number }, ct) ?? new Row { Wishes = "[]", Note = "", Version = 0 };
        return new AvailabilityView
        {
            Number = number, Title = content.Title, Speaker = (content.Authors.FirstOrDefault(a => a.Presenting) ?? (content.Authors.Count > 0 ? content.Authors[0] : null))?.FullName ?? "",
            Wishes = Json.Read<List<Wish>>(row.Wishes), Note = row.Note, Version = row.Version, HalfDays = Availability.HalfDays(conference), Zone = conference.Zone,
            Until = AvailabilityRules.Until(conference), MayChange = AvailabilityRules.Open(conference, by, clock.GetUtcNow()),
        };
    }

    private sealed record Row
    {
        public required string Wishes { get; init; }
        public required string Note { get; init; }
        public required int Version { get; init; }
    }

    private const string Read = "select Wishes, Note, Version from Availability where SubmissionNumber = @number";
}
