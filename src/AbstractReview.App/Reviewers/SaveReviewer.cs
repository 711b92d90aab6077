using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;
using MediatR;

namespace AbstractReview.App.Reviewers;

/// <summary>A reviewer says what they know and how much they take; the secretariat may say it for them. Answers the profile's new version.</summary>
/// <param name="Email">Whose profile, for the secretariat; null is one's own.</param>
/// <param name="Profile">The whole profile.</param>
/// <param name="Version">The version that was read; null does not check.</param>
/// <param name="By">Who asks.</param>
public sealed record SaveReviewer(string? Email, ReviewerProfile Profile, int? Version, Actor By) : ICommand<int>;

internal sealed class SaveReviewerHandler(ReviewerStore reviewers, PersonStore people, ConferenceReader conference, AuditLog audit) : IRequestHandler<SaveReviewer, int>
{
    public async Task<int> Handle(SaveReviewer command, CancellationToken ct)
    {
        var personId = await Whose(command, ct);
        var profile = command.Profile.Tidy();
        var errors = profile.Check(await conference.Current(ct));
        if (errors.Count > 0) throw new RuleBrokenException(errors);
        var before = await reviewers.Read(personId, ct);
        var version = await reviewers.Save(personId, profile, command.Version, ct);
        await audit.Write(command.By, "reviewer.saved", "reviewer", personId, before is { } b ? Facts(b.Profile) : null, Facts(profile), ct);
        return version;
    }

    private async Task<int> Whose(SaveReviewer command, CancellationToken ct)
    {
        if (command.Email is not { } email)
        {
            Access.Require(Access.MayBid(command.By), "keep a reviewer’s profile");
            return command.By.PersonId;
        }

        Access.Require(Access.MayManagePeople(command.By), "change another reviewer’s profile");
        var person = await people.FindByEmailAsync(MailAddress.Normalise(email), ct) ?? throw new NotFoundException($"There is no account {email}.");
        await reviewers.AddRole(person.Id, ct);
        return person.Id;
    }

    private static object Facts(ReviewerProfile p) => new { p.Areas, p.QuotaMin, p.QuotaMax, p.Available, Publications = p.Publications.Count };
}
