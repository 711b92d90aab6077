using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>The call as a reader sees it now, and where they stand when they have signed in.</summary>
public sealed record ReadCall(Actor By) : IQuery<OpenCall>;

/// <param name="Conference">Its conference.</param>
/// <param name="Opens">When submissions are first taken.</param>
/// <param name="Deadline">The deadline for everybody, extensions of all areas included.</param>
/// <param name="AreaDeadlines">Areas with more time, by code.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Mine">The reader's submissions, newest first; empty for a visitor.</param>
public sealed record OpenCall(
    Conference Conference, DateTimeOffset Opens, DateTimeOffset Deadline, IReadOnlyDictionary<string, DateTimeOffset> AreaDeadlines, DateTimeOffset Now, IReadOnlyList<OwnSubmission> Mine)
{
    /// <summary>Submissions are taken in some area.</summary>
    public bool IsOpen => Now >= Opens && Now <= AreaDeadlines.Values.Append(Deadline).Max();
}

public sealed record OwnSubmission
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required SubmissionState State { get; init; }
}

internal sealed class ReadCallHandler(Db db, ConferenceReader reader, TimeProvider clock) : IRequestHandler<ReadCall, OpenCall>
{
    public async Task<OpenCall> Handle(ReadCall query, CancellationToken ct)
    {
        var conference = await reader.Current(ct);
        var extensions = await reader.Extensions(ct);
        var deadline = Deadline.Shown(conference, null, null, extensions);
        var areas = conference.Areas
            .Select(a => (a.Code, Until: Deadline.Shown(conference, a.Code, null, extensions)))
            .Where(a => a.Until > deadline)
            .ToDictionary(a => a.Code, a => a.Until);
        var mine = query.By.SignedIn ? await db.All<OwnSubmission>(ReadMine, new { query.By.PersonId }, ct) : [];
        return new OpenCall(conference, conference.At(conference.Dates.CallOpens), deadline, areas, clock.GetUtcNow(), mine);
    }

    // A decision shows only once it is published: until then its submission is under review to its author.
    private const string ReadMine = """
        select s.Number, s.Title,
               case when s.State = 'Decided' then 'UnderReview' else s.State end as State
        from Submission s
        where s.OwnerId = @PersonId
           or exists (select 1 from Author a join Person p on p.NormalisedEmail = a.NormalisedEmail and p.EmailConfirmed = 1
                      where a.SubmissionNumber = s.Number and p.Id = @PersonId)
        order by s.Number desc
        """;
}
