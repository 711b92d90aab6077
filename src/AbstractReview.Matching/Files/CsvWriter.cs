using System.Buffers;
using System.Text;

namespace AbstractReview.Matching.Files;

/// <summary>Writes comma-separated records as RFC 4180 has them, in UTF-8 without a byte order mark, lines ended by LF.</summary>
public sealed class CsvWriter(TextWriter text)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public void Write(params ReadOnlySpan<string> fields)
    {
        for (var field = 0; field < fields.Length; field++)
        {
            if (field > 0) text.Write(',');
            if (fields[field].AsSpan().ContainsAny(Special)) text.Write($"\"{fields[field].Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            else text.Write(fields[field]);
        }
        text.Write('\n');
    }

    /// <summary>Writes a whole file, or nothing: it is written under another name beside its place and moved there when complete.</summary>
    public static void WriteFile(string path, Action<CsvWriter> write)
    {
        var whole = Path.GetFullPath(path);
        var beside = $"{whole}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new StreamWriter(beside, false, new UTF8Encoding(false), 1 << 16)) write(new CsvWriter(file));
            File.Move(beside, whole, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
