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
        var rows = await db.All<RoleRow>(Read, new { personId }, ct);
        // Everybody with an account may submit.
        return rows.Count == 0 ? Actor.Visitor
            : Actor.Person(personId, rows[0].Email, rows.Select(r => r.Role).OfType<Role>().Append(Role.Author), rows.Select(r => r.AreaCode).OfType<string>().Where(a => a != ""));
    }

    private sealed record RoleRow
    {
        public required string Email { get; init; }
        public required Role? Role { get; init; }
        public required string? AreaCode { get; init; }
    }

    private const string Read = """
        select p.Email, r.Role, r.AreaCode
        from Person p
          left join PersonRole r on r.PersonId = p.Id
        where p.Id = @personId
        """;
}
