using System.Globalization;
using System.Text;
using AbstractReview.App.Programme.Exports;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Book.Formats;

/// <summary>The book and its abstracts as BibTeX in UTF-8; characters that mean something to TeX are written as commands with balanced braces.</summary>
internal static class BookBibTeX
{
    public static byte[] Write(TypesetBook typeset)
    {
        var (book, conference) = (typeset.Content, typeset.Content.Conference);
        var key = Exporting.Slug(conference.Acronym);
        var address = $"{conference.City}, {(Countries.Exists(conference.Country) ? Countries.Name(conference.Country) : conference.Country)}";
        var text = new StringBuilder();
        Entry(text, "proceedings", key,
        [
            ("title", book.Title), ("year", Year(book)), ("address", address), ("publisher", conference.Organiser), ("isbn", book.Options.Isbn), ("url", conference.Website),
            ("note", FormattableString.Invariant($"Edition {book.Edition}, {DateWords.Of(book.Day)}")),
        ]);
        foreach (var entry in book.Entries)
        {
            Entry(text, "inproceedings", FormattableString.Invariant($"{key}-{entry.Number}"),
            [
                ("title", AbstractText.OneLine(entry.Title)), ("booktitle", book.Title), ("year", Year(book)), ("address", address), ("publisher", conference.Organiser), ("pages", typeset.Page(entry) ?? ""),
                ("doi", book.Doi(entry) ?? ""), ("keywords", book.Options.Prints(BookPiece.Keywords) && typeset.HasText(entry) ? string.Join("; ", entry.Keywords) : ""), ("note", $"{entry.Code}, {entry.KindWords}"),
                ("abstract", typeset.HasText(entry) ? AbstractText.OneLine(entry.Abstract) : ""),
            ], Names(entry.Authors));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Entry(StringBuilder text, string kind, string key, (string Name, string Value)[] fields, string authors = "")
    {
        text.Append(CultureInfo.InvariantCulture, $"@{kind}{{{key}");
        if (authors != "") text.Append(CultureInfo.InvariantCulture, $",\n  author = {{{authors}}}");
        // A title in double braces keeps its capitals.
        foreach (var (name, value) in fields.Where(f => f.Value != ""))
            text.Append(CultureInfo.InvariantCulture, $",\n  {name} = {{{(name is "title" or "booktitle" ? $"{{{Escaped(value)}}}" : name is "url" or "doi" ? Plain(value) : Escaped(value))}}}");
        text.Append("\n}\n\n");
    }

    private static string Year(BookContent book) => book.Conference.Dates.FirstDay.Year.ToString(CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<Author> authors) => string.Join(" and ", authors.Select(a =>
        a.GivenName == "" || a.FamilyName == "" ? $"{{{Escaped(AbstractText.OneLine(a.FullName))}}}" : $"{Name(a.FamilyName)}, {Name(a.GivenName)}"));

    // Braces hide a comma or an “and” that belongs to a name.
    private static string Name(string name)
    {
        var line = AbstractText.OneLine(name);
        return line.Contains(',') || line.Split(' ').Contains("and", StringComparer.OrdinalIgnoreCase) ? $"{{{Escaped(line)}}}" : Escaped(line);
    }

    /// <summary>For fields that are no TeX: without what would end the field.</summary>
    private static string Plain(string text) => string.Concat(Exporting.Clean(text).Where(c => c is not ('{' or '}' or '\\') && !char.IsWhiteSpace(c)));

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in Exporting.Clean(text))
            escaped.Append(c switch
            {
                '\\' => @"\textbackslash{}",
                '{' => @"\textbraceleft{}",
                '}' => @"\textbraceright{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                '#' or '$' or '%' or '&' or '_' => $@"\{c}",
                _ => c.ToString(),
            });
        return escaped.ToString();
    }
}
