using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>Until when a new submission is taken somewhere: the call's deadline or the latest extension for everybody or an area.</summary>
public sealed record ReadDeadline(Actor By) : IQuery<DateTimeOffset>;

internal sealed class ReadDeadlineHandler(ConferenceReader reader) : IRequestHandler<ReadDeadline, DateTimeOffset>
{
    public async Task<DateTimeOffset> Handle(ReadDeadline query, CancellationToken ct)
    {
        var conference = await reader.Current(ct);
        var extensions = (await reader.Extensions(ct)).Where(e => e.SubmissionNumber is null).ToList();
        return conference.Areas.Select(a => Deadline.Shown(conference, a.Code, null, extensions)).Append(Deadline.Shown(conference, null, null, extensions)).Max();
    }
}
