using System.Text.Encodings.Web;
using System.Text.Json;
using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Leaving;

/// <summary>Everything that is kept of one person, as JSON (GDPR, Articles 15 and 20): for the person and for the secretariat.</summary>
public sealed record ExportPerson(int Id, Actor By) : IQuery<string>;

internal sealed class ExportPersonHandler(Db db, PersonStore people) : IRequestHandler<ExportPerson, string>
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<string> Handle(ExportPerson query, CancellationToken ct)
    {
        if (query.By.PersonId != query.Id) Access.Require(Access.MayManagePeople(query.By), "export another person's data");
        var person = await people.FindById(query.Id, ct) ?? throw new NotFoundException("There is no such account.");
        var parts = new Dictionary<string, object>();
        foreach (var (name, sql) in Parts)
            parts.Add(name, await db.All<dynamic>(sql, new { person.Id, person.NormalisedEmail }, ct));
        return JsonSerializer.Serialize(parts, Readable);
    }

    private static IReadOnlyList<(string Name, string Sql)> Parts { get; } =
    [
        ("account", Account), ("roles", Roles), ("tokens", Tokens), ("externalLogins", Logins), ("submissions", Submissions), ("authorships", Authorships), ("reviewer", Reviewer),
        ("publications", Publications), ("bids", Bids), ("conflicts", Conflicts), ("reviews", Reviews), ("mails", Mails), ("letters", Letters), ("actions", Actions),
    ];

    private const string Account = "select Id, Email, GivenName, FamilyName, Affiliation, Country, Orcid, TwoFactorEnabled, CreatedAt from Person where Id = @Id";
    private const string Roles = "select Role, AreaCode from PersonRole where PersonId = @Id";
    private const string Tokens = "select Name, Scopes, CreatedAt, ExpiresAt, RevokedAt from ApiToken where PersonId = @Id";
    private const string Logins = "select Issuer, LinkedAt from ExternalLogin where PersonId = @Id";

    private const string Submissions = """
        select s.Number, s.State, s.Title, s.Abstract, s.AreaCode, s.Topics, s.Keywords, s.Presentation, s.SubmittedAt
        from Submission s
        where s.OwnerId = @Id or exists (select 1 from Author a where a.SubmissionNumber = s.Number and a.NormalisedEmail = @NormalisedEmail)
        order by s.Number
        """;

    private const string Authorships = """
        select SubmissionNumber, Position, GivenName, FamilyName, Email, Affiliation, Country, Orcid, Presenting, Corresponding
        from Author
        where NormalisedEmail = @NormalisedEmail
        """;

    private const string Reviewer = "select Areas, Topics, Keywords, QuotaMin, QuotaMax, Available from Reviewer where PersonId = @Id";
    private const string Publications = "select Title, Abstract from Publication where ReviewerId = @Id order by Position";
    private const string Bids = "select SubmissionNumber, Value, ChangedAt from Bid where ReviewerId = @Id";
    private const string Conflicts = "select SubmissionNumber, Kind, Evidence, FoundAt, DismissedAt from Conflict where ReviewerId = @Id";

    private const string Reviews = """
        select SubmissionNumber, State, Scores, Confidence, Recommendation, CommentsToAuthors, CommentsToCommittee, UpdatedAt, SubmittedAt
        from Review
        where ReviewerId = @Id
        """;

    private const string Mails = "select Kind, ToEmail, Subject, BodyText, State, CreatedAt, SentAt from Outbox where lower(ToEmail) = @NormalisedEmail order by Id";
    private const string Letters = "select Kind, SubmissionNumber, State, CreatedAt, TypesetAt from Letter where lower(ToEmail) = @NormalisedEmail order by Id";
    private const string Actions = "select At, Action, ObjectKind, ObjectId from AuditEntry where ActorId = @Id order by Id";
}
