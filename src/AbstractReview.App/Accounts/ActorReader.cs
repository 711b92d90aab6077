using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Accounts;

/// <summary>Who a person is to the conference just now, read from their rows rather than from a cookie that may be old; once per scope.</summary>
public sealed class ActorReader(Db db)
{
    private (int PersonId, IReadOnlyList<Row> Rows)? _last;

    /// <summary>The person's actor; the timetable for 0, a visitor when there is no such person.</summary>
    public async Task<Actor> Of(int personId, CancellationToken ct)
    {
        if (personId == 0) return Actor.Timetable;
        var rows = await Rows(personId, ct);
        // Everybody with an account may submit.
        return rows.Count == 0 ? Actor.Visitor
            : Actor.Person(personId, rows[0].Email, rows.Select(r => r.Role).OfType<Role>().Append(Role.Author), rows.Select(r => r.AreaCode).OfType<string>().Where(a => a != ""));
    }

    /// <summary>The person's security stamp; null when there is no such person.</summary>
    internal async Task<string?> Stamp(int personId, CancellationToken ct) => await Rows(personId, ct) is [var first, ..] ? first.SecurityStamp : null;

    /// <summary>The person's name; null when there is no such person.</summary>
    internal async Task<string?> Name(int personId, CancellationToken ct) => await Rows(personId, ct) is [var first, ..] ? PersonName.Full(first.GivenName, first.FamilyName) : null;

    private async Task<IReadOnlyList<Row>> Rows(int personId, CancellationToken ct)
    {
        if (_last is { } known && known.PersonId == personId) return known.Rows;
        var rows = await db.All<Row>(Read, new { personId }, ct);
        _last = (personId, rows);
        return rows;
    }

    private sealed record Row
    {
        public required string Email { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string SecurityStamp { get; init; }
        public required Role? Role { get; init; }
        public required string? AreaCode { get; init; }
    }

    private const string Read = """
        select p.Email, p.GivenName, p.FamilyName, p.SecurityStamp, r.Role, r.AreaCode
        from Person p
          left join PersonRole r on r.PersonId = p.Id
        where p.Id = @personId
        """;
}
