using System.Text;

namespace AbstractReview.Matching.Files;

/// <summary>
/// Reads comma-separated records as RFC 4180 has them: fields may be quoted, quotes are doubled within, records end with LF or CRLF. UTF-8,
/// with or without a byte order mark. Blank lines are passed over. Works through files of any size in one buffer.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly TextReader _text;
    private readonly char[] _buffer = new char[1 << 16];
    private readonly List<int> _ends = [];
    private char[] _record = new char[256];
    private int _at, _end, _length, _nextLine = 1;

    private readonly char _delimiter;
    private readonly string _stops;

    /// <param name="text">The records.</param>
    /// <param name="name">What the file is called in refusals.</param>
    /// <param name="delimiter">What parts fields; spreadsheets of many countries write a semicolon.</param>
    public CsvReader(TextReader text, string name, char delimiter = ',') => (_text, Name, _delimiter, _stops) = (text, name, delimiter, $"{delimiter}\n\r\"");

    /// <summary>Opens a file by path; refusals name it without its folder.</summary>
    public static CsvReader Open(string path) =>
        new(new StreamReader(path, Strict, true, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 1 << 16 }), Path.GetFileName(path));

    public string Name { get; }

    /// <summary>The line, counted from 1, on which the current record begins.</summary>
    public int Line { get; private set; }

    /// <summary>Fields in the current record.</summary>
    public int Count => _ends.Count;

    /// <summary>Whether the current record begins with a quote, so that its first character is meant as a character.</summary>
    public bool BeginsQuoted { get; private set; }

    /// <summary>A field of the current record, without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> this[int field] => _record.AsSpan((field == 0 ? 0 : _ends[field - 1]).._ends[field]);

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="RefusedFileException">A quote stands where none may, or is not closed, or the bytes are not UTF-8.</exception>
    public bool Read()
    {
        while (true)
        {
            _ends.Clear();
            (_length, Line) = (0, _nextLine);
            if (Peek() < 0) return false;
            BeginsQuoted = Peek() == '"';
            var quoted = ReadRecord();
            if (Count > 1 || _length > 0 || quoted) return true;
        }
    }

    /// <summary>Refuses the current record.</summary>
    public RefusedFileException Refuse(string problem) => new(Name, Line, problem);

    public void Dispose() => _text.Dispose();

    private bool ReadRecord()
    {
        var anyQuoted = false;
        while (true)
        {
            var quoted = Peek() == '"';
            anyQuoted |= quoted;
            if (quoted) ReadQuoted();
            else ReadPlain();
            _ends.Add(_length);
            var next = Peek();
            if (next == _delimiter) { _at++; continue; }
            if (next == '\r') { _at++; if (Peek() != '\n') throw Refuse("a carriage return stands alone."); }
            if (next >= 0 && Peek() == '\n') { _at++; _nextLine++; return anyQuoted; }
            if (next < 0) return anyQuoted;
            throw Refuse($"field {Count} goes on after its closing quote.");
        }
    }

    private void ReadPlain()
    {
        while (true)
        {
            if (Peek() < 0) return;
            var rest = _buffer.AsSpan(_at.._end);
            var stop = rest.IndexOfAny(_stops);
            if (stop < 0) stop = rest.Length;
            Append(rest[..stop]);
            _at += stop;
            if (stop == rest.Length) continue;
            if (_buffer[_at] == '"') throw Refuse($"field {Count + 1} has a quote but does not begin with one.");
            return;
        }
    }

    private void ReadQuoted()
    {
        _at++;
        while (true)
        {
            var next = Peek();
            if (next < 0) throw Refuse($"field {Count + 1} has a quote that is never closed.");
            _at++;
            if (next == '"')
            {
                if (Peek() != '"') return;
                _at++;
            }
            if (next == '\n') _nextLine++;
            Append([(char)next]);
        }
    }

    private int Peek()
    {
        if (_at < _end) return _buffer[_at];
        try
        {
            (_at, _end) = (0, _text.Read(_buffer));
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedFileException(Name, _nextLine, "from about here on the bytes are not UTF-8.");
        }
        return _end == 0 ? -1 : _buffer[0];
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_length + text.Length > _record.Length) Array.Resize(ref _record, Math.Max(_record.Length * 2, _length + text.Length));
        text.CopyTo(_record.AsSpan(_length));
        _length += text.Length;
    }
}
