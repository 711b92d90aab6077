using System.Text;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An author puts a file to the submission at a position from 1, in the place of what was there. What it is is told by its content.</summary>
public sealed record PutAttachment(int Number, int Position, string FileName, byte[] Bytes, Actor By) : ICommand<AttachmentView>;

/// <summary>An author takes a file away.</summary>
public sealed record RemoveAttachment(int Number, int Position, Actor By) : ICommand<bool>;

internal sealed class PutAttachmentHandler(Db db, IFiles files, ConferenceReader conferences, AttachmentRows rows, AuditLog audit, TimeProvider clock) : IRequestHandler<PutAttachment, AttachmentView>
{
    public async Task<AttachmentView> Handle(PutAttachment command, CancellationToken ct)
    {
        var limits = (await conferences.Current(ct)).Limits;
        await rows.MustBeOpen(command.Number, command.By, ct);
        if (command.Position < 1 || command.Position > limits.Attachments) throw new RuleBrokenException("position", $"There are {limits.Attachments} places for attachments, from 1.");
        if (command.Bytes.Length > limits.AttachmentBytes) throw new RuleBrokenException("file", $"A file may have at most {limits.AttachmentBytes / 1024} KB; this one has {command.Bytes.Length / 1024}.");
        var type = Sniffing.MediaType(command.Bytes) ?? throw new RuleBrokenException("file", "Attach a PDF, PNG or JPEG file; this is none by its content.");
        var row = new { command.Number, command.Position, FileName = Name(command, type), MediaType = type, Size = command.Bytes.Length, Sha256 = await files.Put(command.Bytes, ct), now = clock.GetUtcNow() };
        if (await db.Run(Update, row, ct) == 0) await db.Run(Insert, row, ct);
        await audit.Write(command.By, "attachment.put", "submission", command.Number, null, new { row.Position, row.FileName, row.Sha256 }, ct);
        return new AttachmentView { Position = row.Position, FileName = row.FileName, MediaType = type, Size = row.Size };
    }

    // The name is for people; whatever could break a header or a path is dropped, and the ending follows the content.
    private static string Name(PutAttachment command, string type)
    {
        var bare = Path.GetFileNameWithoutExtension(command.FileName.Replace('\\', '/').Split('/')[^1]);
        var kept = new StringBuilder();
        foreach (var rune in bare.EnumerateRunes())
            if ((Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or '.' or '(' or ')') && kept.Length < 100) kept.Append(rune);
        var name = kept.ToString().Trim(' ', '.');
        return name == "" ? Sniffing.NeutralName(command.Position, type) : $"{name}.{Sniffing.Ending(type)}";
    }

    private const string Update = """
        update Attachment
        set FileName = @FileName, MediaType = @MediaType, Size = @Size, Sha256 = @Sha256, AddedAt = @now
        where SubmissionNumber = @Number and Position = @Position
        """;

    private const string Insert = """
        insert into Attachment (SubmissionNumber, Position, FileName, MediaType, Size, Sha256, AddedAt)
        values (@Number, @Position, @FileName, @MediaType, @Size, @Sha256, @now)
        """;
}

internal sealed class RemoveAttachmentHandler(Db db, AttachmentRows rows, AuditLog audit) : IRequestHandler<RemoveAttachment, bool>
{
    public async Task<bool> Handle(RemoveAttachment command, CancellationToken ct)
    {
        await rows.MustBeOpen(command.Number, command.By, ct);
        if (await db.Run(Delete, new { command.Number, command.Position }, ct) == 0) throw new NotFoundException($"Submission {command.Number} has no attachment {command.Position}.");
        await audit.Write(command.By, "attachment.removed", "submission", command.Number, new { command.Position }, null, ct);
        return true;
    }

    private const string Delete = "delete from Attachment where SubmissionNumber = @Number and Position = @Position";
}

/// <summary>What putting and removing files share.</summary>
public sealed class AttachmentRows(ConferenceReader conferences, Relations relations, SubmissionStore store, HandingIn handingIn, TimeProvider clock)
{
    /// <exception cref="RuleBrokenException">The submission can no longer be changed.</exception>
    public async Task MustBeOpen(int number, Actor by, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(number, by, ct);
        Access.Require(Access.MayEditSubmission(by, relation), $"change the attachments of submission {number}");
        var standing = await store.Load(number, ct);
        standing.State.After(Verb.Revise);
        await handingIn.MustBeOpen(await conferences.Current(ct), standing.Content.AreaCode, standing, by, clock.GetUtcNow(), ct);
    }
}
