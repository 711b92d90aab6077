using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace AbstractReview.App.Storage;

/// <summary>Failures of disk and database that are nobody's mistake and pass when somebody mends them, in words for the person who waits.</summary>
public static class StorageTrouble
{
    /// <summary>What is wrong and what to do; null when the failure is of another kind.</summary>
    public static string? Words(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => "Another program holds the database. Nothing of this was saved; try again in a minute.",
        SqliteException { SqliteErrorCode: 13 } or IOException { HResult: 28 } => "The server's disk is full. Nothing of this was saved; keep your text and try again once the secretariat has made room.",
        DamagedFileException => "This file was damaged on the server's disk. The secretariat has to take it from a backup.",
        SqliteException { SqliteErrorCode: 8 } or UnauthorizedAccessException => "The server may not write to its data folder. Nothing of this was saved; tell the secretariat.",
        SqliteException { SqliteErrorCode: 10 or 14 } => "The server cannot reach its data. Nothing of this was saved; try again in a minute, then tell the secretariat.",
        SqliteException { SqliteErrorCode: 11 or 26 } => "The server's database is damaged. The secretariat has to restore a backup.",
        CommitInDoubtException => "The database did not answer whether this was saved. Look before you send it again.",
        SqlException { Class: >= 17 } or SqlException { Number: -2 or 1205 or 4060 } => "The database does not answer. Nothing of this was saved; try again in a minute.",
        AggregateException { InnerException: { } inner } => Words(inner),
        _ => null,
    };
}
