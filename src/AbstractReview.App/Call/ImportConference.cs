using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Call;

/// <summary>Takes a conference file as the conference of this installation; a wrong file is refused whole. What was locked once the call opened stays locked.</summary>
public sealed record ImportConference(string Document, Actor By) : ILongCommand<Conference>;

internal sealed class ImportConferenceHandler(Db db, ConferenceReader reader, AuditLog audit, TimeProvider clock) : IRequestHandler<ImportConference, Conference>
{
    public async Task<Conference> Handle(ImportConference command, CancellationToken ct)
    {
        Access.Require(Access.MayEditCall(command.By), "change the call");
        var conference = ConferenceFile.Read(command.Document);
        var now = clock.GetUtcNow();
        var standing = await reader.TryCurrent(ct);
        if (standing is not null) CallLocks.Check(standing, conference, now);
        var args = new { Document = ConferenceFile.Write(conference), now };
        if (await db.Run(Update, args, ct) == 0) await db.Run(Insert, args, ct);
        reader.Forget();
        await audit.Write(command.By, standing is null ? "conference.imported" : "conference.changed", "conference", 1,
            standing is null ? null : new { standing.Title, standing.Dates }, new { conference.Title, conference.Dates }, ct);
        return conference;
    }

    private const string Update = "update Conference set Document = @Document, Version = Version + 1, ChangedAt = @now where Id = 1";
    private const string Insert = "insert into Conference (Id, Document, Version, ChangedAt) values (1, @Document, 1, @now)";
}
