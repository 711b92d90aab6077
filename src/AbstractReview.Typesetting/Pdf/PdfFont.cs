using AbstractReview.Typesetting.Fonts;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>A face as one document uses it: its codes, and the objects written of it. A map leads from codes to glyphs.</summary>
internal sealed class PdfFont(FontFace face, string resource, int number)
{
    public FontFace Face => face;

    public FontCodes Codes { get; } = new(face, face.Stock.Codes);

    /// <summary>Name in the resources, such as F3.</summary>
    public string Resource { get; } = resource;

    public int Number => number;

    /// <summary>Writes the font's six objects.</summary>
    public void Write(PdfFile file)
    {
        var program = face.Stock.Program([.. Codes.All.Select(code => code.Glyph)]);
        var parts = face.Stock.Parts(Codes);
        var name = program.Tag + "+" + PostScriptName();
        int cid = file.Allocate(), descriptor = file.Allocate(), programNumber = file.Allocate(), unicode = file.Allocate();
        WriteProgram(file, programNumber, program);
        WriteDescriptor(file, descriptor, programNumber, name);
        WriteDescendant(file, cid, descriptor, name, parts);
        file.Stream(unicode, "/Filter/FlateDecode"u8, parts.ToUnicode, compressed: true);
        var top = new ByteWriter();
        top.Raw("<</Type/Font/Subtype/Type0/BaseFont"u8).Name(name).Raw("/Encoding "u8);
        if (face.File.IsCff) top.Reference(WriteEncoding(file));
        else top.Raw("/Identity-H"u8);
        top.Raw("/DescendantFonts["u8).Reference(cid).Raw("]/ToUnicode "u8).Reference(unicode).Raw(">>"u8);
        file.Object(number, top.Written);
    }

    private void WriteProgram(PdfFile file, int programNumber, FontProgram program)
    {
        var entries = new ByteWriter();
        if (face.File.IsCff) entries.Raw("/Subtype/CIDFontType0C"u8);
        else entries.Raw("/Length1 "u8).Number(program.Length);
        file.Stream(programNumber, entries.Raw("/Filter/FlateDecode"u8).Written, program.Data, compressed: true);
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

    private void WriteDescendant(PdfFile file, int cid, int descriptor, string name, FontParts parts)
    {
        var body = new ByteWriter();
        body.Ascii(face.File.IsCff ? "<</Type/Font/Subtype/CIDFontType0/BaseFont" : "<</Type/Font/Subtype/CIDFontType2/BaseFont").Name(name)
            .Raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor "u8).Reference(descriptor);
        if (face.File.IsCff)
        {
            body.Raw("/DW 1000/W["u8);
            foreach (var glyph in Codes.All.Skip(1).Where(code => code.Width != 0).Select(code => code.Glyph).Distinct().Order())
                body.Number(glyph).Byte((byte)'[').Number(face.Advance(glyph)).Byte((byte)']');
            body.Byte((byte)']');
        }
        else
        {
            var map = file.Allocate();
            file.Stream(map, "/Filter/FlateDecode"u8, parts.Glyphs, compressed: true);
            body.Raw("/DW 0/W[0["u8).Raw(parts.Widths).Raw("]]/CIDToGIDMap "u8).Reference(map);
        }

        file.Object(cid, body.Raw(">>"u8).Written);
    }

    /// <summary>CID-keyed CFF has no map of its own from CIDs to glyphs; an embedded CMap leads from our codes to its CIDs.</summary>
    private int WriteEncoding(PdfFile file)
    {
        var map = new ByteWriter();
        map.Raw("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> def\n"u8)
            .Raw("/CMapName /Codes def /CMapType 1 def /WMode 0 def\n1 begincodespacerange <0000><FFFF> endcodespacerange\n"u8);
        foreach (var chunk in Enumerable.Range(1, Codes.Count - 1).Chunk(100))
        {
            map.Number(chunk.Length).Raw(" begincidchar\n"u8);
            foreach (var code in chunk) map.Byte((byte)'<').Hex((ushort)code).Raw("> "u8).Number(Codes[code].Glyph).Byte((byte)'\n');
            map.Raw("endcidchar\n"u8);
        }

        map.Raw("endcmap CMapName currentdict /CMap defineresource pop end end"u8);
        var encoding = file.Allocate();
        file.Stream(encoding, "/Type/CMap/CMapName/Codes/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/WMode 0"u8, map.Written);
        return encoding;
    }

    private string PostScriptName()
        => face.File.Family.Replace(" ", "", StringComparison.Ordinal)
            + (face.File.Bold, face.File.Italic) switch { (true, true) => "-BoldItalic", (true, _) => "-Bold", (_, true) => "-Italic", _ => "" };
}
