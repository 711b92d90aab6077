using System.Diagnostics;
using System.Globalization;

namespace AbstractReview.Typesetting.Fonts;

/// <summary>One face of one installed font file.</summary>
internal sealed record FontFile(string Path, int Index, string Family, bool Bold, bool Italic, bool IsCff);

/// <summary>Finds the fonts installed on this machine, in an order that does not depend on the directory's.</summary>
internal static class InstalledFonts
{
    private const string Format = "%{file}\t%{index}\t%{family[0]}\t%{weight}\t%{slant}\t%{width}\t%{fontformat}\t%{variable}\n";
    private static readonly string[] Directories = ["/usr/share/fonts", "/usr/local/share/fonts"];

    public static IReadOnlyList<FontFile> Find()
    {
        var lines = AskFontconfig();
        var fonts = lines is null ? LookInDirectories() : lines.Select(Parse).OfType<FontFile>();
        return [.. fonts.Distinct().OrderBy(font => font.Path, StringComparer.Ordinal).ThenBy(font => font.Index)];
    }

    private static string[]? AskFontconfig()
    {
        try
        {
            var start = new ProcessStartInfo("fc-list") { RedirectStandardOutput = true };
            start.ArgumentList.Add("-f");
            start.ArgumentList.Add(Format);
            using var process = Process.Start(start);
            if (process is null) return null;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 && text.Length > 0 ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no fontconfig here
        }
    }

    /// <summary>Upright and oblique faces of usual width and of regular or bold weight; others would only be chosen by mistake.</summary>
    private static FontFile? Parse(string line)
    {
        var part = line.Split('\t');
        if (part.Length < 8 || part[7] != "False" || part[6] is not ("TrueType" or "CFF")) return null;
        if (part[0].EndsWith(".pfb", StringComparison.Ordinal) || part[5] != "100") return null;
        if (!double.TryParse(part[3], CultureInfo.InvariantCulture, out var weight) || weight is not (80 or 200)) return null;
        var index = int.Parse(part[1], CultureInfo.InvariantCulture);
        return index > 0xFFFF ? null : new FontFile(part[0], index, part[2], weight > 150, part[4] != "0", part[6] == "CFF");
    }

    /// <summary>Without fontconfig the file's name has to say what it is.</summary>
    private static IEnumerable<FontFile> LookInDirectories()
        => from directory in Directories
           where Directory.Exists(directory)
           from path in Directory.EnumerateFiles(directory, "*.ttf", SearchOption.AllDirectories)
           let name = System.IO.Path.GetFileNameWithoutExtension(path).Split('-')
           let style = name.Length > 1 ? name[1] : ""
           where style is "" or "Regular" or "Bold" or "Italic" or "Oblique" or "BoldItalic" or "BoldOblique"
           select new FontFile(path, 0, Spaced(name[0]), style.StartsWith("Bold", StringComparison.Ordinal),
               style.EndsWith("Italic", StringComparison.Ordinal) || style.EndsWith("Oblique", StringComparison.Ordinal), false);

    /// <summary>"NotoSerifHebrew" to "Noto Serif Hebrew"; "DejaVuSans" to "DejaVu Sans".</summary>
    private static string Spaced(string name)
        => string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) && char.IsLower(name[at - 1]) ? $" {letter}" : $"{letter}"))
            .Replace("Deja Vu", "DejaVu", StringComparison.Ordinal);
}
