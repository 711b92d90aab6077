using AbstractReview.App.Storage;

namespace AbstractReview.App.Accounts;

/// <summary>The keys that sign session cookies and forms, in the database: every node reads what another made, and a session outlives the node that began it.</summary>
public sealed class ProtectionKeys(Dialect dialect)
{
    public Task<IReadOnlyList<string>> All(CancellationToken ct) => new Db(dialect).All<string>(Read, null, ct);

    public async Task Keep(string id, string xml, CancellationToken ct)
    {
        var db = new Db(dialect);
        await db.Transaction(async () =>
        {
            if (await db.One<int>(Count, new { id }, ct) == 0) await db.Run(Insert, new { id, xml }, ct);
        }, ct);
    }

    private const string Read = "select Xml from DataProtectionKey order by Id";
    private const string Count = "select count(*) from DataProtectionKey where Id = @id";
    private const string Insert = "insert into DataProtectionKey (Id, Xml) values (@id, @xml)";
}
