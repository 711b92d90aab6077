namespace AbstractReview.App.Submissions;

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
public static class Sniffing
{
    /// <summary>The media type of a PDF, PNG or JPEG file; null for anything else.</summary>
    public static string? MediaType(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith("%PDF-"u8) ? "application/pdf"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
            : null;

    /// <summary>A name that tells nothing of who sent the file.</summary>
    public static string NeutralName(int position, string mediaType) => $"attachment-{position}.{Ending(mediaType)}";

    public static string Ending(string mediaType) => mediaType switch
    {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        _ => "bin",
    };
}
