using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;
using AbstractReview.Domain;

namespace AbstractReview.App.Audit;

/// <summary>Who did what to which object, when, before and after: written in the transaction that did it, append-only, each row hashed over the one before.</summary>
public sealed class AuditLog(Db db, TimeProvider clock)
{
    /// <param name="by">Who did it.</param>
    /// <param name="action">Object and past verb, such as <c>submission.submitted</c>.</param>
    /// <param name="objectKind">Such as <c>submission</c>.</param>
    /// <param name="objectId">Its number or id.</param>
    /// <param name="before">What changed, before; serialised as JSON. Never passwords, tokens or keys.</param>
    /// <param name="after">The same, after.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Write(Actor by, string action, string objectKind, object objectId, object? before, object? after, CancellationToken ct)
    {
        var id = await db.Next("AuditEntry", ct);
        var entry = new AuditEntry
        {
            Id = id,
            At = clock.GetUtcNow(),
            ActorId = by.PersonId,
            Actor = by.Words,
            Action = action,
            ObjectKind = objectKind,
            ObjectId = FormattableString.Invariant($"{objectId}"),
            BeforeJson = before is null ? null : Json.Write(before),
            AfterJson = after is null ? null : Json.Write(after),
            PreviousHash = await db.One<string>(HashOf, new { id = id - 1 }, ct) ?? "",
            Hash = "",
        };
        await db.Run(Insert, entry with { Hash = entry.ComputeHash() }, ct);
    }

    private const string HashOf = "select Hash from AuditEntry where Id = @id";

    private const string Insert = """
        insert into AuditEntry (Id, At, ActorId, Actor, Action, ObjectKind, ObjectId, BeforeJson, AfterJson, PreviousHash, Hash)
        values (@Id, @At, @ActorId, @Actor, @Action, @ObjectKind, @ObjectId, @BeforeJson, @AfterJson, @PreviousHash, @Hash)
        """;
}

public sealed record AuditEntry
{
    public required int Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int ActorId { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public required string ObjectKind { get; init; }
    public required string ObjectId { get; init; }
    public required string? BeforeJson { get; init; }
    public required string? AfterJson { get; init; }
    public required string PreviousHash { get; init; }
    public required string Hash { get; init; }
    /// <summary>When a person's words were taken out; the hash stands as it was, and the entry of the erasure repeats it.</summary>
    public DateTimeOffset? RedactedAt { get; init; }

    /// <summary>SHA-256, in lower-case hex, over the length-prefixed fields and the previous hash.</summary>
    public string ComputeHash()
    {
        var text = new StringBuilder();
        foreach (var part in new[] { FormattableString.Invariant($"{Id}"), At.UtcDateTime.ToString("O"), FormattableString.Invariant($"{ActorId}"), Actor, Action, ObjectKind, ObjectId, BeforeJson ?? "-", AfterJson ?? "-", PreviousHash })
            text.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
