using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Where an official form stands.</summary>
public enum FormState { Missing, Received, Endorsed, Refused }

/// <summary>The secretariat notes where a submission's Form A or B stands. A null version does not check.</summary>
public sealed record SetForm(int Number, string Kind, FormState State, string Note, int? Version, Actor By) : ICommand<int>;

internal sealed class SetFormHandler(Db db, AuditLog audit, TimeProvider clock) : IRequestHandler<SetForm, int>
{
    public async Task<int> Handle(SetForm command, CancellationToken ct)
    {
        Access.Require(command.By.IsSecretariat, "change official forms");
        var note = command.Note.ReplaceLineEndings(" ").Trim();
        if (note.Length > 500 || note.Any(char.IsControl)) throw new RuleBrokenException("note", "A note has at most 500 characters and no control characters.");
        var row = await db.One<Row>(Read, new { command.Number, command.Kind }, ct) ?? throw new NotFoundException($"Submission {command.Number} has no Form {command.Kind}.");
        if (command.Version is { } version && version != row.Version) throw new StaleException($"Form {command.Kind} of submission {command.Number} was changed meanwhile.", row.Version);
        if (await db.Run(Update, new { command.Number, command.Kind, State = command.State.ToString(), note, now = clock.GetUtcNow(), row.Version }, ct) == 0)
            throw new StaleException($"Form {command.Kind} of submission {command.Number} was changed meanwhile.", row.Version + 1);
        await audit.Write(command.By, "form.set", "submission", command.Number, new { command.Kind, row.State }, new { command.Kind, command.State, note }, ct);
        return row.Version + 1;
    }

    private sealed record Row
    {
        public required FormState State { get; init; }
        public required int Version { get; init; }
    }

    private const string Read = "select State, Version from OfficialForm where SubmissionNumber = @Number and Kind = @Kind";

    private const string Update = """
        update OfficialForm
        set State = @State, Note = @note, ChangedAt = @now, Version = Version + 1
        where SubmissionNumber = @Number and Kind = @Kind and Version = @Version
        """;
}
