using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>The secretariat takes every submission out as a file. It leaves a row in the audit: it holds everybody's names and addresses.</summary>
public sealed record ExportSubmissions(BulkFormat Format, Actor By) : ILongCommand<SubmissionsFile>;

public sealed record SubmissionsFile(string Name, string MediaType, byte[] Bytes, int Count);

internal sealed class ExportSubmissionsHandler(Db db, ConferenceReader conferences, AuditLog audit) : IRequestHandler<ExportSubmissions, SubmissionsFile>
{
    public async Task<SubmissionsFile> Handle(ExportSubmissions command, CancellationToken ct)
    {
        Access.Require(Access.MayMoveSubmissions(command.By), "export submissions");
        var authors = (await db.All<AuthorRow>(ReadAuthors, null, ct)).ToLookup(a => a.SubmissionNumber, a => a.Author);
        var submissions = (await db.All<Row>(Read, null, ct)).Select(r => r.Submission([.. authors[r.Number]])).ToList();
        var (name, type, bytes) = BulkFiles.Write(command.Format, submissions, await conferences.Current(ct));
        await audit.Write(command.By, "submissions.exported", "submissions", command.Format, null, new { submissions.Count }, ct);
        return new SubmissionsFile(name, type, bytes, submissions.Count);
    }

    private sealed record Row
    {
        public required int Number { get; init; }
        public required SubmissionState State { get; init; }
        public required string Title { get; init; }
        public required string Abstract { get; init; }
        public required string AreaCode { get; init; }
        public required string Topics { get; init; }
        public required string Keywords { get; init; }
        public required string Presentation { get; init; }
        public required DateTimeOffset? SubmittedAt { get; init; }
        public required string Owner { get; init; }

        public BulkSubmission Submission(IReadOnlyList<Author> authors) => new()
        {
            SourceId = FormattableString.Invariant($"{Number}"), State = State, SubmittedAt = SubmittedAt, OwnerEmail = Owner,
            Content = new SubmissionContent
            {
                Title = Title, Abstract = Abstract, AreaCode = AreaCode, Topics = Json.Read<List<string>>(Topics), Keywords = Json.Read<List<string>>(Keywords), Presentation = Presentation, Authors = authors,
            },
        };
    }

    private sealed record AuthorRow
    {
        public required int SubmissionNumber { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Email { get; init; }
        public required string Affiliation { get; init; }
        public required string Country { get; init; }
        public required string? Orcid { get; init; }
        public required bool Presenting { get; init; }
        public required bool Corresponding { get; init; }

        public Author Author => new()
        {
            GivenName = GivenName, FamilyName = FamilyName, Email = Email, Affiliation = Affiliation, Country = Country, Orcid = Orcid, Presenting = Presenting, Corresponding = Corresponding,
        };
    }

    private const string Read = """
        select s.Number, s.State, s.Title, s.Abstract, s.AreaCode, s.Topics, s.Keywords, s.Presentation, s.SubmittedAt, p.Email as Owner
        from Submission s
          join Person p on p.Id = s.OwnerId
        order by s.Number
        """;

    private const string ReadAuthors = """
        select SubmissionNumber, GivenName, FamilyName, Email, Affiliation, Country, Orcid, Presenting, Corresponding
        from Author
        order by SubmissionNumber, Position
        """;
}
