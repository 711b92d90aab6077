using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using AbstractReview.App.Storage;
using AbstractReview.App.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AbstractReview.Web.Tests.Storage;

/// <summary>Every text a server sends to its database, in the form SQL Server would be sent it: composed ones too, as they are composed.</summary>
internal sealed partial class SentTexts
{
    private readonly ConcurrentDictionary<string, bool> _texts = [];

    public ICollection<string> Texts => _texts.Keys;

    /// <summary>Stands between a server and its database.</summary>
    public void Listen(WebApplicationBuilder builder, DataFolder folder) => builder.Services.Replace(ServiceDescriptor.Singleton<Dialect>(_ => new Recording(new SqliteDialect(folder.Database), _texts)));

    /// <summary>What SQL Server would refuse of them.</summary>
    public IReadOnlyList<string> Faults() => [.. Texts.Where(t => !t.StartsWith("pragma", StringComparison.Ordinal)).SelectMany(Faults)];

    private static IEnumerable<string> Faults(string sql)
    {
        try
        {
            return SqlServerRules.Faults(List().Replace(sql, "in ($1)")).Select(fault => $"{sql}: {fault}");
        }
        catch (FormatException ungrammatical)
        {
            return [$"{sql}: {ungrammatical.Message}"];
        }
    }

    // Dapper writes a list as (@a, @b), so "in @list" is no SQL until then.
    [GeneratedRegex(@"\bin\s+(@\w+)")]
    private static partial Regex List();

    private sealed class Recording(SqliteDialect inner, ConcurrentDictionary<string, bool> texts) : Dialect, IDisposable
    {
        public override string Folder => inner.Folder;
        public override Task<DbConnection> Open(CancellationToken ct) => inner.Open(ct);
        public override Task<T> Write<T>(Func<DbConnection, DbTransaction?, Task<T>> work, bool takesLong, CancellationToken ct) => inner.Write(work, takesLong, ct);
        public override Task<T> Snapshot<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken ct) => inner.Snapshot(work, ct);
        public override bool IsTransient(DbException error) => inner.IsTransient(error);
        public override bool IsDuplicate(DbException error) => inner.IsDuplicate(error);
        public void Dispose() => inner.Dispose();

        public override string Words(string sql)
        {
            texts.TryAdd(sql, true);
            return inner.Words(sql);
        }
    }
}
