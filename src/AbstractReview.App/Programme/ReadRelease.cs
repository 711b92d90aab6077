using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Programme;

/// <summary>A published release; null asks for the newest.</summary>
public sealed record ReadRelease(int? Number, Actor By) : IQuery<ReleaseReading>;

/// <param name="Programme">What was released.</param>
/// <param name="Summary">What changed since the release before, a line each.</param>
/// <param name="IsNewest">Whether no later one was released.</param>
/// <param name="Numbers">Every release there is, newest first.</param>
public sealed record ReleaseReading(ProgrammeView Programme, IReadOnlyList<string> Summary, bool IsNewest, IReadOnlyList<int> Numbers);

internal sealed class ReadReleaseHandler(Db db, Releases releases) : IRequestHandler<ReadRelease, ReleaseReading>
{
    public async Task<ReleaseReading> Handle(ReadRelease query, CancellationToken ct)
    {
        var numbers = await db.All<int>(ReadNumbers, null, ct);
        var number = query.Number ?? (numbers.Count == 0 ? 0 : numbers[0]);
        var kept = await releases.Kept(number, ct)
            ?? throw new NotFoundException(query.Number is null ? "The programme has not been released yet." : $"There is no release {number}.");
        return new ReleaseReading(kept.Public, kept.Summary, numbers[0] == number, numbers);
    }

    private const string ReadNumbers = "select Number from Release order by Number desc";
}
