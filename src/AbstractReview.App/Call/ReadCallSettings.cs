using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>The conference as it was imported, for who may change it; null when there is none yet.</summary>
public sealed record ReadCallSettings(Actor By) : IQuery<Conference?>;

internal sealed class ReadCallSettingsHandler(ConferenceReader reader) : IRequestHandler<ReadCallSettings, Conference?>
{
    public async Task<Conference?> Handle(ReadCallSettings query, CancellationToken ct)
    {
        Access.Require(Access.MayEditCall(query.By), "see the settings of the call");
        return await reader.TryCurrent(ct);
    }
}
