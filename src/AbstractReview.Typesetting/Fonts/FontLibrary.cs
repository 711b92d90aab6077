using AbstractReview.Typesetting.Fonts;
using System.Collections.Concurrent;
using AbstractReview.Typesetting.Shaping;

namespace AbstractReview.Typesetting;

/// <summary>
/// The machine's fonts and everything learnt about them: opened faces, which face draws which character, shaped words.
/// Make one and share it; it may be used by several threads, and rendering is far quicker once it is warm.
/// </summary>
public sealed class FontLibrary
{
    private static readonly Dictionary<FontFamily, string[]> Primary = new()
    {
        [FontFamily.Serif] = ["Noto Serif", "DejaVu Serif", "Liberation Serif", "DejaVu Sans"],
        [FontFamily.Sans] = ["Noto Sans", "DejaVu Sans", "Liberation Sans"],
        [FontFamily.Mono] = ["Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono", "DejaVu Sans"],
    };

    private readonly IReadOnlyList<FontFile> files;
    private readonly Dictionary<string, FontFile[]> byFamily;
    private readonly HashSet<string> plainText;
    private readonly ConcurrentDictionary<FontFile, Lazy<FontFace?>> opened = new();
    private readonly ConcurrentDictionary<(string Family, bool Bold, bool Italic), FontFace?> faces = new();
    private readonly ConcurrentDictionary<TypeKey, Typeface> typefaces = new();

    private FontLibrary(IReadOnlyList<FontFile> files)
    {
        this.files = files;
        byFamily = files.GroupBy(file => file.Family).ToDictionary(group => group.Key, group => group.ToArray());
        plainText = [.. Primary.Values.Select(names => Array.Find(names, byFamily.ContainsKey)).OfType<string>()];
        if (files.Count == 0) throw new InvalidOperationException("No font is installed; install fonts-dejavu-core or fonts-noto-core.");
    }

    /// <summary>All fonts that fontconfig knows.</summary>
    /// <param name="accept">Given a file's path, says whether to use it; null uses all.</param>
    /// <exception cref="InvalidOperationException">No usable font is installed.</exception>
    public static FontLibrary FromSystem(Func<string, bool>? accept = null)
        => new([.. InstalledFonts.Find().Where(file => accept is null || accept(file.Path))]);

    /// <summary>The installed families, sorted.</summary>
    public IReadOnlyList<string> Families => [.. byFamily.Keys.Order(StringComparer.Ordinal)];

    internal Typeface Typeface(FontFamily family, bool bold, bool italic, string language)
        => typefaces.GetOrAdd(new TypeKey(family, bold, italic, language), key => new Typeface(this, key));

    internal FontFace PrimaryFace(FontFamily family, bool bold, bool italic)
        => Primary[family].Select(name => Face(name, bold, italic)).FirstOrDefault(face => face is not null)
            ?? files.Select(Open).First(face => face is not null && face.Covers('a'))!;

    /// <summary>The face that draws a character, by script first, then any that has it; null when none has.</summary>
    internal FontFace? FaceFor(int codePoint, TypeKey key)
    {
        var script = Scripts.Of(codePoint);
        var suited = Scripts.Families(script, key.Family, key.Language)
            .Concat(Primary[key.Family])
            .Select(name => Face(name, key.Bold, key.Italic))
            .FirstOrDefault(face => face is not null && face.Covers(codePoint));
        return suited ?? files
            .Where(file => !file.Bold && !file.Italic)
            .OrderBy(file => file.Family.StartsWith("Noto", StringComparison.Ordinal) ? 0 : file.Family.Contains("Fallback", StringComparison.Ordinal) ? 2 : 1)
            .Select(Open)
            .FirstOrDefault(face => face is not null && face.Covers(codePoint));
    }

    private FontFace? Face(string family, bool bold, bool italic)
        => faces.GetOrAdd((family, bold, italic), key =>
        {
            if (!byFamily.TryGetValue(key.Family, out var candidates)) return null;
            return candidates
                .OrderBy(file => (file.Bold == key.Bold ? 0 : 2) + (file.Italic == key.Italic ? 0 : 1))
                .Select(Open)
                .FirstOrDefault(face => face is not null);
        });

    private FontFace? Open(FontFile file) => opened.GetOrAdd(file, key => new Lazy<FontFace?>(() => TryOpen(key))).Value;

    private FontFace? TryOpen(FontFile file)
    {
        if (!File.Exists(file.Path)) return null;
        var face = new FontFace(file, plainText.Contains(file.Family));
        return face.CanEmbed() ? face : null;
    }
}

/// <summary>What is asked of a typeface; several faces together answer it.</summary>
internal readonly record struct TypeKey(FontFamily Family, bool Bold, bool Italic, string Language);
