namespace AbstractReview.Typesetting.Layout;

/// <summary>Sorts and sets an alphabetical index.</summary>
internal sealed class IndexComposer(Session session, BlockComposer blocks)
{
    private const double Gap = 18;

    public void Compose(AlphabeticalIndex index, Place place, Sink sink)
    {
        var element = place.Parent?.Child("Index").Hold();
        var count = Math.Max(1, index.Columns);
        var width = (place.Width - Gap * (count - 1)) / count;
        var inner = place with { Left = 0, Width = width, Parent = element };
        var collected = new Collected(sink.ColumnHeight);
        var direction = session.IsRightToLeft ? TextDirection.RightToLeft : TextDirection.LeftToRight;
        var (letterStyle, entryStyle) = (session.Styles.IndexLetter with { Direction = direction }, session.Styles.IndexEntry with { Direction = direction });
        string? letter = null;
        foreach (var entry in IndexOrder.Sorted(index.Entries))
        {
            var initial = IndexOrder.Letter(entry.SortAs ?? entry.Text);
            if (index.Letters && initial != letter)
                blocks.Lines([new Text(initial)], letterStyle, inner, collected, element?.Child("P"));
            letter = initial;
            blocks.Lines(Content(entry), entryStyle, inner, collected, element?.Child("P"));
        }

        blocks.PutColumns(collected.Slices, count, width + Gap, place, sink);
        element?.Release();
    }

    /// <summary>The entry, its note, and each page once, in the order of the pages.</summary>
    private List<Inline> Content(IndexEntry entry)
    {
        List<Inline> content = [new Text(entry.Text) { Isolate = true }];
        if (entry.Note is not null) content.AddRange([", ", new Text(entry.Note) { Italic = true, Isolate = true }]);
        var separator = "\u2002";
        HashSet<string> seen = [];
        foreach (var destination in entry.Destinations.OrderBy(session.OrderOf))
        {
            if (session.LabelOf(destination) is { } label && !seen.Add(label)) continue;
            content.Add(separator);
            content.Add(new PageReference(destination));
            separator = ", ";
        }

        return content;
    }
}
