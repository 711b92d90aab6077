using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AbstractReview.Web.Tests.Access;

namespace AbstractReview.Web.Tests.Fuzzing;

/// <summary>A body: JSON, a form or a form of several parts, near what the door asks for or far from it.</summary>
/// <param name="Type">Its content type.</param>
/// <param name="With">Its bytes, given the antiforgery token it is to carry.</param>
internal sealed record Content(string Type, Func<string, byte[]> With)
{
    private const string Boundary = "xBOUNDARYx";

    private static readonly byte[][] Files =
    [
        "%PDF-1.4\n%%EOF\n"u8.ToArray(), "PK\u0003\u0004"u8.ToArray(), [], [0], [0xFF, 0xD8, 0xFF], "paper,action,email\n1,primary,x@y\n"u8.ToArray(), [0xFF, 0xFE, (byte)'a', 0], "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"u8.ToArray(),
        "{\"a\":"u8.ToArray(), "%PDF-1.7\n1 0 obj\n<</Length 99999999999>>\nstream\n"u8.ToArray(), "\"a\n,\"\"\r\n\"\n"u8.ToArray(),
    ];

    public static Content Make(Door door, Shapes shapes, Random random)
    {
        if (door.IsPage) return random.Next(4) == 0 ? Parts(door, shapes, random) : Form(door, shapes, random);
        return random.Next(16) switch
        {
            0 => Bytes("application/json", Deep(random)),
            1 => Bytes("application/json", Twice(shapes.Body(door, random), random)),
            2 => Bytes("application/json", Nasty.Text(random)),
            3 => new Content("application/json", _ => [0xEF, 0xBB, 0xBF, .. Nasty.Bytes(Written(shapes.Body(door, random)))]),
            4 => new Content("application/octet-stream", _ => Files[random.Next(Files.Length)]),
            5 => Parts(door, shapes, random),
            6 => new Content("text/csv", _ => Files[random.Next(Files.Length)]),
            7 => new Content("application/pdf", _ => Files[random.Next(Files.Length)]),
            8 => Bytes("application/json", Written(shapes.Body(door, random)) is var text ? text[..(text.Length * random.Next(10) / 10)] : ""),
            9 => Bytes("application/json", Lone(Written(shapes.Body(door, random)))),
            _ => Bytes("application/json", Written(shapes.Body(door, random))),
        };
    }

    private static Content Bytes(string type, string text) => new(type, _ => Nasty.Bytes(text));

    private static string Written(JsonNode? body)
    {
        try
        {
            return body?.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "{}";
        }
        catch (ArgumentException)
        {
            // A lone surrogate that no encoder takes.
            return "{\"title\":\"\\ud800\"}";
        }
    }

    // The first letters of every text become half of a surrogate pair, as an escape.
    private static string Lone(string json) => json.Replace("\":\"", "\":\"\\ud83d", StringComparison.Ordinal);

    private static string Deep(Random random)
    {
        var depth = random.Next(3) switch { 0 => 65, 1 => 1_000, _ => 20_000 };
        return random.Next(2) == 0 ? new string('[', depth) + new string(']', depth) : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    // Every member once more, with another value.
    private static string Twice(JsonNode? body, Random random)
        => body is JsonObject { Count: > 0 } members
            ? "{" + string.Join(',', members.SelectMany(m => new[] { $"{Quoted(m.Key)}:{(m.Value is null ? "null" : Written(m.Value))}", $"{Quoted(random.Next(2) == 0 ? m.Key.ToUpperInvariant() : m.Key)}:{Quoted(Nasty.Text(random))}" })) + "}"
            : "{\"a\":1,\"a\":2}";

    private static string Quoted(string text) => Written(JsonValue.Create(string.Concat(text.Where(c => !char.IsSurrogate(c)))));

    private static List<(string Name, string Value)> Fields(Door door, Shapes shapes, Random random)
    {
        var fields = new List<(string, string)>();
        foreach (var name in shapes.Fields(door))
            if (random.Next(3) != 0)
                for (var times = random.Next(12) == 0 ? 3 : 1; times > 0; times--)
                    fields.Add((random.Next(25) == 0 ? name.Replace("[0]", $"[{Nasty.Number(random)}]", StringComparison.Ordinal) : name, random.Next(3) == 0 ? random.Next(0, 7).ToString(CultureInfo.InvariantCulture) : Nasty.Any(random)));
        if (random.Next(6) == 0) fields.Add((Nasty.Text(random), Nasty.Text(random)));
        if (random.Next(6) == 0) fields.AddRange([("Roles", "Chair"), ("By.PersonId", "1"), ("Id", "1"), ("IsChair", "true")]);
        if (random.Next(200) == 0) fields.AddRange(Enumerable.Range(0, 3000).Select(i => ($"x{i}", "")));
        return fields;
    }

    private static Content Form(Door door, Shapes shapes, Random random)
    {
        var fields = Fields(door, shapes, random);
        var text = string.Join('&', fields.Select(f => $"{Nasty.Encoded(f.Name, random)}={Nasty.Encoded(f.Value, random)}"));
        return new Content("application/x-www-form-urlencoded", token => Encoding.ASCII.GetBytes($"__RequestVerificationToken={Uri.EscapeDataString(Clean(token))}&{text}"));
    }

    private static Content Parts(Door door, Shapes shapes, Random random)
    {
        var fields = Fields(door, shapes, random);
        var (ending, file) = (random.Next(6) == 0 ? "" : $"--{Boundary}--\r\n", Files[random.Next(Files.Length)]);
        var (fileName, field) = (FuzzRequest.Line(Nasty.Text(random)).Replace("\"", "%22", StringComparison.Ordinal), random.Next(3) == 0 || shapes.Fields(door).Count == 0 ? "file" : shapes.Fields(door)[random.Next(shapes.Fields(door).Count)]);
        return new Content($"multipart/form-data; boundary={Boundary}", token =>
        {
            var body = new List<byte>();
            foreach (var (name, value) in fields.Prepend(("__RequestVerificationToken", Clean(token))))
                body.AddRange(Nasty.Bytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{FuzzRequest.Line(name).Replace("\"", "%22", StringComparison.Ordinal)}\"\r\n\r\n{value}\r\n"));
            body.AddRange(Nasty.Bytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{fileName}\"\r\nContent-Type: application/pdf\r\n\r\n"));
            body.AddRange(file);
            body.AddRange(Nasty.Bytes("\r\n" + ending));
            return [.. body];
        });
    }

    private static string Clean(string token) => string.Concat(token.Where(c => c is > ' ' and < '\u007f'));
}
