using System.IO.Compression;
using System.Security.Cryptography;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>
/// Writes objects as they are finished: streams at once, other objects packed into object streams, and at the end a
/// cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8). The output need not be seekable.
/// </summary>
internal sealed class PdfFile : IDisposable
{
    private const int ObjectsPerStream = 150, PlacesPerBlock = 1024;

    private readonly Stream output;
    private readonly CompressionLevel level;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>By object number, in eight bytes each, since a long book has hundreds of thousands, in blocks that never move: <see cref="Place"/>.</summary>
    private readonly List<ulong[]> places = [];
    private int objects;
    private readonly List<(int Number, int Offset)> packed = [];
    private readonly ByteWriter pack = new(64 * 1024);
    private readonly ByteWriter scratch = new(4096);
    private readonly MemoryStream deflated = new();

    /// <param name="output">Where it goes.</param>
    /// <param name="level">Of the streams that are deflated here.</param>
    public PdfFile(Stream output, CompressionLevel level = CompressionLevel.Optimal)
    {
        (this.output, this.level) = (output, level);
        At(Allocate()) = Place(0, 0, 65535);
        Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n"u8);
    }

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    public int Allocate()
    {
        if (objects % PlacesPerBlock == 0) places.Add(new ulong[PlacesPerBlock]);
        return objects++;
    }

    /// <summary>Writes an object that is not a stream.</summary>
    public void Object(int number, ReadOnlySpan<byte> body)
    {
        packed.Add((number, pack.Length));
        pack.Raw(body).Byte((byte)'\n');
        if (packed.Count >= ObjectsPerStream) FlushPack();
    }

    /// <param name="number">From <see cref="Allocate"/>.</param>
    /// <param name="entries">Dictionary entries besides Length and Filter.</param>
    /// <param name="data">Deflated here unless <paramref name="compressed"/> says it already has a filter among the entries.</param>
    /// <param name="compressed">True for data that is written as it is.</param>
    public void Stream(int number, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> data, bool compressed = false)
    {
        At(number) = Place(1, Length, 0);
        scratch.Clear();
        scratch.Number(number).Raw(" 0 obj\n<<"u8).Raw(entries);
        if (!compressed)
        {
            data = Deflate(data);
            scratch.Raw("/Filter/FlateDecode"u8);
        }

        scratch.Raw("/Length "u8).Number(data.Length).Raw(">>\nstream\n"u8);
        Write(scratch.Written);
        Write(data);
        Write("\nendstream\nendobj\n"u8);
    }

    /// <summary>Ends the file; returns its SHA-256 in hexadecimal.</summary>
    public string Finish(int catalog, int info)
    {
        FlushPack();
        var id = Convert.ToHexString(hash.GetCurrentHash().AsSpan(0, 16));
        var number = Allocate();
        var start = Length;
        At(number) = Place(1, start, 0);
        var table = new ByteWriter(objects * 8);
        for (var i = 0; i < objects; i++)
            for (var shift = 56; shift >= 0; shift -= 8) table.Byte((byte)(At(i) >> shift));

        var entries = new ByteWriter();
        entries.Raw("/Type/XRef/W[1 5 2]/Size "u8).Number(objects).Raw("/Root "u8).Reference(catalog).Raw("/Info "u8).Reference(info)
            .Raw("/ID[<"u8).Ascii(id).Raw("><"u8).Ascii(id).Raw(">]"u8);
        Stream(number, entries.Written, table.Written);
        scratch.Clear();
        scratch.Raw("startxref\n"u8).Number((int)start).Raw("\n%%EOF\n"u8);
        Write(scratch.Written);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        hash.Dispose();
        deflated.Dispose();
    }

    /// <summary>An entry of the cross-reference stream: a byte of kind, five of offset or stream, two of the index within it.</summary>
    private static ulong Place(byte kind, long at, int index) => (ulong)kind << 56 | (ulong)at << 16 | (ushort)index;

    private ref ulong At(int number) => ref places[number / PlacesPerBlock][number % PlacesPerBlock];

    private void FlushPack()
    {
        if (packed.Count == 0) return;
        var stream = Allocate();
        var head = new ByteWriter();
        for (var i = 0; i < packed.Count; i++)
        {
            head.Number(packed[i].Number).Space().Number(packed[i].Offset).Space();
            At(packed[i].Number) = Place(2, stream, i);
        }

        var entries = new ByteWriter();
        entries.Raw("/Type/ObjStm/N "u8).Number(packed.Count).Raw("/First "u8).Number(head.Length);
        head.Raw(pack.Written);
        Stream(stream, entries.Written, head.Written);
        packed.Clear();
        pack.Clear();
    }

    private ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> data)
    {
        deflated.SetLength(0);
        Deflated.Write(data, deflated, level);
        return deflated.GetBuffer().AsSpan(0, (int)deflated.Length);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        hash.AppendData(bytes);
        Length += bytes.Length;
    }
}
