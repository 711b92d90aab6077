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

internal sealed class ReadReleaseHandler(Db db) : IRequestHandler<ReadRelease, ReleaseReading>
{
    public async Task<ReleaseReading> Handle(ReadRelease query, CancellationToken ct)
    {
        var numbers = await db.All<int>(ReadNumbers, null, ct);
        var number = query.Number ?? (numbers.Count == 0 ? 0 : numbers[0]);
        var row = await db.One<Row>(Read, new { number }, ct)
            ?? throw new NotFoundException(query.Number is null ? "The programme has not been released yet." : $"There is no release {number}.");
        return new ReleaseReading(Json.Read<ProgrammeView>(row.Document).ForEverybody(), Json.Read<List<string>>(row.Summary), numbers[0] == number, numbers);
    }

    private sealed record Row
    {
        public required string Document { get; init; }
        public required string Summary { get; init; }
    }

    private const string ReadNumbers = "select Number from Release order by Number desc";
    private const string Read = "select Document, Summary from Release where Number = @number";
}
