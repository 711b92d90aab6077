namespace AbstractReview.Typesetting;

/// <summary>What came of rendering a document.</summary>
public sealed record RenderReport
{
    public required int Pages { get; init; }

    /// <summary>Where each destination landed.</summary>
    public required IReadOnlyDictionary<string, PagePosition> Destinations { get; init; }

    /// <summary>Characters no installed font can draw, once for each place; U+FFFD or a box was printed.</summary>
    public required IReadOnlyList<MissingGlyph> MissingGlyphs { get; init; }

    /// <summary>Content larger than its page or column.</summary>
    public required IReadOnlyList<Overflow> Overflows { get; init; }

    /// <summary><see cref="Guarded"/> blocks whose fallback was printed.</summary>
    public required IReadOnlyList<Failure> Failures { get; init; }

    /// <summary>Links and page references to names that do not exist.</summary>
    public required IReadOnlyList<DanglingReference> DanglingReferences { get; init; }

    /// <summary>SHA-256 of the bytes written, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes written.</summary>
    public required long Length { get; init; }
}

/// <param name="Number">Place in the file, from 1.</param>
/// <param name="Label">As printed, for instance "iv" or "12".</param>
public sealed record PagePosition(int Number, string Label);

/// <param name="Character">The character (one code point).</param>
/// <param name="Tag">Tag of the nearest block, or null.</param>
/// <param name="Script">ISO 15924 code, for instance "Hani".</param>
/// <param name="Package">Debian package that brings a font, for instance "fonts-noto-cjk"; null when none is known.</param>
public sealed record MissingGlyph(string Character, string? Tag, string Script, string? Package)
{
    public override string ToString()
        => $"No font for “{Character}” (U+{char.ConvertToUtf32(Character, 0):X4}, script {Script})"
            + (Tag is null ? "" : $" in {Tag}") + (Package is null ? "." : $"; install {Package}.");
}

/// <summary>Content larger than its place: the block's tag, the page's place in the file from 1, and what happened in words.</summary>
public sealed record Overflow(string? Tag, int Page, string What);

public sealed record Failure(string Label, string Message);

public sealed record DanglingReference(string Destination, string? Tag);

/// <summary>Reported after every page.</summary>
/// <param name="Pages">Pages laid out so far.</param>
/// <param name="Tag">Tag of the block laid out last.</param>
public readonly record struct RenderProgress(int Pages, string? Tag);
