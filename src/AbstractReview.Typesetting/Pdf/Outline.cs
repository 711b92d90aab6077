namespace AbstractReview.Typesetting.Pdf;

/// <summary>The bookmarks, as a tree by heading level. The first level is shown open, the others closed.</summary>
internal sealed class Outline(PdfFile file)
{
    private readonly List<Entry> entries = [];

    private sealed class Entry
    {
        public required int Level { get; init; }
        public required string Title { get; init; }
        public required int Page { get; init; }
        public required double Y { get; init; }
        public int Number { get; set; }
        public Entry? Parent { get; set; }
        public Entry? Before { get; set; }
        public Entry? After { get; set; }
        public Entry? First { get; set; }
        public Entry? Last { get; set; }
        public int Count { get; set; }
    }

    public void Add(int level, string title, int page, double y) => entries.Add(new Entry { Level = level, Title = title, Page = page, Y = y });

    /// <summary>Writes the tree; returns its number, or 0 when there are no entries.</summary>
    /// <param name="order">Place of a page in the file; sections finished late come in their place.</param>
    public int Finish(Func<int, int> order)
    {
        if (entries.Count == 0) return 0;
        var root = new Entry { Level = 0, Title = "", Page = 0, Y = 0, Number = file.Allocate() };
        var last = root;
        foreach (var entry in entries.OrderBy(entry => order(entry.Page)).ThenByDescending(entry => entry.Y))
        {
            while (last.Level >= entry.Level) last = last.Parent!;
            (entry.Number, entry.Parent) = (file.Allocate(), last);
            (entry.Before, last.Last) = (last.Last, entry);
            if (entry.Before is not null) entry.Before.After = entry;
            last.First ??= entry;
            last.Count++;
            last = entry;
        }

        foreach (var entry in entries) Write(entry);
        file.Object(root.Number, new ByteWriter().Raw("<</Type/Outlines/First "u8).Reference(root.First!.Number).Raw("/Last "u8).Reference(root.Last!.Number)
            .Raw("/Count "u8).Number(root.Count).Raw(">>"u8).Written);
        return root.Number;
    }

    private void Write(Entry entry)
    {
        var body = new ByteWriter(256);
        body.Raw("<</Title"u8).TextString(entry.Title).Raw("/Parent "u8).Reference(entry.Parent!.Number)
            .Raw("/Dest["u8).Reference(entry.Page).Raw("/XYZ null "u8).Number(entry.Y).Raw(" null]"u8);
        if (entry.Before is not null) body.Raw("/Prev "u8).Reference(entry.Before.Number);
        if (entry.After is not null) body.Raw("/Next "u8).Reference(entry.After.Number);
        if (entry.First is not null)
            body.Raw("/First "u8).Reference(entry.First.Number).Raw("/Last "u8).Reference(entry.Last!.Number).Raw("/Count "u8).Number(-entry.Count);
        file.Object(entry.Number, body.Raw(">>"u8).Written);
    }
}
