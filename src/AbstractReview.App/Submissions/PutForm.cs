using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An author or the secretariat uploads a signed Form A or B (PDF, PNG or JPEG by content); it is received from then on.</summary>
public sealed record PutForm(int Number, string Kind, string FileName, byte[] Bytes, Actor By) : ICommand<FormState>;

/// <summary>Authors say that a form was sent by another way, such as by their government; it stays missing until the secretariat has it, but nobody is reminded of it.</summary>
public sealed record AnnounceForm(int Number, string Kind, Actor By) : ICommand<FormState>;

/// <summary>The uploaded file of a form.</summary>
public sealed record ReadForm(int Number, string Kind, Actor By) : IQuery<AttachedFile>;

internal sealed class PutFormHandler(Db db, IFiles files, ConferenceReader conferences, FormRows rows, AuditLog audit, TimeProvider clock) : IRequestHandler<PutForm, FormState>
{
    public async Task<FormState> Handle(PutForm command, CancellationToken ct)
    {
        var standing = await rows.Changeable(command.Number, command.Kind, command.By, ct);
        var most = (await conferences.Current(ct)).Limits.AttachmentBytes;
        if (command.Bytes.Length > most) throw new RuleBrokenException("file", $"A form may have at most {most / 1024} KB; this one has {command.Bytes.Length / 1024}.");
        var type = Sniffing.MediaType(command.Bytes) ?? throw new RuleBrokenException("file", "Send the form as PDF, PNG or JPEG; this file is none by its content.");
        var name = FormattableString.Invariant($"form-{command.Kind}-{command.Number}.{Sniffing.Ending(type)}");
        var row = new { command.Number, command.Kind, name, type, sha256 = await files.Put(command.Bytes, ct), now = clock.GetUtcNow() };
        await db.Run(Update, row, ct);
        await audit.Write(command.By, "form.uploaded", "submission", command.Number, new { command.Kind, standing.State }, new { command.Kind, State = FormState.Received, row.sha256 }, ct);
        return FormState.Received;
    }

    private const string Update = """
        update OfficialForm
        set State = 'Received', FileName = @name, MediaType = @type, Sha256 = @sha256, AnnouncedAt = null, ChangedAt = @now, Version = Version + 1
        where SubmissionNumber = @Number and Kind = @Kind
        """;
}

internal sealed class AnnounceFormHandler(Db db, FormRows rows, AuditLog audit, TimeProvider clock) : IRequestHandler<AnnounceForm, FormState>
{
    public async Task<FormState> Handle(AnnounceForm command, CancellationToken ct)
    {
        var standing = await rows.Changeable(command.Number, command.Kind, command.By, ct);
        if (standing.State == FormState.Received) throw new RuleBrokenException("state", $"Form {command.Kind} is here already.");
        await db.Run(Update, new { command.Number, command.Kind, now = clock.GetUtcNow() }, ct);
        await audit.Write(command.By, "form.announced", "submission", command.Number, new { command.Kind, standing.State }, null, ct);
        return standing.State;
    }

    private const string Update = """
        update OfficialForm
        set AnnouncedAt = @now, ChangedAt = @now, Version = Version + 1
        where SubmissionNumber = @Number and Kind = @Kind
        """;
}

internal sealed class ReadFormHandler(Db db, IFiles files, Relations relations) : IRequestHandler<ReadForm, AttachedFile>
{
    public async Task<AttachedFile> Handle(ReadForm query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        var row = Access.MaySeeForms(query.By, relation) ? await db.One<Row>(Read, new { query.Number, query.Kind }, ct) : null;
        var bytes = row is null ? null : await files.Get(row.Sha256, ct);
        return new AttachedFile(row?.FileName ?? "", row?.MediaType ?? "", bytes ?? throw new NotFoundException($"There is no file of Form {query.Kind} for you."));
    }

    private sealed record Row
    {
        public required string FileName { get; init; }
        public required string MediaType { get; init; }
        public required string Sha256 { get; init; }
    }

    private const string Read = "select FileName, MediaType, Sha256 from OfficialForm where SubmissionNumber = @Number and Kind = @Kind and Sha256 is not null and MediaType is not null";
}

/// <summary>What uploading and announcing a form share.</summary>
public sealed class FormRows(Db db, Relations relations)
{
    /// <exception cref="NotFoundException">The submission has no such form, or not for this person.</exception>
    /// <exception cref="RuleBrokenException">It is endorsed already, or the submission is withdrawn.</exception>
    internal async Task<StandingForm> Changeable(int number, string kind, Actor by, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(number, by, ct);
        Access.Require(Access.MayEditSubmission(by, relation), $"send the forms of submission {number}");
        if (relation.State == SubmissionState.Withdrawn) throw new RuleBrokenException("state", "This submission is withdrawn; its forms are not needed.");
        var standing = await db.One<StandingForm>(Read, new { number, kind }, ct) ?? throw new NotFoundException($"Submission {number} has no Form {kind}.");
        return standing.State == FormState.Endorsed ? throw new RuleBrokenException("state", $"Form {kind} is endorsed already; write to the secretariat if it must change.") : standing;
    }

    private const string Read = "select State from OfficialForm where SubmissionNumber = @number and Kind = @kind";
}

internal sealed record StandingForm
{
    public required FormState State { get; init; }
}
