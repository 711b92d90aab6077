using System.Globalization;
using System.Text;
using AbstractReview.Domain;
using AbstractReview.Domain.Submissions;
using AbstractReview.Matching.Files;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>
/// Submissions as rows, RFC 4180 under a header, columns in any order: number, state, submittedAt, owner, title, abstract, area, topics, keywords,
/// presentation, presenting and corresponding (an author's place, from 1), and author1GivenName, author1FamilyName, author1Email,
/// author1Affiliation, author1Country, author1Orcid, author2GivenName and so on.
/// </summary>
internal static class SubmissionCsv
{
    private static readonly string[] Fixed = ["number", "state", "submittedAt", "owner", "title", "abstract", "area", "topics", "keywords", "presentation", "presenting", "corresponding"];
    private static readonly string[] OfAuthor = ["GivenName", "FamilyName", "Email", "Affiliation", "Country", "Orcid"];

    /// <summary>The header and the rows, cells as they are.</summary>
    public static (IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<string>> Rows) Table(IReadOnlyList<BulkSubmission> submissions)
    {
        var most = submissions.Select(s => s.Content.Authors.Count).DefaultIfEmpty(0).Max();
        return ([.. Fixed, .. Enumerable.Range(1, most).SelectMany(n => OfAuthor.Select(c => $"author{n}{c}"))], submissions.Select(s => Cells(s, most)));
    }

    /// <summary>UTF-8 with a mark, so that spreadsheets do not guess another encoding; no cell is taken for a formula.</summary>
    public static byte[] Write(IReadOnlyList<BulkSubmission> submissions)
    {
        var (columns, rows) = Table(submissions);
        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, new UTF8Encoding(true)))
        {
            var csv = new CsvWriter(text);
            csv.Write([.. columns]);
            foreach (var row in rows) csv.Write([.. row.Select(SpreadsheetCells.Guard)]);
        }

        return stream.ToArray();
    }

    /// <summary>Whether a file's first line names columns of submissions.</summary>
    public static bool Fits(string firstLine)
    {
        var names = firstLine.TrimStart('\uFEFF').Split(',').Select(n => n.Trim(' ', '"', '\r')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Contains("title") && names.Contains("abstract");
    }

    /// <exception cref="RuleBrokenException">The file cannot be read, or rows of it.</exception>
    public static IReadOnlyList<BulkSubmission> Read(string csv)
    {
        try
        {
            using var reader = new CsvReader(new StringReader(csv.TrimStart('\uFEFF')), "submissions");
            return ReadRows(reader);
        }
        catch (RefusedFileException refusal)
        {
            throw new RuleBrokenException(refusal.Message);
        }
    }

    private static List<BulkSubmission> ReadRows(CsvReader reader)
    {
        if (!reader.Read()) throw new RuleBrokenException("The file is empty; it begins with a line that names its columns.");
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < reader.Count; i++) columns.TryAdd(reader[i].Trim().ToString(), i);
        var missing = new[] { "title", "abstract", "area" }.Where(name => !columns.ContainsKey(name)).ToList();
        if (missing.Count > 0) throw new RuleBrokenException($"Line 1: there is no column {string.Join(", ", missing)}.");
        var (rows, errors) = (new List<BulkSubmission>(), new List<FieldError>());
        while (reader.Read()) rows.Add(Row(reader, columns, errors));
        return errors.Count == 0 ? rows : throw new RuleBrokenException(errors);
    }

    private static BulkSubmission Row(CsvReader reader, Dictionary<string, int> columns, List<FieldError> errors)
    {
        var cells = columns.ToDictionary(c => c.Key, c => c.Value < reader.Count ? SpreadsheetCells.Unguard(reader[c.Value].ToString()) : "", StringComparer.OrdinalIgnoreCase);
        var place = $"line {reader.Line}";
        if (reader.Count > columns.Count) Refuse("", $"there are {reader.Count} fields under {columns.Count} columns.");
        var state = SubmissionState.Submitted;
        if (Cell("state") is { Length: > 0 } word && !(Enum.TryParse(word.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true, out state) && Enum.IsDefined(state))) Refuse("state", $"“{word}” is no state; write Draft, Submitted or Withdrawn.");
        DateTimeOffset at = default;
        if (Cell("submittedAt") is { Length: > 0 } when && !DateTimeOffset.TryParse(when, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)) Refuse("submittedAt", $"“{when}” is no time such as 2019-04-30T17:05:00Z.");
        var authors = Authors().ToList();
        var (presenting, corresponding) = (Place("presenting"), Place("corresponding"));
        return new BulkSubmission
        {
            Place = place,
            SourceId = Cell("number"),
            State = state,
            SubmittedAt = at == default ? null : at,
            OwnerEmail = Cell("owner"),
            Content = new SubmissionContent
            {
                Title = Cell("title"), Abstract = Cell("abstract"), AreaCode = Cell("area"), Topics = List("topics"), Keywords = List("keywords"),
                Presentation = Cell("presentation"), Authors = [.. authors.Select((a, i) => a with { Presenting = i + 1 == presenting, Corresponding = i + 1 == corresponding })],
            },
        };

        string Cell(string name) => cells.GetValueOrDefault(name, "").Trim();
        // As it is: the line break at the end tells how the texts are kept apart.
        IReadOnlyList<string> List(string name) => SpreadsheetCells.Split(cells.GetValueOrDefault(name, ""));
        void Refuse(string field, string message) => errors.Add(new FieldError(field, $"Line {reader.Line}: {message}"));

        int Place(string name)
        {
            if (Cell(name) == "") return 0;
            if (int.TryParse(Cell(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= authors.Count) return n;
            Refuse(name, $"{name} is the place of an author, from 1 to {authors.Count}.");
            return 0;
        }

        IEnumerable<Author> Authors()
        {
            for (var n = 1; OfAuthor.Any(c => cells.ContainsKey($"author{n}{c}")); n++)
            {
                var texts = OfAuthor.Select(c => Cell($"author{n}{c}")).ToArray();
                if (texts.All(t => t == "")) continue;
                yield return new Author { GivenName = texts[0], FamilyName = texts[1], Email = texts[2], Affiliation = texts[3], Country = texts[4], Orcid = texts[5] == "" ? null : texts[5] };
            }
        }
    }

    private static List<string> Cells(BulkSubmission s, int most)
    {
        var c = s.Content;
        var cells = new List<string>
        {
            s.SourceId, s.State.ToString(), s.SubmittedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "", s.OwnerEmail, c.Title, c.Abstract, c.AreaCode,
            SpreadsheetCells.Join(c.Topics), SpreadsheetCells.Join(c.Keywords), c.Presentation, Place(a => a.Presenting), Place(a => a.Corresponding),
        };
        foreach (var a in c.Authors) cells.AddRange([a.GivenName, a.FamilyName, a.Email, a.Affiliation, a.Country, a.Orcid ?? ""]);
        cells.AddRange(Enumerable.Repeat("", (most - c.Authors.Count) * OfAuthor.Length));
        return cells;

        string Place(Predicate<Author> marked) => c.Authors.ToList().FindIndex(marked) is var at && at < 0 ? "" : (at + 1).ToString(CultureInfo.InvariantCulture);
    }
}
