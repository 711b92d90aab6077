using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>What every page's frame shows: the conference, the person's name, and how many reviews wait for them.</summary>
public sealed record ReadFrame(Actor By) : IQuery<Frame>;

/// <param name="Conference">Null before one was imported.</param>
/// <param name="PersonName">Null for a visitor.</param>
/// <param name="ReviewsDue">Assignments without a submitted review.</param>
/// <param name="ProgrammeReleased">Whether the public has a programme to read.</param>
public sealed record Frame(Conference? Conference, string? PersonName, int ReviewsDue, bool ProgrammeReleased);

internal sealed class ReadFrameHandler(Db db, ConferenceReader conference, ActorReader actors) : IRequestHandler<ReadFrame, Frame>
{
    public async Task<Frame> Handle(ReadFrame query, CancellationToken ct)
    {
        var (by, row) = (query.By, (await db.One<Row>(Read, new { query.By.PersonId }, ct))!);
        var name = by.SignedIn ? await actors.Name(by.PersonId, ct) : null;
        return new Frame(await conference.TryCurrent(ct), name == "" ? by.Words : name, row.ReviewsDue, row.Releases > 0);
    }

    private sealed record Row
    {
        public required int ReviewsDue { get; init; }
        public required int Releases { get; init; }
    }

    private const string Read = """
        select (select count(*) from Assignment a
                  left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId and r.State = 'Submitted'
                where a.ReviewerId = @PersonId and a.State = 'Assigned' and r.ReviewerId is null) as ReviewsDue,
               (select count(*) from Release) as Releases
        """;
}
