using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>What authors of an accepted submission have added for print and programme, and what they may still change.</summary>
public sealed record ReadPreparation(int Number, Actor By) : IQuery<PreparationView>;

public sealed record PreparationView
{
    public required IReadOnlyList<Author> Authors { get; init; }
    public required string Title { get; init; }
    public required string Abstract { get; init; }
    public required string Biography { get; init; }
    /// <summary>Null while they have not answered.</summary>
    public required bool? Consent { get; init; }
    /// <summary>0 before anything was added.</summary>
    public required int Version { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required bool MayChange { get; init; }
    public required bool MayChangeText { get; init; }
    public required int AbstractWordsMin { get; init; }
    public required int AbstractWordsMax { get; init; }
    /// <summary>0 where no biography is asked for.</summary>
    public required int BiographyWords { get; init; }
    /// <summary>Whether the abstract is published only with consent.</summary>
    public required bool ConsentNeeded { get; init; }
}

internal sealed class ReadPreparationHandler(Db db, ConferenceReader conferences, Relations relations, Participation participation, SubmissionStore store, TimeProvider clock)
    : IRequestHandler<ReadPreparation, PreparationView>
{
    public async Task<PreparationView> Handle(ReadPreparation query, CancellationToken ct)
    {
        var (number, by) = (query.Number, query.By);
        var relation = await relations.RequireSeen(number, by, ct);
        if (!Access.MayEditSubmission(by, relation) || !await participation.IsAccepted(number, ct)) throw new NotFoundException($"Submission {number} has nothing to prepare.");
        var (conference, content) = (await conferences.Current(ct), (await store.Load(number, ct)).Content);
        var row = await db.One<Row>(Read, new { number }, ct) ?? new Row { Biography = "", Consent = null, Version = 0 };
        var (limits, until) = (Preparations.WithFinalLimits(conference).Limits, Preparations.Until(conference));
        var open = relation.State.May(Verb.Finalise) && (by.IsSecretariat || clock.GetUtcNow() <= until);
        return new PreparationView
        {
            Authors = content.Authors, Title = content.Title, Abstract = content.Abstract, Biography = row.Biography, Consent = row.Consent, Version = row.Version,
            Until = until, MayChange = open, MayChangeText = open && (conference.Final.Text || by.IsSecretariat),
            AbstractWordsMin = limits.AbstractWordsMin, AbstractWordsMax = limits.AbstractWordsMax, BiographyWords = conference.Final.BiographyWords, ConsentNeeded = conference.Final.ConsentNeeded,
        };
    }

    private sealed record Row
    {
        public required string Biography { get; init; }
        public required bool? Consent { get; init; }
        public required int Version { get; init; }
    }

    private const string Read = "select Biography, Consent, Version from Preparation where SubmissionNumber = @number";
}
