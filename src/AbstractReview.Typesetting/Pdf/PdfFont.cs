using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AbstractReview.Typesetting.Fonts;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>
/// A face as one document uses it. Every pair of glyph and text has its own character code (CID), so that ligatures and
/// alternates extract exactly; a map leads from CIDs to glyphs.
/// </summary>
internal sealed class PdfFont(FontFace face, string resource, int number)
{
    private readonly Dictionary<(ushort Glyph, string Text), ushort> codes = [];
    private readonly Dictionary<int, ushort> simpleCodes = [];
    private readonly List<(ushort Glyph, string Text, double Width)> used = [(0, "", 0)];
    private ushort zeroSpace;

    public FontFace Face => face;

    /// <summary>Name in the resources, such as F3.</summary>
    public string Resource { get; } = resource;

    public int Number => number;

    /// <summary>The code that draws a glyph and stands for a text.</summary>
    public ushort Code(ushort glyph, ReadOnlySpan<char> text)
    {
        if (text.Length > 1) return Code(glyph, text.ToString());
        var key = glyph << 16 | (text.Length == 0 ? 0 : text[0]);
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(simpleCodes, key, out _);
        if (code == 0) code = Add(glyph, text.ToString(), face.Advance(glyph));
        return code;
    }

    /// <summary>A space that takes no room: it ends a line for readers of the text.</summary>
    public ushort ZeroSpace => zeroSpace != 0 ? zeroSpace : zeroSpace = Add(face.SpaceGlyph, " ", 0);

