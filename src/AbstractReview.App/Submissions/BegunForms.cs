using System.Globalization;
using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Submissions;

/// <summary>
/// Which draft the form of a new submission has already begun. Each form carries a key of its own; when the answer that named the
/// draft was lost on the way, or the button was pressed twice, the same form finds its draft again instead of beginning another.
/// </summary>
public sealed class BegunForms(Db db, TimeProvider clock)
{
    /// <summary>The draft that this person began with this form; null when they began none.</summary>
    internal async Task<int?> Find(string? form, Actor by, CancellationToken ct)
        => IsKey(form) && await db.One<string>(Read, new { by.PersonId, key = "form:" + form }, ct) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>In the transaction that begins the draft. A form without a key, or with one that no page of ours gave, is not noted.</summary>
    internal async Task Note(string? form, int number, Actor by, CancellationToken ct)
    {
        if (IsKey(form)) await db.Run(Insert, new { by.PersonId, key = "form:" + form, number = number.ToString(CultureInfo.InvariantCulture), now = clock.GetUtcNow() }, ct);
    }

    private static bool IsKey(string? form) => Guid.TryParseExact(form, "N", out _);

    private const string Read = "select Body from IdempotencyKey where PersonId = @PersonId and RequestKey = @key and RequestHash = 'form'";

    private const string Insert = """
        insert into IdempotencyKey (PersonId, RequestKey, RequestHash, Status, ETag, Body, CreatedAt)
        values (@PersonId, @key, 'form', 201, '', @number, @now)
        """;
}
