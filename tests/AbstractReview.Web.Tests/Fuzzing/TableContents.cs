using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace AbstractReview.Web.Tests.Fuzzing;

/// <summary>What the tables hold, as one hash; and whether anybody wrote since, which costs nothing to ask.</summary>
internal sealed class TableContents : IDisposable
{
    // What any visitor leaves behind: tries at signing in, and counts for the limits.
    private static readonly string[] Traces = ["SignInTries", "RateWindow", "DataProtectionKey"];

    private readonly SqliteConnection _connection;
    private readonly List<string> _tables = [];

    public TableContents(string database)
    {
        _connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        _connection.Open();
        using var command = new SqliteCommand("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name", _connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            if (!Traces.Contains(reader.GetString(0))) _tables.Add(reader.GetString(0));
    }

    /// <summary>Changes whenever another connection commits.</summary>
    public long Version
    {
        get
        {
            using var command = new SqliteCommand("pragma data_version", _connection);
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>The hash of each table's rows, by the table's name.</summary>
    public Dictionary<string, string> Hashes() => _tables.ToDictionary(t => t, Hash);

    public void Dispose() => _connection.Dispose();

    private string Hash(string table)
    {
        using var command = new SqliteCommand($"select * from \"{table}\" order by rowid", _connection);
        using var reader = command.ExecuteReader();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (reader.Read())
            for (var i = 0; i < reader.FieldCount; i++)
            {
                // When a token was used last is no change of what anybody has.
                if (reader.GetName(i) == "LastUsedAt") continue;
                hash.AppendData(reader.GetValue(i) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!));
                hash.AppendData([0x1F]);
            }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
