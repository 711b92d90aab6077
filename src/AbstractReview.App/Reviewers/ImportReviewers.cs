using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>Takes a file of reviewers: accounts are made where there are none, profiles replaced. All or nothing; every bad line is named.</summary>
public sealed record ImportReviewers(string Csv, Actor By) : ILongCommand<ImportedReviewers>;

/// <param name="Added">People who had no account.</param>
/// <param name="Changed">People who had one; their names stay, their profile is replaced.</param>
public sealed record ImportedReviewers(int Added, int Changed);

internal sealed class ImportReviewersHandler(ReviewerStore reviewers, PersonStore people, ConferenceReader conference, AuditLog audit) : IRequestHandler<ImportReviewers, ImportedReviewers>
{
    public async Task<ImportedReviewers> Handle(ImportReviewers command, CancellationToken ct)
    {
        Access.Require(Access.MayManagePeople(command.By), "import reviewers");
        var lines = ReviewerCsv.Read(command.Csv, await conference.Current(ct));
        var added = 0;
        foreach (var line in lines)
        {
            var person = await people.FindByEmailAsync(MailAddress.Normalise(line.Email), ct);
            if (person is null) added++;
            person ??= await Create(line, ct);
            await reviewers.AddRole(person.Id, ct);
            await reviewers.Save(person.Id, line.Profile, null, ct);
        }

        await audit.Write(command.By, "reviewers.imported", "reviewer", "file", null, new { added, changed = lines.Count - added }, ct);
        return new ImportedReviewers(added, lines.Count - added);
    }

    private async Task<Person> Create(ReviewerLine line, CancellationToken ct)
    {
        var person = new Person
        {
            Email = line.Email,
            NormalisedEmail = MailAddress.Normalise(line.Email),
            EmailConfirmed = true,
            GivenName = line.GivenName,
            FamilyName = line.FamilyName,
            Affiliation = line.Affiliation,
            Country = line.Country,
            SecurityStamp = Guid.NewGuid().ToString("n"),
        };
        await people.CreateAsync(person, ct);
        return person;
    }
}
