namespace AbstractReview.Typesetting;

/// <summary>Something within a line. A string becomes plain <see cref="Text"/>.</summary>
public abstract record Inline
{
    public static implicit operator Inline(string text) => new Text(text);
}

/// <summary>
/// Text in one format. A line feed breaks the line; other control characters are dropped, lone surrogates are shown as U+FFFD.
/// </summary>
public sealed record Text(string Value) : Inline
{
    public bool Bold { get; init; }

    public bool Italic { get; init; }

    public bool Underline { get; init; }

    public bool Superscript { get; init; }

    public bool Subscript { get; init; }

    /// <summary>Null takes the paragraph's colour.</summary>
    public Colour? Colour { get; init; }

    /// <summary>Null takes the paragraph's family.</summary>
    public FontFamily? Family { get; init; }

    /// <summary>Size as a fraction of the paragraph's size.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>BCP 47 tag; null takes the paragraph's language.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Set apart from its neighbours in bidirectional text (UAX #9 first strong isolate). Use it for every name,
    /// affiliation or title that was typed by somebody else; directional controls inside are dropped.
    /// </summary>
    public bool Isolate { get; init; }

    /// <summary>Never broken across lines.</summary>
    public bool Unbroken { get; init; }

    public static Text Strong(string value) => new(value) { Bold = true };

    public static Text Emphasis(string value) => new(value) { Italic = true };

    public static Text Raised(string value) => new(value) { Superscript = true };

    /// <summary>A person's name or any text of unknown direction.</summary>
    public static Text Isolated(string value) => new(value) { Isolate = true };
}

/// <summary>Content that leads to a <see cref="Destination"/> in this document or to a <see cref="Uri"/>; exactly one of the two is set.</summary>
public sealed record Link : Inline
{
    private Link(string? destination, string? uri, IReadOnlyList<Inline> content)
        => (Destination, Uri, Content) = (destination, uri, content);

    public string? Destination { get; }

    public string? Uri { get; }

    public IReadOnlyList<Inline> Content { get; }

    /// <summary>Said to a screen reader; null says the content's text.</summary>
    public string? Description { get; init; }

    public static Link To(string destination, params IReadOnlyList<Inline> content) => new(destination, null, content);

    /// <param name="uri">An absolute URI (http, https or mailto); anything else is printed without a link.</param>
    /// <param name="content">Empty prints the URI itself.</param>
    public static Link ToUri(string uri, params IReadOnlyList<Inline> content)
        => new(null, uri, content.Count > 0 ? content : [new Text(uri)]);
}

/// <summary>The page label of a destination, known only after layout; a link to it as well. "?" when the destination does not exist.</summary>
public sealed record PageReference(string Destination) : Inline;

/// <summary>An invisible named place within a paragraph.</summary>
public sealed record Anchor(string Destination) : Inline;

/// <summary>
/// A raised number, counted through the document, and its note at the foot of the column the number stands in; each leads to the other's place.
/// A note within a note is left out. Not in running lines or table heads that repeat.
/// </summary>
public sealed record Footnote(params IReadOnlyList<Inline> Content) : Inline;

/// <summary>Begins a new line of the same paragraph.</summary>
public sealed record LineBreak : Inline;

/// <summary>The label of the page it stands on; only in a <see cref="RunningLine"/>.</summary>
public sealed record Folio : Inline;

/// <summary>
/// The heading of this level in force on the page: the first that begins on it, else the last before; only in a <see cref="RunningLine"/>.
/// </summary>
public sealed record RunningHeading(int Level) : Inline;
