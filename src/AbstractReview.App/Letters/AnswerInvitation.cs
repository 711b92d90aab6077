using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Reviewers;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>What an invitation's link shows to whoever holds it.</summary>
/// <exception cref="NotFoundException">There is no such invitation.</exception>
public sealed record ReadInvitation(string Token) : IRequest<InvitationView>;

/// <param name="Name">Who is asked.</param>
/// <param name="State"><c>Invited</c>, <c>Accepted</c> or <c>Declined</c>.</param>
/// <param name="Areas">The codes of the areas they are asked for.</param>
/// <param name="ReviewBy">Until when reviews are due.</param>
public sealed record InvitationView(string Name, string State, IReadOnlyList<string> Areas, DateTimeOffset ReviewBy);

/// <summary>
/// Whoever holds the link says yes or no; a no may become a yes, and the other way round while nothing is assigned. Yes makes them a
/// reviewer. Answers where they go from here: to choose a password when they have none.
/// </summary>
public sealed record AnswerInvitation(string Token, bool Accept, string Reason) : ICommand<string>
{
    /// <summary>The link stands for who was asked.</summary>
    public Actor By => Actor.Visitor;
}

internal sealed class AnswerInvitationHandler(Db db, ConferenceReader conferences, PersonStore people, ReviewerStore reviewers, AccountLinks links, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ReadInvitation, InvitationView>, IRequestHandler<AnswerInvitation, string>
{
    public async Task<InvitationView> Handle(ReadInvitation query, CancellationToken ct)
    {
        var row = await Row(query.Token, ct);
        var call = await conferences.Current(ct);
        return new InvitationView(PersonName.Full(row.GivenName, row.FamilyName), row.State, Json.Read<List<string>>(row.Areas), call.At(call.Dates.ReviewDeadline));
    }

    public async Task<string> Handle(AnswerInvitation command, CancellationToken ct)
    {
        var row = await Row(command.Token, ct);
        var reason = command.Reason.ReplaceLineEndings(" ").Trim();
        if (reason.Length > 500 || reason.Any(char.IsControl)) throw new RuleBrokenException("reason", "At most 500 characters are taken here.");
        if (!command.Accept && row.State == "Accepted") throw new RuleBrokenException("You accepted this invitation already. Set yourself unavailable on your reviewer's page, or write to the secretariat.");
        var state = command.Accept ? "Accepted" : "Declined";
        await db.Run(Answer, new { row.Id, state, reason, now = clock.GetUtcNow() }, ct);
        await audit.Write(command.By, $"invitation.{state.ToLowerInvariant()}", "invitation", row.Id, new { row.State }, new { State = state }, ct);
        return command.Accept ? await Welcome(row, ct) : $"/invitation?token={command.Token}";
    }

    // The link was sent to this address: whoever holds it has proved that it is theirs.
    private async Task<string> Welcome(InvitationRow row, CancellationToken ct)
    {
        var person = await people.FindByEmailAsync(row.NormalisedEmail, ct);
        if (person is null)
        {
            person = new Person
            {
                Email = row.Email, NormalisedEmail = row.NormalisedEmail, EmailConfirmed = true, SecurityStamp = Guid.NewGuid().ToString("n"),
                GivenName = row.GivenName, FamilyName = row.FamilyName, Affiliation = row.Affiliation, Country = row.Country,
            };
            await people.CreateAsync(person, ct);
        }

        await reviewers.AddRole(person.Id, ct);
        var areas = Json.Read<List<string>>(row.Areas);
        var call = await conferences.Current(ct);
        if (areas.Count > 0 && await reviewers.Read(person.Id, ct) is null)
            await reviewers.Save(person.Id, new ReviewerProfile { Areas = areas, QuotaMin = call.Routing.QuotaMin, QuotaMax = call.Routing.QuotaMax, Available = true }, null, ct);
        if (person.PasswordHash is not null) return "/reviews/profile";
        var link = await links.Create(LinkPurpose.Password, "/account/set-password", person.Id, person.Email, TimeSpan.FromHours(24), ct);
        return link[link.IndexOf("/account/set-password", StringComparison.Ordinal)..];
    }

    private async Task<InvitationRow> Row(string? token, CancellationToken ct)
        => await db.One<InvitationRow>(Find, new { hash = ApiTokens.Hash(token) }, ct) ?? throw new NotFoundException("There is no such invitation.");

    private sealed record InvitationRow
    {
        public required int Id { get; init; }
        public required string Email { get; init; }
        public required string NormalisedEmail { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Affiliation { get; init; }
        public required string Country { get; init; }
        public required string Areas { get; init; }
        public required string State { get; init; }
    }

    private const string Find = "select Id, Email, NormalisedEmail, GivenName, FamilyName, Affiliation, Country, Areas, State from Invitation where TokenHash = @hash";
    private const string Answer = "update Invitation set State = @state, Reason = @reason, AnsweredAt = @now where Id = @Id";
}
