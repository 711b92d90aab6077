using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace AbstractReview.Typesetting.Pdf;

/// <summary>Cuts a font down to the glyphs used, by HarfBuzz's hb-subset, which has no managed wrapper.</summary>
internal static partial class Subsetter
{
    private const string Library = "libHarfBuzzSharp";
    private const uint NoHinting = 1, RetainGlyphNumbers = 2, NotdefOutline = 0x40, NoLayoutClosure = 0x200;

    /// <summary>What an embedded font needs; shaping is done, and PDF maps codes to glyphs itself.</summary>
    private static readonly string[] Kept = ["head", "hhea", "hmtx", "maxp", "glyf", "loca", "CFF ", "cvt ", "fpgm", "prep"];

    /// <summary>
    /// The face with only the tables to embed, prepared for many subsets (a CJK font takes a hundred times longer without).
    /// The result lives as long as the process and may be subset by several threads at once.
    /// </summary>
    public static nint Prepare(Face face, bool cff)
    {
        var builder = hb_face_builder_create();
        foreach (var name in Kept)
        {
            var table = hb_face_reference_table(face.Handle, TagOf(name));
            hb_blob_get_data(table, out var length);
            if (length > 0 && hb_face_builder_add_table(builder, TagOf(name), table) == 0) throw new InvalidOperationException("No memory to prepare a font.");
            hb_blob_destroy(table);
        }

        var whole = hb_face_reference_blob(builder);
        var reduced = hb_face_create(whole, 0);
        hb_blob_destroy(whole);
        hb_face_destroy(builder);
        if (cff) return reduced;
        var prepared = hb_subset_preprocess(reduced);
        hb_face_destroy(reduced);
        return prepared;
    }

    /// <summary>The font program to embed: a TrueType file with unchanged glyph numbers, or a bare CFF table.</summary>
    /// <exception cref="InvalidOperationException">HarfBuzz cannot subset the font.</exception>
    public static byte[] Subset(nint face, IEnumerable<ushort> glyphs, bool cff)
    {
        var input = hb_subset_input_create_or_fail();
        if (input == 0) throw new InvalidOperationException("No memory to subset a font.");
        nint subset = 0;
        try
        {
            var set = hb_subset_input_glyph_set(input);
            foreach (var glyph in glyphs) hb_set_add(set, glyph);
            hb_subset_input_set_flags(input, NoHinting | NotdefOutline | NoLayoutClosure | (cff ? 0 : RetainGlyphNumbers));
            subset = hb_subset_or_fail(face, input);
            if (subset == 0) throw new InvalidOperationException("The font cannot be subset.");
            var blob = cff ? hb_face_reference_table(subset, TagOf("CFF ")) : hb_face_reference_blob(subset);
            try
            {
                var data = hb_blob_get_data(blob, out var length);
                var bytes = new byte[length];
                Marshal.Copy(data, bytes, 0, (int)length);
                return bytes;
            }
            finally
            {
                hb_blob_destroy(blob);
            }
        }
        finally
        {
            if (subset != 0) hb_face_destroy(subset);
            hb_subset_input_destroy(input);
        }
    }

    private static uint TagOf(string name) => (uint)(name[0] << 24 | name[1] << 16 | name[2] << 8 | name[3]);

    [LibraryImport(Library)] private static partial nint hb_subset_input_create_or_fail();
    [LibraryImport(Library)] private static partial void hb_subset_input_destroy(nint input);
    [LibraryImport(Library)] private static partial nint hb_subset_input_glyph_set(nint input);
    [LibraryImport(Library)] private static partial nint hb_face_builder_create();
    [LibraryImport(Library)] private static partial int hb_face_builder_add_table(nint face, uint tag, nint blob);
    [LibraryImport(Library)] private static partial nint hb_face_create(nint blob, uint index);
    [LibraryImport(Library)] private static partial nint hb_subset_preprocess(nint face);
    [LibraryImport(Library)] private static partial void hb_subset_input_set_flags(nint input, uint flags);
    [LibraryImport(Library)] private static partial nint hb_subset_or_fail(nint face, nint input);
    [LibraryImport(Library)] private static partial void hb_set_add(nint set, uint value);
    [LibraryImport(Library)] private static partial nint hb_face_reference_table(nint face, uint tag);
    [LibraryImport(Library)] private static partial nint hb_face_reference_blob(nint face);
    [LibraryImport(Library)] private static partial void hb_face_destroy(nint face);
    [LibraryImport(Library)] private static partial nint hb_blob_get_data(nint blob, out uint length);
    [LibraryImport(Library)] private static partial void hb_blob_destroy(nint blob);
}