    /// <summary>A code that draws nothing, takes no room and stands for a text.</summary>
    public ushort CarrierCode(ReadOnlySpan<char> text)
    {
        // No glyph has this number: the key is its own.
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, (ushort.MaxValue, text.ToString()), out _);
        if (code == 0) code = Add(face.SpaceGlyph, text.ToString(), 0);
        return code;
    }

    private ushort Code(ushort glyph, string text)
    {
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, (glyph, text), out _);
        if (code == 0) code = Add(glyph, text, face.Advance(glyph));
        return code;
    }

    private ushort Add(ushort glyph, string text, double width)
    {
        // A CFF font of CJK size cannot have more codes than 65,535; beyond that the first code of the glyph serves.
        if (used.Count > 65_000) return (ushort)Math.Max(1, used.FindIndex(entry => entry.Glyph == glyph));
        used.Add((glyph, text, width));
        return (ushort)(used.Count - 1);
    }

    /// <summary>Writes the font's six objects.</summary>
    public void Write(PdfFile file)
    {
        var glyphs = used.Select(entry => entry.Glyph).Distinct().Order().ToArray();
        var program = Subsetter.Subset(face.Prepared, glyphs, face.File.IsCff);
        var name = SubsetTag(program) + "+" + PostScriptName();
        int cid = file.Allocate(), descriptor = file.Allocate(), programNumber = file.Allocate(), unicode = file.Allocate();
        WriteProgram(file, programNumber, program);
        WriteDescriptor(file, descriptor, programNumber, name);
        WriteDescendant(file, cid, descriptor, name);
        file.Stream(unicode, ""u8, ToUnicode().Written);
        var top = new ByteWriter();
        top.Raw("<</Type/Font/Subtype/Type0/BaseFont"u8).Name(name).Raw("/Encoding "u8);
        if (face.File.IsCff) top.Reference(WriteEncoding(file));
        else top.Raw("/Identity-H"u8);
        top.Raw("/DescendantFonts["u8).Reference(cid).Raw("]/ToUnicode "u8).Reference(unicode).Raw(">>"u8);
        file.Object(number, top.Written);
    }

    private void WriteProgram(PdfFile file, int programNumber, byte[] program)
    {
        var entries = new ByteWriter();
        if (face.File.IsCff) entries.Raw("/Subtype/CIDFontType0C"u8);
        else entries.Raw("/Length1 "u8).Number(program.Length);
        file.Stream(programNumber, entries.Written, program);
    }

    private void WriteDescriptor(PdfFile file, int descriptor, int program, string name)
    {
        var body = new ByteWriter();
        body.Raw("<</Type/FontDescriptor/FontName"u8).Name(name)
            .Raw("/Flags "u8).Number(face.File.Italic ? 4 | 64 : 4)
            .Raw("/FontBBox["u8).Number(-500).Space().Number(-(int)face.Descent - 100).Raw(" 2000 "u8).Number((int)face.Ascent + 100)
            .Raw("]/ItalicAngle "u8).Number(face.File.Italic ? -12 : 0)
            .Raw("/Ascent "u8).Number(face.Ascent).Raw("/Descent "u8).Number(-face.Descent)
            .Raw("/CapHeight 714/StemV "u8).Number(face.File.Bold ? 140 : 80)
            .Ascii(face.File.IsCff ? "/FontFile3 " : "/FontFile2 ").Reference(program).Raw(">>"u8);
        file.Object(descriptor, body.Written);
    }

    private void WriteDescendant(PdfFile file, int cid, int descriptor, string name)
    {
        var body = new ByteWriter();
        body.Ascii(face.File.IsCff ? "<</Type/Font/Subtype/CIDFontType0/BaseFont" : "<</Type/Font/Subtype/CIDFontType2/BaseFont").Name(name)
            .Raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor "u8).Reference(descriptor);
        if (face.File.IsCff)
        {
            body.Raw("/DW 1000/W["u8);
            foreach (var glyph in used.Skip(1).Where(entry => entry.Width != 0).Select(entry => entry.Glyph).Distinct().Order())
                body.Number(glyph).Byte((byte)'[').Number(face.Advance(glyph)).Byte((byte)']');
        }
        else
        {
            body.Raw("/DW 0/W[0["u8);
            foreach (var entry in used) body.Number(entry.Width).Space();
            body.Byte((byte)']');
        }

        body.Byte((byte)']');
        if (!face.File.IsCff)
        {
            var map = new ByteWriter(used.Count * 2);
            foreach (var entry in used) map.Byte((byte)(entry.Glyph >> 8)).Byte((byte)entry.Glyph);
            var mapNumber = file.Allocate();
            file.Stream(mapNumber, ""u8, map.Written);
            body.Raw("/CIDToGIDMap "u8).Reference(mapNumber);
        }

        file.Object(cid, body.Raw(">>"u8).Written);
    }

    /// <summary>CID-keyed CFF has no map of its own from CIDs to glyphs; an embedded CMap leads from our codes to its CIDs.</summary>
    private int WriteEncoding(PdfFile file)
    {
        var map = new ByteWriter();
        map.Raw("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> def\n"u8)
            .Raw("/CMapName /Codes def /CMapType 1 def /WMode 0 def\n1 begincodespacerange <0000><FFFF> endcodespacerange\n"u8);
        foreach (var chunk in Enumerable.Range(1, used.Count - 1).Chunk(100))
        {
            map.Number(chunk.Length).Raw(" begincidchar\n"u8);
            foreach (var code in chunk) map.Byte((byte)'<').Hex((ushort)code).Raw("> "u8).Number(used[code].Glyph).Byte((byte)'\n');
            map.Raw("endcidchar\n"u8);
        }

        map.Raw("endcmap CMapName currentdict /CMap defineresource pop end end"u8);
        var encoding = file.Allocate();
        file.Stream(encoding, "/Type/CMap/CMapName/Codes/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/WMode 0"u8, map.Written);
        return encoding;
    }

    private ByteWriter ToUnicode()
    {
        var map = new ByteWriter();
        map.Raw("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"u8)
            .Raw("/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000><FFFF> endcodespacerange\n"u8);
        foreach (var chunk in Enumerable.Range(1, used.Count - 1).Chunk(100))
        {
            map.Number(chunk.Length).Raw(" beginbfchar\n"u8);
            foreach (var code in chunk)
            {
                map.Byte((byte)'<').Hex((ushort)code).Raw("> <"u8);
                foreach (var unit in used[code].Text) map.Hex(unit);
                map.Raw(">\n"u8);
            }

            map.Raw("endbfchar\n"u8);
        }

        return map.Raw("endcmap CMapName currentdict /CMap defineresource pop end end"u8);
    }

    private string PostScriptName()
        => face.File.Family.Replace(" ", "", StringComparison.Ordinal)
            + (face.File.Bold, face.File.Italic) switch { (true, true) => "-BoldItalic", (true, _) => "-Bold", (_, true) => "-Italic", _ => "" };

    /// <summary>Six capital letters that depend on the program alone.</summary>
    private static string SubsetTag(byte[] program)
        => string.Concat(SHA256.HashData(program).Take(6).Select(value => (char)('A' + value % 26)));
}
