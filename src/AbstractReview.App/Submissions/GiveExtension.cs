using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>More time for one submission, for an area, or (neither named) for everybody. Answers the extension's id. The reason, 1 to 2000 characters, is for the audit.</summary>
public sealed record GiveExtension(int? Number, string? AreaCode, DateTimeOffset Until, string Reason, Actor By) : ICommand<int>;

internal sealed class GiveExtensionHandler(Db db, ConferenceReader conferences, AuditLog audit, TimeProvider clock) : IRequestHandler<GiveExtension, int>
{
    public async Task<int> Handle(GiveExtension command, CancellationToken ct)
    {
        Access.Require(command.By.RunsConference, "give extensions");
        var reason = Reasons.Check(command.Reason, "Say in a few words why.");
        var now = clock.GetUtcNow();
        if (command.Until <= now) throw new RuleBrokenException("until", "An extension ends in the future.");
        if (command is { Number: not null, AreaCode: not null }) throw new RuleBrokenException("areaCode", "Name a submission or an area, not both.");
        if (command.AreaCode is { } area && (await conferences.Current(ct)).Area(area) is null) throw new RuleBrokenException("areaCode", $"There is no area “{area}”.");
        if (command.Number is { } number && await db.One<int>(Count, new { number }, ct) == 0) throw new NotFoundException($"There is no submission {number}.");
        var id = await db.Next("Extension", ct);
        await db.Run(Insert, new { id, command.Number, command.AreaCode, command.Until, reason, now, command.By.PersonId }, ct);
        await audit.Write(command.By, "extension.given", "extension", id, null, new { command.Number, command.AreaCode, command.Until, reason }, ct);
        return id;
    }

    private const string Count = "select count(*) from Submission where Number = @number";

    private const string Insert = """
        insert into Extension (Id, SubmissionNumber, AreaCode, Until, Reason, GivenAt, GivenById)
        values (@id, @Number, @AreaCode, @Until, @reason, @now, @PersonId)
        """;
}
