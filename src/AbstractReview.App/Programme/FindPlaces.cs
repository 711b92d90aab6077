using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>Every place a submission could take in the draft, with what would clash there, before anybody puts it there.</summary>
public sealed record FindPlaces(int Number, Actor By) : IQuery<IReadOnlyList<Place>>;

internal sealed class FindPlacesHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader) : IRequestHandler<FindPlaces, IReadOnlyList<Place>>
{
    public async Task<IReadOnlyList<Place>> Handle(FindPlaces query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeProgrammeDraft(query.By), "see the programme's draft");
        var conference = await reader.Current(ct);
        var accepted = (await talks.Read(ct)).Talks;
        if (!accepted.ContainsKey(query.Number)) throw new NotFoundException($"{Slot.CodeOf(query.Number)} is not among the accepted submissions.");
        return new Foresight((await store.Draft(conference, ct)).Document, accepted, conference).Of(query.Number);
    }
}
