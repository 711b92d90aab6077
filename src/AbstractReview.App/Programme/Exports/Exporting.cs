using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Programmes;

namespace AbstractReview.App.Programme.Exports;

/// <summary>What several exports need: stable identifiers, offsets, words.</summary>
internal static class Exporting
{
    // The namespace of our own identifiers: UUID version 5 of the DNS namespace and "abstractreview".
    private static readonly Guid Ours = Uuid5(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "abstractreview");

    /// <summary>The same identifier for the same thing of the same conference in every release (UUID version 5, RFC 9562).</summary>
    public static Guid Uuid(ProgrammeView view, string kind, string code) => Uuid(view.Acronym, kind, code);

    /// <summary>The same for a conference known by its acronym.</summary>
    public static Guid Uuid(string acronym, string kind, string code) => Uuid5(Ours, $"{acronym}/{kind}/{code}");

    /// <summary>2019-10-01T09:00:00+01:00.</summary>
    public static string Instant(ProgrammeView view, DateTime local) => view.At(local).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Elapsed time as HH:MM, right also where the clocks change in between.</summary>
    public static string Duration(ProgrammeView view, DateTime start, DateTime end)
    {
        var length = view.At(end) - view.At(start);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours:00}:{length.Minutes:00}");
    }

    public static string Words(SessionKind kind) => kind switch
    {
        SessionKind.OpeningPlenary => "Opening plenary",
        SessionKind.ThematicSession => "Thematic session",
        SessionKind.SpecialSession => "Special session",
        SessionKind.ClosingSession => "Closing session",
        SessionKind.SideEvent => "Side event",
        SessionKind.PosterSession => "Poster session",
        SessionKind.Break => "Break",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Words(SlotKind kind) => kind switch
    {
        SlotKind.Oral => "Oral presentation",
        SlotKind.Poster => "Poster",
        SlotKind.Panel => "Panel contribution",
        SlotKind.Item => "Item",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Names(IEnumerable<ViewAuthor> authors) => string.Join("; ", authors.Select(a => a.FullName));

    /// <summary>Without what XML 1.0 and calendars cannot carry.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) clean.Append(text[i]).Append(text[++i]);
            else if (text[i] is '\n' or '\t' or (>= ' ' and < '\uD800') or (> '\uDFFF' and < '\uFFFE')) clean.Append(text[i]);
        }

        return clean.ToString();
    }

    /// <summary>A cell that no spreadsheet takes for a formula: a leading = + - @ is preceded by an apostrophe.</summary>
    public static string Cell(string text)
    {
        var clean = Clean(text).Replace('\t', ' ');
        return clean.Length > 0 && clean[0] is '=' or '+' or '-' or '@' ? "'" + clean : clean;
    }

    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        return slug.ToString().Trim('-');
    }

    /// <summary>#rrggbb of a hue of the style sheet, for software that shows areas in colour.</summary>
    public static string Colour(int hue) => Colours[(hue - 1) % Colours.Length];

    private static readonly string[] Colours = ["#1f77a8", "#b3591e", "#1f8f4f", "#7a43b6", "#8a7414", "#148a8a", "#b3246b", "#5b8f14", "#2f3fb3", "#b32424", "#a12fa8", "#149173"];

    private static Guid Uuid5(Guid space, string name)
    {
        Span<byte> prefix = stackalloc byte[16];
        space.TryWriteBytes(prefix, bigEndian: true, out _);
#pragma warning disable CA5350 // Version 5 is defined by SHA-1; nothing is protected by it.
        var hash = SHA1.HashData([.. prefix, .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
