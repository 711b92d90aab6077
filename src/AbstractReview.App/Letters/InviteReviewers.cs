using System.Security.Cryptography;
using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>People are asked by letter to review; each address once. Answers how many were asked that had not been before.</summary>
public sealed record InviteReviewers(IReadOnlyList<Invitee> Invitees, Actor By) : ILongCommand<int>;

/// <summary>Somebody to be asked.</summary>
public sealed record Invitee
{
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public string Affiliation { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-2, or empty.</summary>
    public string Country { get; init; } = "";

    /// <summary>The codes of the areas they are asked for; empty for any.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>A line of a list: <c>email, given name, family name[, affiliation[, country[, area area …]]]</c>.</summary>
    /// <exception cref="RuleBrokenException">The line has too few parts.</exception>
    public static Invitee Parse(string line)
    {
        var parts = line.Split([',', ';', '\t']).Select(p => p.Trim()).ToList();
        if (parts.Count < 3) throw new RuleBrokenException("list", $"“{line.Trim()}” wants an address, a given name and a family name, parted by commas.");
        return new Invitee
        {
            Email = parts[0], GivenName = parts[1], FamilyName = parts[2], Affiliation = parts.ElementAtOrDefault(3) ?? "", Country = (parts.ElementAtOrDefault(4) ?? "").ToUpperInvariant(),
            Areas = (parts.ElementAtOrDefault(5) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
    }
}

/// <summary>Everybody who was asked, and what they answered, the newest first.</summary>
public sealed record ListInvitations(Actor By) : IQuery<IReadOnlyList<InvitationEntry>>;

public sealed record InvitationEntry
{
    public required int Id { get; init; }
    public required string Email { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }

    /// <summary><c>Invited</c>, <c>Accepted</c> or <c>Declined</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset InvitedAt { get; init; }
    public required DateTimeOffset? AnsweredAt { get; init; }
    public required string Reason { get; init; }
    public required int? LetterId { get; init; }
}

internal sealed class InviteReviewersHandler(Db db, ConferenceReader conferences, AccountLinks links, LetterQueue queue, AuditLog audit, TimeProvider clock)
    : IRequestHandler<InviteReviewers, int>, IRequestHandler<ListInvitations, IReadOnlyList<InvitationEntry>>
{
    private const int Most = 500;

    public async Task<int> Handle(InviteReviewers command, CancellationToken ct)
    {
        Access.Require(Access.MayIssueLetters(command.By), "invite reviewers");
        var call = await conferences.Current(ct);
        if (command.Invitees.Count is 0 or > Most) throw new RuleBrokenException("list", $"Invite 1 to {Most} people at once.");
        var errors = command.Invitees.SelectMany(i => Errors(i, [.. call.Areas.Select(a => a.Code)])).ToList();
        if (errors.Count > 0) throw new RuleBrokenException(errors);
        var invited = 0;
        foreach (var invitee in command.Invitees.DistinctBy(i => MailAddress.Normalise(i.Email)))
            if (await db.One<int>(Count, new { email = MailAddress.Normalise(invitee.Email) }, ct) == 0)
            {
                await Invite(invitee, command.By, ct);
                invited++;
            }

        return invited;
    }

    public Task<IReadOnlyList<InvitationEntry>> Handle(ListInvitations query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the invitations");
        return db.All<InvitationEntry>(List, null, ct);
    }

    private async Task Invite(Invitee invitee, Actor by, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var id = await db.Next("Invitation", ct);
        await db.Run(Insert, new
        {
            id, Address = invitee.Email.Trim(), normal = MailAddress.Normalise(invitee.Email), invitee.GivenName, invitee.FamilyName, invitee.Affiliation, invitee.Country,
            areas = Json.Write(invitee.Areas), hash = ApiTokens.Hash(token), now = clock.GetUtcNow(), by.PersonId,
        }, ct);
        await queue.Order(new LetterOrder
        {
            Kind = nameof(LetterKind.Invitation), ToEmail = invitee.Email.Trim(), ToName = PersonName.Full(invitee.GivenName, invitee.FamilyName), IssuedById = by.PersonId,
            Fields = new Dictionary<string, string>
            {
                ["givenName"] = invitee.GivenName, ["familyName"] = invitee.FamilyName, ["areas"] = string.Join(", ", invitee.Areas), ["link"] = $"{await links.Address(ct)}/invitation?token={token}",
            },
        }, ct);
        await audit.Write(by, "reviewer.invited", "invitation", id, null, new { invitee.Email, invitee.Areas }, ct);
    }

    private static IEnumerable<FieldError> Errors(Invitee invitee, HashSet<string> areas)
    {
        if (!MailAddress.IsValid(invitee.Email.Trim())) yield return new FieldError("list", $"“{invitee.Email}” is not an e-mail address.");
        if ($"{invitee.GivenName}{invitee.FamilyName}".Trim() == "") yield return new FieldError("list", $"{invitee.Email} has no name.");
        if (new[] { invitee.GivenName, invitee.FamilyName, invitee.Affiliation }.Any(t => t.Length > 200 || HeaderText.Of(t, 200) != t.Trim())) yield return new FieldError("list", $"A name or affiliation of {invitee.Email} is longer than 200 characters or holds characters that no name has.");
        if (invitee.Country != "" && !Countries.Exists(invitee.Country)) yield return new FieldError("list", $"“{invitee.Country}” is no country's two-letter code.");
        foreach (var area in invitee.Areas.Where(a => !areas.Contains(a))) yield return new FieldError("list", $"There is no area {area}.");
    }

    private const string Count = "select count(*) from Invitation where NormalisedEmail = @email";

    private const string Insert = """
        insert into Invitation (Id, Email, NormalisedEmail, GivenName, FamilyName, Affiliation, Country, Areas, TokenHash, State, InvitedAt, InvitedById, Reason)
        values (@id, @Address, @normal, @GivenName, @FamilyName, @Affiliation, @Country, @areas, @hash, 'Invited', @now, @PersonId, '')
        """;

    private const string List = """
        select i.Id, i.Email, i.GivenName, i.FamilyName, i.State, i.InvitedAt, i.AnsweredAt, i.Reason,
               (select max(l.Id) from Letter l where l.Kind = 'Invitation' and l.ToEmail = i.Email) as LetterId
        from Invitation i
        order by i.Id desc
        """;
}
