using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>The committee asks for an edition of the book of abstracts. Answers the job that builds it; its number is given now and stays unused if the job fails.</summary>
public sealed record BuildEdition(BookOptions Options, Actor By) : ICommand<int>;

internal sealed class BuildEditionHandler(Db db, ConferenceReader conference, JobQueue jobs, AuditLog audit, TimeProvider clock) : IRequestHandler<BuildEdition, int>
{
    public async Task<int> Handle(BuildEdition command, CancellationToken ct)
    {
        Access.Require(Access.MayBuildBook(command.By), "build the book");
        command.Options.Check(await conference.Current(ct));
        var number = await db.Next("Edition", ct);
        await audit.Write(command.By, "edition.ordered", "edition", number, null, command.Options, ct);
        return await jobs.Queue(BookWork.KindName, new EditionOrder(number, clock.GetUtcNow(), command.Options), command.By, ct);
    }
}

/// <summary>What the job of an edition is told.</summary>
internal sealed record EditionOrder(int Number, DateTimeOffset At, BookOptions Options);
