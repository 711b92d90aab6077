using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using AbstractReview.Typesetting.Fonts;

namespace AbstractReview.Typesetting.Svg;

/// <summary>The outlines of glyphs as paths, by HarfBuzz's drawing functions, which have no managed wrapper. In font units, upwards as fonts have it.</summary>
internal sealed partial class GlyphOutlines
{
    private const string Library = "libHarfBuzzSharp";
    private static readonly nint Pen = MakePen();

    private readonly Dictionary<FontFace, int> faces = [];
    private readonly Dictionary<(int Face, ushort Glyph), string> paths = [];

    /// <summary>The number of a face in this document.</summary>
    public int Number(FontFace face)
    {
        if (!faces.TryGetValue(face, out var number)) faces.Add(face, number = faces.Count + 1);
        return number;
    }

    /// <summary>The glyph's path; empty for one that draws nothing.</summary>
    public string Path(FontFace face, ushort glyph)
    {
        var key = (Number(face), glyph);
        if (paths.TryGetValue(key, out var known)) return known;
        var path = new StringBuilder();
        var handle = GCHandle.Alloc(path);
        try
        {
            hb_font_draw_glyph(face.Font.Handle, glyph, Pen, GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }

        return paths[key] = path.ToString();
    }

    private static unsafe nint MakePen()
    {
        var pen = hb_draw_funcs_create();
        hb_draw_funcs_set_move_to_func(pen, &Move, 0, 0);
        hb_draw_funcs_set_line_to_func(pen, &Line, 0, 0);
        hb_draw_funcs_set_quadratic_to_func(pen, &Quadratic, 0, 0);
        hb_draw_funcs_set_cubic_to_func(pen, &Cubic, 0, 0);
        hb_draw_funcs_set_close_path_func(pen, &Close, 0, 0);
        hb_draw_funcs_make_immutable(pen);
        return pen;
    }

    private static void Draw(nint path, char command, ReadOnlySpan<float> places)
    {
        var text = (StringBuilder)GCHandle.FromIntPtr(path).Target!;
        text.Append(command);
        for (var i = 0; i < places.Length; i++)
        {
            if (i > 0) text.Append(' ');
            text.Append(CultureInfo.InvariantCulture, $"{MathF.Round(places[i], 1)}");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Move(nint pen, nint path, nint state, float x, float y, nint data) => Draw(path, 'M', [x, y]);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Line(nint pen, nint path, nint state, float x, float y, nint data) => Draw(path, 'L', [x, y]);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Quadratic(nint pen, nint path, nint state, float controlX, float controlY, float x, float y, nint data) => Draw(path, 'Q', [controlX, controlY, x, y]);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Cubic(nint pen, nint path, nint state, float x1, float y1, float x2, float y2, float x, float y, nint data) => Draw(path, 'C', [x1, y1, x2, y2, x, y]);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Close(nint pen, nint path, nint state, nint data) => Draw(path, 'Z', []);

    [LibraryImport(Library)] private static partial nint hb_draw_funcs_create();
    [LibraryImport(Library)] private static partial void hb_draw_funcs_make_immutable(nint pen);
    [LibraryImport(Library)] private static partial void hb_font_draw_glyph(nint font, uint glyph, nint pen, nint data);
    [LibraryImport(Library)] private static unsafe partial void hb_draw_funcs_set_move_to_func(nint pen, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, nint, void> draw, nint data, nint destroy);
    [LibraryImport(Library)] private static unsafe partial void hb_draw_funcs_set_line_to_func(nint pen, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, nint, void> draw, nint data, nint destroy);
    [LibraryImport(Library)] private static unsafe partial void hb_draw_funcs_set_quadratic_to_func(nint pen, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, float, float, nint, void> draw, nint data, nint destroy);
    [LibraryImport(Library)] private static unsafe partial void hb_draw_funcs_set_cubic_to_func(nint pen, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, float, float, float, float, nint, void> draw, nint data, nint destroy);
    [LibraryImport(Library)] private static unsafe partial void hb_draw_funcs_set_close_path_func(nint pen, delegate* unmanaged[Cdecl]<nint, nint, nint, nint, void> draw, nint data, nint destroy);
}
