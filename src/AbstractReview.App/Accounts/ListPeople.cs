using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>Every account by family name, a page at a time, with its roles.</summary>
/// <param name="Search">Part of a name, an address or an affiliation; null for all.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Size">Rows a page, 1 to 200.</param>
/// <param name="By">Who asks.</param>
public sealed record ListPeople(string? Search, int Page, int Size, Actor By) : IQuery<PeopleList>;

public sealed record PeopleList(IReadOnlyList<ListedPerson> Items, int Total);

public sealed record ListedPerson
{
    public required int Id { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required string Email { get; init; }
    public required string Affiliation { get; init; }
    public required string Country { get; init; }
    public IReadOnlyList<ListedRole> Roles { get; init; } = [];

    public string CountryName => Countries.Exists(Country) ? Countries.Name(Country) : Country;
}

/// <summary>A role; the area's code where it is of one area, else empty.</summary>
public sealed record ListedRole(Role Role, string AreaCode);

/// <summary>One account, for the secretariat.</summary>
public sealed record ReadPerson(int Id, Actor By) : IQuery<ListedPerson>;

internal sealed class ListPeopleHandler(Db db) : IRequestHandler<ListPeople, PeopleList>, IRequestHandler<ReadPerson, ListedPerson>
{
    public async Task<ListedPerson> Handle(ReadPerson query, CancellationToken ct)
    {
        Access.Require(Access.MayManagePeople(query.By), "see the accounts");
        var person = await db.One<ListedPerson>(ReadOne, new { query.Id }, ct) ?? throw new NotFoundException("There is no such account.");
        var roles = await db.All<RoleRow>(ReadRoles, new { ids = new[] { query.Id } }, ct);
        return person with { Roles = [.. roles.Select(r => new ListedRole(r.Role, r.AreaCode))] };
    }

    public async Task<PeopleList> Handle(ListPeople query, CancellationToken ct)
    {
        Access.Require(Access.MayManagePeople(query.By), "see the accounts");
        var search = string.IsNullOrWhiteSpace(query.Search) ? null : LikePattern.Containing(query.Search.Trim());
        var take = Math.Clamp(query.Size, 1, 200);
        var total = await db.One<int>(Count, new { search }, ct);
        var people = await db.All<ListedPerson>(Read, new { search, skip = (Math.Max(1, query.Page) - 1) * take, take }, ct);
        var roles = (await db.All<RoleRow>(ReadRoles, new { ids = people.Select(p => p.Id).ToArray() }, ct)).ToLookup(r => r.PersonId, r => new ListedRole(r.Role, r.AreaCode));
        return new PeopleList([.. people.Select(p => p with { Roles = [.. roles[p.Id]] })], total);
    }

    private sealed record RoleRow
    {
        public required int PersonId { get; init; }
        public required Role Role { get; init; }
        public required string AreaCode { get; init; }
    }

    private const string Matches = """

        where @search is null
           or concat(p.GivenName, ' ', p.FamilyName) like @search escape '!'
           or concat(p.FamilyName, p.GivenName) like @search escape '!'
           or p.Email like @search escape '!'
           or p.Affiliation like @search escape '!'

        """;

    private const string Count = "select count(*) from Person p" + Matches;

    private const string Read = "select p.Id, p.GivenName, p.FamilyName, p.Email, p.Affiliation, p.Country from Person p" + Matches + """
        order by p.FamilyName, p.GivenName, p.Id
        offset @skip rows fetch next @take rows only
        """;

    private const string ReadOne = "select p.Id, p.GivenName, p.FamilyName, p.Email, p.Affiliation, p.Country from Person p where p.Id = @Id";

    private const string ReadRoles = "select PersonId, Role, AreaCode from PersonRole where PersonId in @ids order by PersonId, Role, AreaCode";
}
