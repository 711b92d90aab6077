using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AbstractReview.Web.Tests.Access;

namespace AbstractReview.Web.Tests.Fuzzing;

/// <summary>One request made up by chance: a door, somebody, and what is wrong with it. The same number makes the same request.</summary>
/// <param name="Words">What a report calls it.</param>
/// <param name="Bytes">What is sent.</param>
/// <param name="MayChange">Whether whoever sends it has a right to the door.</param>
/// <param name="MayRead">Whether they may read the page a refused form is shown on again, which is written down where it names reviewers.</param>
/// <param name="HangsUp">Whether it promises more than it sends.</param>
internal sealed partial record FuzzRequest(string Words, byte[] Bytes, bool MayChange, bool MayRead, bool HangsUp)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "A\u00e9B"];
    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-16", "application/json; charset=nope", "text/json", "application/problem+json", "text/plain", "text/csv", "application/xml", "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"x", "application/octet-stream", "application/pdf", "image/png", "*/*", "x", "", ";;;",
    ];

    private static readonly string[] Versions = ["\"1\"", "\"2\"", "\"99999999999\"", "W/\"1\"", "*", "1", "\"-1\"", "\"\"", "\"a\", \"b\"", "\"1\"\"2\"", "é", "\"2147483648\""];

    /// <summary>Makes the request of a number.</summary>
    public static FuzzRequest Make(Random random, IReadOnlyList<Door> doors, Shapes shapes, MatrixSite matrix)
    {
        var door = doors[random.Next(doors.Count)];
        var phase = (Phase)random.Next(6);
        var method = random.Next(12) == 0 ? Methods[random.Next(Methods.Length)] : door.Method;
        var path = random.Next(6) == 0 ? Odd(door.Pattern, random) : MatrixSite.Fill(door.Pattern, phase);
        var query = Query(door, shapes, random);
        var content = method is "GET" or "HEAD" && random.Next(15) != 0 ? null : Content.Make(door, shapes, random);
        var sender = Sender.Make(door, random, matrix);
        var isPlain = method == door.Method && path == MatrixSite.Fill(door.Pattern, phase);
        var (body, type) = content is null ? ([], null) : (content.With(sender.Antiforgery), content.Type);
        var promised = Promised(type, body.Length, random);
        var head = Head(method, path + query, type, promised, sender, random);
        return new FuzzRequest($"[{sender.Words}] {method} {path}{query}", [.. head, .. body], !isPlain || MayWrite(door, sender.Who, phase), door.IsPage && MayWrite(door with { Method = "GET", Handler = "" }, sender.Who, phase), promised != "" && promised != Length(body.Length));
    }

    // Another method than the door's, or an address spoiled into another door's, is judged by its answer alone; see FuzzTests for what may never be written.
    private static bool MayWrite(Door door, Who who, Phase phase) => Rules.ByDoor.TryGetValue(door.ToString(), out var rule) && rule.May(who, phase);

    private static byte[] Head(string method, string target, string? type, string promised, Sender sender, Random random)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        foreach (var (name, value) in sender.Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (type is not null) head.Append(CultureInfo.InvariantCulture, $"Content-Type: {(random.Next(10) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : type)}\r\n");
        if (random.Next(3) == 0) head.Append(CultureInfo.InvariantCulture, $"If-Match: {Versions[random.Next(Versions.Length)]}\r\n");
        if (random.Next(8) == 0) head.Append(CultureInfo.InvariantCulture, $"If-None-Match: {Versions[random.Next(Versions.Length)]}\r\n");
        if (random.Next(8) == 0) head.Append(CultureInfo.InvariantCulture, $"Idempotency-Key: {Line(Nasty.Brief(random))}\r\n");
        if (random.Next(10) == 0) head.Append(CultureInfo.InvariantCulture, $"Accept-Language: {Line(Nasty.Brief(random))}\r\nAccept: {Line(Nasty.Brief(random))}\r\n");
        if (random.Next(12) == 0) head.Append(CultureInfo.InvariantCulture, $"{Line(Nasty.Brief(random)).Replace(':', '-')}: {Line(Nasty.Brief(random))}\r\n");
        if (random.Next(12) == 0) head.Append(CultureInfo.InvariantCulture, $"X-Forwarded-For: {Line(Nasty.Brief(random))}\r\nX-Forwarded-Proto: {Line(Nasty.Brief(random))}\r\n");
        if (random.Next(20) == 0) head.Append(CultureInfo.InvariantCulture, $"Range: bytes={Line(Nasty.Number(random))}-{Line(Nasty.Number(random))}\r\n");
        head.Append(promised);
        return Nasty.Bytes(head.Append("\r\n").ToString());
    }

    private static string Promised(string? type, int length, Random random) => random.Next(60) switch
    {
        0 => Length(99_999_999),
        1 => Length(length / 2),
        2 => "Transfer-Encoding: chunked\r\n",
        3 => Length(-1),
        _ => type is null ? "" : Length(length),
    };

    private static string Length(int bytes) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes}\r\n");

    private static string Query(Door door, Shapes shapes, Random random)
    {
        var parts = new List<string>();
        if (door.Handler != "") parts.Add("handler=" + (random.Next(10) == 0 ? Nasty.Encoded(Nasty.Brief(random), random) : door.Handler));
        foreach (var name in shapes.Queries(door))
            for (var i = random.Next(6); i < 2; i++) parts.Add($"{name}={Nasty.Encoded(Nasty.Brief(random), random)}");
        if (random.Next(10) == 0) parts.Add(Nasty.Encoded(Nasty.Brief(random), random));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string Odd(string pattern, Random random)
    {
        var path = Parameter().Replace(pattern, _ => random.Next(3) == 0 ? Line(Nasty.Number(random)).Replace(" ", "%20", StringComparison.Ordinal) : Nasty.Encoded(Nasty.Brief(random), random));
        return random.Next(8) switch
        {
            0 => path + "/",
            1 => "/" + path,
            2 => path.ToUpperInvariant(),
            3 => path + "/../" + Nasty.Encoded(Nasty.Brief(random), random),
            4 => path + "/%2e%2e/%2e%2e/etc/passwd",
            5 => path + ";x=y",
            _ => path,
        };
    }

    // A header is one line; what would end it is another test's matter (RawHttp sends bytes as they are).
    internal static string Line(string text) => text.Length > 4000 ? Line(text[..4000]) : text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(\w+)[^}]*(?:\([^)]*\))?[^}]*\}")]
    private static partial Regex Parameter();
}

