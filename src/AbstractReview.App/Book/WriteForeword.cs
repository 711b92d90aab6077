using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>The committee's words that open the book; blank lines divide paragraphs, an empty text leaves the foreword out.</summary>
public sealed record WriteForeword(string Text, Actor By) : ICommand<Unit>
{
    public const int MostCharacters = 12_000;
}

internal sealed class WriteForewordHandler(Db db, ConferenceReader reader, AuditLog audit, TimeProvider clock) : IRequestHandler<WriteForeword, Unit>
{
    public async Task<Unit> Handle(WriteForeword command, CancellationToken ct)
    {
        Access.Require(Access.MayBuildBook(command.By), "write the foreword");
        var text = command.Text.ReplaceLineEndings("\n").Trim();
        if (text.Length > WriteForeword.MostCharacters) throw new RuleBrokenException([new FieldError("foreword", $"The foreword may have {WriteForeword.MostCharacters:#,0} characters; this one has {text.Length:#,0}.")]);
        var conference = await reader.Current(ct);
        if (text == conference.Foreword) return Unit.Value;
        await db.Run(Update, new { Document = ConferenceFile.Write(conference with { Foreword = text }), now = clock.GetUtcNow() }, ct);
        await audit.Write(command.By, "foreword.changed", "conference", 1, new { conference.Foreword }, new { Foreword = text }, ct);
        return Unit.Value;
    }

    private const string Update = "update Conference set Document = @Document, Version = Version + 1, ChangedAt = @now where Id = 1";
}
