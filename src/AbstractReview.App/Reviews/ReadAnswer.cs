using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviews;
using MediatR;

namespace AbstractReview.App.Reviews;

/// <summary>The authors' answer as one of its authors writes it, and the round it belongs to.</summary>
public sealed record ReadAnswer(int Number, Actor By) : IQuery<AnswerView>;

/// <param name="Text">Empty while nothing is written.</param>
/// <param name="Version">0 while nothing is written.</param>
/// <param name="Opens">When the round begins.</param>
/// <param name="Closes">When it ends.</param>
/// <param name="Open">It may be written now.</param>
/// <param name="MaxWords">Words it may have.</param>
public sealed record AnswerView(string Text, int Version, DateTimeOffset Opens, DateTimeOffset Closes, bool Open, int MaxWords);

internal sealed class ReadAnswerHandler(Db db, Relations relations, ConferenceReader conference, TimeProvider clock) : IRequestHandler<ReadAnswer, AnswerView>
{
    public async Task<AnswerView> Handle(ReadAnswer query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        var call = await conference.Current(ct);
        var now = clock.GetUtcNow();
        if (!relation.IsAuthor || AnswerTime.Round(call) is not { } round || now < round.Opens)
            throw new NotFoundException($"There is no answer to write for submission {query.Number}.");
        var row = await db.One<Row>(Read, new { query.Number }, ct);
        return new AnswerView(row?.Text ?? "", row?.Version ?? 0, round.Opens, round.Closes, AnswerTime.IsOpen(call, now) && Access.MayAnswer(query.By, relation), call.Review.RebuttalWords);
    }

    private sealed record Row
    {
        public required string Text { get; init; }
        public required int Version { get; init; }
    }

    private const string Read = "select Text, Version from AuthorAnswer where SubmissionNumber = @Number";
}
