using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>An attached file; who may not know the authors gets it under a name, and with insides, that tell nothing of them.</summary>
public sealed record ReadAttachment(int Number, int Position, Actor By) : IQuery<AttachedFile>;

public sealed record AttachedFile(string FileName, string MediaType, byte[] Bytes);

internal sealed class ReadAttachmentHandler(Db db, IFiles files, ConferenceReader conferences, Relations relations) : IRequestHandler<ReadAttachment, AttachedFile>
{
    public async Task<AttachedFile> Handle(ReadAttachment query, CancellationToken ct)
    {
        var relation = await relations.RequireSeen(query.Number, query.By, ct);
        var row = await db.One<Row>(Read, new { query.Number, query.Position }, ct) ?? throw new NotFoundException($"Submission {query.Number} has no attachment {query.Position}.");
        var bytes = await files.Get(row.Sha256, ct) ?? throw new NotFoundException($"The file of attachment {query.Position} is gone.");
        var named = Access.MaySeeAuthors(query.By, relation, (await conferences.Current(ct)).Review.Blind);
        return named ? new AttachedFile(row.FileName, row.MediaType, bytes)
            : new AttachedFile(Sniffing.NeutralName(query.Position, row.MediaType), row.MediaType, BlindFile.Of(bytes, row.MediaType));
    }

    private sealed record Row
    {
        public required string FileName { get; init; }
        public required string MediaType { get; init; }
        public required string Sha256 { get; init; }
    }

    private const string Read = "select FileName, MediaType, Sha256 from Attachment where SubmissionNumber = @Number and Position = @Position";
}
