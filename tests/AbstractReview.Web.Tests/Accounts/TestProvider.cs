using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AbstractReview.Web.Tests.Accounts;

/// <summary>An OpenID Connect provider of our own on loopback: code flow, PKCE and client secret checked, tokens signed with RS256.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce)> _codes = [];
    private readonly WebApplication _app;

    private TestProvider(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>What it says of whoever comes.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "subject-1", ["email"] = "eva@institute.example", ["email_verified"] = true, ["given_name"] = "Eva", ["family_name"] = "Énó" };

    public static async Task<TestProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = provider.Address, ["authorization_endpoint"] = provider.Address + "/authorize", ["token_endpoint"] = provider.Address + "/token",
            ["userinfo_endpoint"] = provider.Address + "/userinfo", ["jwks_uri"] = provider.Address + "/keys", ["response_types_supported"] = new[] { "code" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" }, ["subject_types_supported"] = new[] { "public" }, ["code_challenge_methods_supported"] = new[] { "S256" },
        });
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", (string redirect_uri, string state, string nonce, string code_challenge, string code_challenge_method) =>
        {
            var code = Guid.NewGuid().ToString("n");
            if (code_challenge_method == "S256") provider._codes[code] = (code_challenge, nonce);
            return Results.Redirect($"{redirect_uri}?code={code}&state={Uri.EscapeDataString(state)}");
        });
        app.MapPost("/token", provider.Token);
        app.MapGet("/userinfo", () => provider.Claims);
        await app.StartAsync();
        provider.Address = app.Urls.First();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private object Keys()
    {
        var parameters = _key.ExportParameters(false);
        return new { keys = new[] { new { kty = "RSA", use = "sig", kid = "1", alg = "RS256", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) } } };
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!_codes.TryRemove(form["code"].ToString(), out var asked) || form["client_secret"] != "secret"
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked.Challenge)
            return Results.BadRequest(new { error = "invalid_grant" });
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(Claims) { ["iss"] = Address, ["aud"] = "abstractreview", ["nonce"] = asked.Nonce, ["iat"] = now, ["exp"] = now + 300 };
        var head = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", kid = "1", typ = "JWT" }));
        var body = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        var signature = Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return Results.Json(new { access_token = "access", token_type = "Bearer", expires_in = 300, id_token = $"{head}.{body}.{signature}" });
    }
}
