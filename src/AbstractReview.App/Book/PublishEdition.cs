using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>Makes an edition public before the programme is released; newer ones stay the committee's until they are published too.</summary>
public sealed record PublishEdition(int Number, Actor By) : ICommand<Unit>;

internal sealed class PublishEditionHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<PublishEdition, Unit>
{
    public async Task<Unit> Handle(PublishEdition command, CancellationToken ct)
    {
        Access.Require(Access.MayBuildBook(command.By), "publish the book");
        if (await db.One<int>(Count, new { command.Number }, ct) == 0) throw new NotFoundException($"There is no edition {command.Number}.");
        if (await db.Run(Publish, new { command.Number, now = clock.GetUtcNow() }, ct) == 1)
            await audit.Write(command.By, "edition.published", "edition", command.Number, null, null, ct);
        return Unit.Value;
    }

    private const string Count = "select count(*) from Edition where Number = @Number";
    private const string Publish = "update Edition set PublishedAt = @now where Number = @Number and PublishedAt is null";
}
