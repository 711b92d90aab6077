using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Every extension that was given, those that still run first.</summary>
public sealed record ListExtensions(Actor By) : IQuery<IReadOnlyList<ExtensionView>>;

public sealed record ExtensionView
{
    public required int Id { get; init; }
    /// <summary>The submission; null with <see cref="AreaCode"/> null too for everybody.</summary>
    public required int? SubmissionNumber { get; init; }
    public required string? AreaCode { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    public string GivenBy => PersonName.Full(GiverGiven, GiverFamily);

    internal string? GiverGiven { get; init; }
    internal string? GiverFamily { get; init; }
}

/// <summary>An extension that runs ends now; what was handed in under it stays. The reason, 1 to 2000 characters, is for the audit.</summary>
public sealed record EndExtension(int Id, string Reason, Actor By) : ICommand<int>;

internal sealed class ListExtensionsHandler(Db db) : IRequestHandler<ListExtensions, IReadOnlyList<ExtensionView>>
{
    public Task<IReadOnlyList<ExtensionView>> Handle(ListExtensions query, CancellationToken ct)
    {
        Access.Require(query.By.RunsConference, "see extensions");
        return db.All<ExtensionView>(Read, null, ct);
    }

    private const string Read = """
        select e.Id, e.SubmissionNumber, e.AreaCode, e.Until, e.Reason, e.GivenAt, p.GivenName as GiverGiven, p.FamilyName as GiverFamily
        from Extension e
          left join Person p on p.Id = e.GivenById
        order by e.Until desc, e.Id
        """;
}

internal sealed class EndExtensionHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<EndExtension, int>
{
    public async Task<int> Handle(EndExtension command, CancellationToken ct)
    {
        Access.Require(command.By.RunsConference, "end extensions");
        var (reason, now) = (Reasons.Check(command.Reason, "Say in a few words why."), clock.GetUtcNow());
        if (await db.Run(End, new { command.Id, now }, ct) == 0) throw new NotFoundException($"There is no extension {command.Id} that runs.");
        await audit.Write(command.By, "extension.ended", "extension", command.Id, null, new { Until = now, reason }, ct);
        return command.Id;
    }

    private const string End = "update Extension set Until = @now where Id = @Id and Until > @now";
}
