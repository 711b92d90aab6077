using System.Text.Json;
using AbstractReview.App.Accounts;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>The accounts a visitor of the demo signs in with: a few of each role, with password and token, in <c>demo-accounts.json</c>.</summary>
internal sealed class DemoAccounts(IServiceProvider services, DataFolder folder, CancellationToken ct)
{
    /// <summary>Everybody's in the demo, and nobody's outside it.</summary>
    public const string Password = "a demo of one conference";

    public async Task Write()
    {
        await OpenReviewers();
        var accounts = new List<object>();
        foreach (var (id, email, role) in await Chosen())
        {
            await using var scope = services.CreateAsyncScope();
            var token = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new IssueToken(id, "demo", "read write", null, Actor.Timetable), ct);
            accounts.Add(new { email, password = Password, role, token });
        }

        var path = Path.Combine(folder.Root, "demo-accounts.json");
        await File.WriteAllTextAsync(path + ".part", JsonSerializer.Serialize(accounts, Indented), ct);
        File.Move(path + ".part", path, overwrite: true);
    }

    // The reviewers with the fullest queues get a password, so that a visitor has something to review.
    private async Task OpenReviewers()
    {
        await using var scope = services.CreateAsyncScope();
        var (db, mediator) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<IMediator>());
        foreach (var (email, given, family) in await db.All<(string, string, string)>(FullestQueues, null, ct))
            await mediator.Send(new AddAccount { Email = email, GivenName = given, FamilyName = family, Password = Password, By = Actor.Timetable }, ct);
    }

    // Whoever has a password, under the highest of their roles.
    private async Task<IReadOnlyList<(int Id, string Email, string Role)>> Chosen()
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().All<(int, string, string)>(WithPassword, null, ct);
    }

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private const string FullestQueues = """
        select p.Email, p.GivenName, p.FamilyName
        from Person p
        join Assignment a on a.ReviewerId = p.Id and a.State = 'Assigned'
        left join Review r on r.SubmissionNumber = a.SubmissionNumber and r.ReviewerId = a.ReviewerId and r.State = 'Submitted'
        where not exists (select 1 from PersonRole c where c.PersonId = p.Id and c.Role <> 'Reviewer')
        group by p.Id, p.Email, p.GivenName, p.FamilyName
        order by sum(case when r.ReviewerId is null then 1 else 0 end) desc, p.Id
        offset 0 rows fetch next 3 rows only
        """;

    private const string WithPassword = """
        select p.Id, p.Email,
               case when exists (select 1 from PersonRole r where r.PersonId = p.Id and r.Role = 'Chair') then 'Chair'
                    when exists (select 1 from PersonRole r where r.PersonId = p.Id and r.Role = 'Secretariat') then 'Secretariat'
                    when exists (select 1 from PersonRole r where r.PersonId = p.Id and r.Role = 'AreaChair') then 'AreaChair'
                    when exists (select 1 from PersonRole r where r.PersonId = p.Id and r.Role = 'Reviewer') then 'Reviewer'
                    else 'Author' end
        from Person p
        where p.PasswordHash is not null
        order by p.Id
        """;
}
