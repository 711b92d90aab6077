using System.Text;

namespace AbstractReview.Typesetting.Layout;

/// <summary>A paragraph's text in one string, with formats, and the places of anchors and page numbers not yet known.</summary>
internal sealed class ParagraphText
{
    /// <summary>Stands in the text for a page number not yet known (object replacement character).</summary>
    public const char HoleCharacter = '\uFFFC';

    private const char FirstStrongIsolate = '\u2068', PopIsolate = '\u2069';

    private readonly StringBuilder text = new();

    public List<(int Start, TextFormat Format, bool Unbroken)> Spans { get; } = [];

    public List<(int At, string Destination)> Anchors { get; } = [];

    public List<(int At, NoteMark Note)> Notes { get; } = [];

    public Dictionary<int, string> Holes { get; } = [];

    public string Text { get; private set; } = "";

    public void Clear()
    {
        text.Clear();
        Spans.Clear();
        Anchors.Clear();
        Notes.Clear();
        Holes.Clear();
    }

    public void Append(string value, TextFormat format, bool isolate = false, bool unbroken = false)
    {
        Span(format, unbroken);
        if (isolate) text.Append(FirstStrongIsolate);
        AppendClean(value, isolate);
        if (isolate) text.Append(PopIsolate);
    }

    public void AppendHole(string destination, TextFormat format)
    {
        Span(format, false);
        Holes.Add(text.Length, destination);
        text.Append(HoleCharacter);
    }

    public void AppendAnchor(string destination) => Anchors.Add((text.Length, destination));

    public void AppendNote(NoteMark note) => Notes.Add((text.Length, note));

    public void AppendBreak(TextFormat format)
    {
        Span(format, false);
        text.Append('\n');
    }

    /// <summary>The text as it is read aloud: without controls and holes.</summary>
    public string Readable() => string.Concat(Text.Where(letter => letter is not (HoleCharacter or (>= FirstStrongIsolate and <= PopIsolate) or (>= '\u202A' and <= '\u202E'))));

    public void Seal() => Text = text.ToString();

    private void Span(TextFormat format, bool unbroken)
    {
        if (Spans.Count > 0 && ReferenceEquals(Spans[^1].Format, format) && Spans[^1].Unbroken == unbroken && !unbroken) return;
        Spans.Add((text.Length, format, unbroken));
    }

    private void AppendClean(string value, bool isolate)
    {
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            text.Append(value);
            return;
        }

        for (var i = 0; i < value.Length; i++)
        {
            var unit = value[i];
            if (char.IsHighSurrogate(unit) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(unit).Append(value[++i]);
                continue;
            }

            switch (unit)
            {
                case '\n' or '\u2028' or '\u2029' or '\u0085':
                    text.Append('\n');
                    break;
                case '\t':
                    text.Append(' ');
                    break;
                case HoleCharacter:
                case >= '\uD800' and <= '\uDFFF':
                    text.Append('\uFFFD');
                    break;
                case '\uFEFF' or < ' ' or (>= '\u007F' and < '\u00A0'):
                case >= '\u202A' and <= '\u202E' when isolate:
                case >= '\u2066' and <= '\u2069' when isolate:
                    break;
                default:
                    text.Append(unit);
                    break;
            }
        }
    }
}
