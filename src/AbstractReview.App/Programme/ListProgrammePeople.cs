using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Programmes;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>Everybody with an address whom the draft needs somewhere: presenters, chairs, rapporteurs, panellists; by name.</summary>
public sealed record ListProgrammePeople(Actor By) : IQuery<IReadOnlyList<ProgrammePerson>>;

internal sealed class ListProgrammePeopleHandler(ProgrammeStore store, AcceptedTalks talks, ConferenceReader reader) : IRequestHandler<ListProgrammePeople, IReadOnlyList<ProgrammePerson>>
{
    public async Task<IReadOnlyList<ProgrammePerson>> Handle(ListProgrammePeople query, CancellationToken ct)
    {
        Access.Require(Access.MayEditProgramme(query.By), "see everybody of the programme");
        var document = (await store.Draft(await reader.Current(ct), ct)).Document;
        var accepted = await talks.Read(ct);
        var authors = accepted.People();
        return accepted.Talks.Values.Where(t => t.Presenter is not null).Select(t => authors[t.Presenter!.Key])
            .Concat(document.Sessions.SelectMany(s => s.Chairs.Concat(s.Rapporteurs).Concat(s.Panellists)).Where(p => p.Email != ""))
            .DistinctBy(p => p.Key).OrderBy(p => p.FamilyName, StringComparer.InvariantCulture).ThenBy(p => p.GivenName, StringComparer.InvariantCulture).ToList();
    }
}
