using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.Web.Rehearsals;

/// <summary>The job of a rehearsal; it lies at the door because it goes through the door.</summary>
internal sealed class RehearsalWork(ConferenceReader conferences) : ILongWork
{
    public string Kind => RehearseAnonymity.JobKind;

    public async Task<string> Run(string input, Actor by, JobProgress progress, CancellationToken ct)
        => Json.Write(await new Rehearsal(await conferences.Current(ct)).Run(progress, ct));
}
