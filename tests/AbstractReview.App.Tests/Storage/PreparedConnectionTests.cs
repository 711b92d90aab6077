using System.Runtime.CompilerServices;
using AbstractReview.App.Storage;

namespace AbstractReview.App.Tests.Storage;

/// <summary>Statements are kept compiled; what they were given is not kept.</summary>
public sealed class PreparedConnectionTests
{
    [Test]
    public void What_a_statement_was_given_does_not_outlive_the_next_collection()
    {
        TestEngine.SqliteOnly();
        var folder = Directory.CreateTempSubdirectory("abstractreview-");
        try
        {
            using var dialect = new SqliteDialect(Path.Combine(folder.FullName, "values.db"));
            var given = Ask(dialect);
            // Once: with a finalizer anywhere on the way to it, it would be gone at the second only.
            GC.Collect();
            Assert.That(given.IsAlive, Is.False);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Apart, so that no local of the test holds the value.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Ask(SqliteDialect dialect)
    {
        var text = new string('a', 10_000);
        Assert.That(new Db(dialect).One<int>("select length(@text)", new { text }, default).GetAwaiter().GetResult(), Is.EqualTo(10_000));
        return new WeakReference(text, trackResurrection: true);
    }
}