/// <summary>Who sends it, and by what proof.</summary>
/// <param name="Who">Whose rights it has.</param>
/// <param name="Words">How.</param>
/// <param name="Headers">The headers that prove it.</param>
/// <param name="Antiforgery">The token of forms that goes with it.</param>
internal sealed record Sender(Who Who, string Words, IReadOnlyList<(string Name, string Value)> Headers, string Antiforgery)
{
    public static Sender Make(Door door, Random random, MatrixSite matrix)
    {
        var everybody = Enum.GetValues<Who>();
        var (who, other) = (everybody[random.Next(everybody.Length)], everybody[random.Next(everybody.Length)]);
        var (mine, theirs) = (matrix.Proofs(who), matrix.Proofs(other));
        var isApi = door.Pattern.StartsWith("/api", StringComparison.Ordinal);
        return (isApi, random.Next(8)) switch
        {
            (_, 0) => new Sender(Who.Visitor, "rubbish", [("Cookie", $"abstractreview={FuzzRequest.Line(Nasty.Brief(random))}; {FuzzRequest.Line(Nasty.Brief(random))}"), ("Authorization", FuzzRequest.Line(Nasty.Brief(random)))], Nasty.Text(random)),
            (_, 1) => new Sender(Who.Visitor, $"the spoiled proof of {who}", [("Cookie", Spoil(mine.Cookie ?? "x=y", random)), ("Authorization", "Bearer " + Spoil(mine.Token ?? "x", random))], mine.Antiforgery),
            (true, 2 or 3) => new Sender(who, $"{who} with the cookie of {other}", [.. Bearer(mine.Token ?? "none"), .. Cookie(theirs.Cookie)], "") is var mixed && mine.Token is null ? mixed with { Who = Who.Visitor } : mixed,
            (true, 4) => new Sender(who, $"{who} by cookie", Cookie(mine.Cookie), ""),
            (true, _) => new Sender(who, $"{who}", mine.Token is { } token ? Bearer(token) : [], ""),
            (false, 2) => new Sender(who, $"{who} with the form of {other}", Cookie(mine.Cookie), theirs.Antiforgery),
            (false, _) => new Sender(who, $"{who}", Cookie(mine.Cookie), mine.Antiforgery),
        };
    }

    private static (string, string)[] Bearer(string token) => [("Authorization", "Bearer " + token)];

    private static (string, string)[] Cookie(string? cookie) => cookie is null ? [] : [("Cookie", cookie)];

    // Every cookie's value is spoiled, and the token's.
    private static string Spoil(string proof, Random random) => string.Join("; ", proof.Split("; ").Select(p => random.Next(3) switch
    {
        0 => p[..(p.Length / 2)],
        1 => p + "x",
        _ => new string([.. p.Select((c, i) => i == p.Length * 2 / 3 ? (c == 'A' ? 'B' : 'A') : c)]),
    }));
}
