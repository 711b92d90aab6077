using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Accounts;

/// <summary>Who a person is to the conference just now, read from their rows rather than from a cookie that may be old.</summary>
public sealed class ActorReader(Db db)
{
    /// <summary>The person's actor; the timetable for 0, a visitor when there is no such person.</summary>
    public async Task<Actor> Of(int personId, CancellationToken ct)
    {
        if (personId == 0) return Actor.Timetable;
        if (await db.One<string>(ReadEmail, new { personId }, ct) is not { } email) return Actor.Visitor;
        var roles = await db.All<RoleRow>(ReadRoles, new { personId }, ct);
        // Everybody with an account may submit.
        return Actor.Person(personId, email, roles.Select(r => r.Role).Append(Role.Author), roles.Where(r => r.AreaCode != "").Select(r => r.AreaCode));
    }

    private sealed record RoleRow
    {
        public required Role Role { get; init; }
        public required string AreaCode { get; init; }
    }

    private const string ReadEmail = "select Email from Person where Id = @personId";
    private const string ReadRoles = "select Role, AreaCode from PersonRole where PersonId = @personId";
}
