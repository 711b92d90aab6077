using AbstractReview.App.Call;
using AbstractReview.App.Letters;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>The signed receipt of a submission's newest revision, or of an older one; made at once where the job has not come to it yet.</summary>
public sealed record ReadReceipt(int Number, int? Revision, Actor By) : IRequest<StoredPdf>;

// Not a query: it may have to make the receipt, each of whose parts is stored in a transaction of its own.
internal sealed class ReadReceiptHandler(Db db, ConferenceReader conferences, Relations relations, ReceiptMaker maker, IFiles files) : IRequestHandler<ReadReceipt, StoredPdf>
{
    public async Task<StoredPdf> Handle(ReadReceipt request, CancellationToken ct)
    {
        var (number, by) = (request.Number, request.By);
        var relation = await relations.RequireSeen(number, by, ct);
        Access.Require(Access.MayEditSubmission(by, relation), $"read the receipt of submission {number}: it is its authors'");
        var revision = request.Revision ?? await db.One<int>(Newest, new { number }, ct);
        if (await db.One<int>(Count, new { number, revision }, ct) == 0) throw new NotFoundException($"Submission {number} is not submitted yet, or has no revision {revision}.");
        if (await Stored(number, revision, ct) is not { } sha256)
        {
            await maker.Make(await conferences.Current(ct), number, revision, ct);
            sha256 = await Stored(number, revision, ct);
        }

        var bytes = sha256 is null ? null : await files.Get(sha256, ct);
        return new StoredPdf(ReceiptMaker.NameOf(number, revision), sha256 ?? "", bytes ?? throw new NotFoundException("The page of this receipt could not be made; the mail says all that it would."));
    }

    private Task<string?> Stored(int number, int revision, CancellationToken ct) => db.One<string>(Read, new { number, revision }, ct);

    private const string Newest = "select Revision from Submission where Number = @number";
    private const string Count = "select count(*) from Revision where SubmissionNumber = @number and Revision = @revision";
    private const string Read = "select PdfSha256 from Receipt where SubmissionNumber = @number and Revision = @revision";
}
