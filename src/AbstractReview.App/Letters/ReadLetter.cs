using System.Text.RegularExpressions;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>A letter with its whole story: what became of its mail step by step, and what it said.</summary>
public sealed record ReadLetter(int Id, Actor By) : IQuery<LetterStory>;

/// <param name="Entry">As in the ledger.</param>
/// <param name="Subject">The mail's subject; empty until it is written.</param>
/// <param name="Text">The mail as text, the secret of any link left out.</param>
/// <param name="Templates">What it was written with, such as <c>Oral.en 3</c>; version 0 comes with the program.</param>
/// <param name="SupersededBy">The letter of the newer decision, when there is one.</param>
/// <param name="Events">What happened, the oldest first.</param>
public sealed record LetterStory(LetterEntry Entry, string Subject, string Text, string? Templates, int? SupersededBy, IReadOnlyList<MailEventEntry> Events);

internal sealed partial class ReadLetterHandler(Db db, MailHistory history) : IRequestHandler<ReadLetter, LetterStory>
{
    public async Task<LetterStory> Handle(ReadLetter query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the letters");
        var entry = await db.One<LetterEntry>(ReadEntry, new { query.Id }, ct) ?? throw new NotFoundException($"There is no letter {query.Id}.");
        var rest = (await db.One<Rest>(ReadRest, new { query.Id }, ct))!;
        return new LetterStory(entry, rest.Subject, Secret().Replace(rest.BodyText, "token=…"), rest.Templates, entry.State == "Superseded" ? rest.Newer : null, await history.Of(rest.OutboxId, ct));
    }

    private sealed record Rest
    {
        public required int OutboxId { get; init; }
        public required string Subject { get; init; }
        public required string BodyText { get; init; }
        public required string? Templates { get; init; }
        public required int? Newer { get; init; }
    }

    [GeneratedRegex("token=[0-9a-f]+")]
    private static partial Regex Secret();

    private const string ReadEntry = $"""
        select {ListLettersHandler.Columns}
        from Letter l
        join Outbox o on o.LetterId = l.Id
        where l.Id = @Id
        """;

    private const string ReadRest = """
        select o.Id as OutboxId, o.Subject, o.BodyText, l.Templates,
               (select max(n.Id) from Letter n where n.SubmissionNumber = l.SubmissionNumber and n.DecisionVersion > l.DecisionVersion) as Newer
        from Letter l
        join Outbox o on o.LetterId = l.Id
        where l.Id = @Id
        """;
}
