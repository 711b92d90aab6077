using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;

namespace AbstractReview.App.Submissions;

/// <summary>
/// The installation's own key, kept in its database: receipts are signed with it (ECDSA on P-256 with SHA-256; FIPS 186-5), and
/// links to people without an account carry a code derived from it. Made when first needed.
/// </summary>
public sealed class SigningKeys(Db db, SigningKeyCache cache, TimeProvider clock)
{
    /// <summary>The key to sign with now.</summary>
    internal async Task<SigningKey> Current(CancellationToken ct)
        => cache.Current ?? await db.Transaction(async () =>
        {
            var key = await db.One<SigningKey>(Newest, null, ct) ?? await Make(ct);
            // Not before it is on disk: what a lost key has signed nobody could verify.
            db.AfterCommit(() => cache.Current = key);
            return key;
        }, ct);

    /// <summary>The key of a receipt; null when this installation never had it.</summary>
    internal Task<SigningKey?> Of(int id, CancellationToken ct) => db.One<SigningKey>(Find, new { id }, ct);

    /// <summary>The newest first.</summary>
    internal Task<IReadOnlyList<SigningKey>> All(CancellationToken ct) => db.All<SigningKey>(Every, null, ct);

    private async Task<SigningKey> Make(CancellationToken ct)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new SigningKey
        {
            Id = await db.Next("SigningKey", ct), PrivateKey = Convert.ToBase64String(pair.ExportPkcs8PrivateKey()), PublicKey = Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()),
        };
        await db.Run(Insert, new { key.Id, key.PrivateKey, key.PublicKey, now = clock.GetUtcNow() }, ct);
        return key;
    }

    private const string Newest = "select Id, PrivateKey, PublicKey from SigningKey where Id = (select max(Id) from SigningKey)";
    private const string Find = "select Id, PrivateKey, PublicKey from SigningKey where Id = @id";
    private const string Every = "select Id, PrivateKey, PublicKey from SigningKey order by Id desc";
    private const string Insert = "insert into SigningKey (Id, PrivateKey, PublicKey, CreatedAt) values (@Id, @PrivateKey, @PublicKey, @now)";
}

/// <summary>The current key, for the whole process.</summary>
public sealed class SigningKeyCache
{
    private volatile SigningKey? _current;

    internal SigningKey? Current
    {
        get => _current;
        set => _current = value;
    }
}

/// <summary>A key as it is kept.</summary>
internal sealed record SigningKey
{
    public required int Id { get; init; }
    /// <summary>PKCS #8 in Base64.</summary>
    public required string PrivateKey { get; init; }
    /// <summary>SubjectPublicKeyInfo in Base64.</summary>
    public required string PublicKey { get; init; }

    /// <summary>64 bytes, r and s.</summary>
    public byte[] Sign(string text)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(PrivateKey), out _);
        return key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);
    }

    public bool Verifies(string text, byte[] signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(PublicKey), out _);
        return key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256);
    }

    private readonly ConcurrentDictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);

    /// <summary>A code of 128 bits that only this installation can make for a text (HMAC-SHA-256 under a key derived by HKDF).</summary>
    public string Code(string purpose, string text)
        => System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(_secrets.GetOrAdd(purpose, Secret), Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private byte[] Secret(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(PrivateKey), 32, [], Encoding.UTF8.GetBytes(purpose));
}
