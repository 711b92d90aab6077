using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>What every page's frame shows: the conference, the person's name, and how many reviews wait for them.</summary>
public sealed record ReadFrame(Actor By) : IQuery<Frame>;

/// <param name="Conference">Null before one was imported.</param>
/// <param name="PersonName">Null for a visitor.</param>
/// <param name="ReviewsDue">Reviews that the person's queue still asks for; none once it is too late.</param>
/// <param name="ProgrammeReleased">Whether the public has a programme to read.</param>
public sealed record Frame(Conference? Conference, string? PersonName, int ReviewsDue, bool ProgrammeReleased);

internal sealed class ReadFrameHandler(Db db, ConferenceReader conference, ActorReader actors, TimeProvider clock) : IRequestHandler<ReadFrame, Frame>
{
    public async Task<Frame> Handle(ReadFrame query, CancellationToken ct)
    {
        var (by, row) = (query.By, (await db.One<Row>(Read, new { query.By.PersonId }, ct))!);
        var name = by.SignedIn ? await actors.Name(by.PersonId, ct) : null;
        var call = await conference.TryCurrent(ct);
        var taken = call is not null && ReviewTime.IsOpen(call, SubmissionState.UnderReview, clock.GetUtcNow());
        return new Frame(call, name == "" ? by.Words : name, taken ? row.ReviewsDue : 0, row.Releases > 0);
    }

    private sealed record Row
    {
        public required int ReviewsDue { get; init; }
        public required int Releases { get; init; }
    }

    private const string Read = """
        select (select count(*) from Assignment a
                  join Submission s on s.Number = a.SubmissionNumber and s.State in ('Submitted', 'UnderReview')
                  left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId and r.State = 'Submitted'
                where a.ReviewerId = @PersonId and a.State = 'Assigned' and r.ReviewerId is null
                  and not exists (select 1 from Conflict c where c.ReviewerId = a.ReviewerId and c.SubmissionNumber = a.SubmissionNumber and c.DismissedAt is null)) as ReviewsDue,
               (select count(*) from Release) as Releases
        """;
}
