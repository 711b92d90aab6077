using System.Globalization;
using System.Text.RegularExpressions;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviews;

namespace AbstractReview.App.Reviews;

/// <summary>A submission of the queue with one's own review of it, as the offline form shows it.</summary>
internal sealed record OfflineEntry(int Number, int Version, string AreaCode, string Title, string Abstract, IReadOnlyList<string> Keywords, ReviewForm Form, bool HandedIn);

/// <summary>
/// The offline form: a row per submission, the reviewer's fields beside the text. Columns may be moved, added or left out; they are known by their heads.
/// </summary>
public static partial class OfflineForms
{
    /// <summary>Bytes of a form.</summary>
    public const int MaxBytes = OfflineSheet.MaxBytes;

    private const string Submission = "submission", Version = "version", Confidence = "confidence", Recommend = "recommendation";
    private const string ToAuthors = "comments_to_authors", ToCommittee = "comments_to_committee", HandIn = "hand_in";

    internal static byte[] Csv(IReadOnlyList<OfflineEntry> entries, ReviewRules rules) => OfflineSheet.Csv(Rows(entries, rules));

    internal static byte[] Xlsx(IReadOnlyList<OfflineEntry> entries, ReviewRules rules) => OfflineSheet.Xlsx(("Reviews", Rows(entries, rules)), ("What to fill in", Words(rules)));

    /// <summary>Reads a form that was filled in.</summary>
    /// <exception cref="RuleBrokenException">The file cannot be read at all, or lacks the columns by which rows are known.</exception>
    public static OfflineFile Read(byte[] file, ReviewRules rules)
    {
        var rows = OfflineSheet.Read(file);
        if (rows.Count == 0) throw new RuleBrokenException("file", "The file has no row. Begin with a form exported here.");
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, head) in rows[0].Cells.Index())
            if (!columns.TryAdd(head.Trim(), i) && head.Trim() != "") throw new RuleBrokenException("file", $"The column “{head.Trim()}” is there twice.");
        foreach (var needed in new[] { Submission, Version })
            if (!columns.ContainsKey(needed)) throw new RuleBrokenException("file", $"The first row has no column “{needed}”. Begin with a form exported here.");
        var (reviews, errors, seen) = (new List<OfflineReview>(), new List<FieldError>(), new Dictionary<int, int>());
        // One's own columns are passed over, but what was meant as one of the form's must not be lost.
        foreach (var head in columns.Keys.Where(h => Meant().IsMatch(h) && !Heads(rules).Contains(h, StringComparer.OrdinalIgnoreCase)))
            errors.Add(new FieldError("file", $"The column “{head}” is none of the form's. Mend its name, or take it out."));
        foreach (var (row, cells) in rows.Skip(1).Where(r => r.Cells.Any(c => !string.IsNullOrWhiteSpace(c))))
        {
            var reader = new RowReader(row, cells, columns, errors);
            if (reader.Read(rules) is not { } review) continue;
            if (!seen.TryAdd(review.Number, row)) reader.Refuse(Submission, $"submission {review.Number} is already in row {seen[review.Number]}.");
            else reviews.Add(review);
        }

        return new OfflineFile(reviews, errors);
    }

    private static string[] Heads(ReviewRules rules) => [Submission, Version, "area", "title", "abstract", "keywords", .. rules.Criteria.Select(Head), Confidence, Recommend, ToAuthors, ToCommittee, HandIn];

    [GeneratedRegex("^(score|comment|confiden|recommend|hand)", RegexOptions.IgnoreCase)]
    private static partial Regex Meant();

    private static IReadOnlyList<string[]> Rows(IReadOnlyList<OfflineEntry> entries, ReviewRules rules) =>
    [
        Heads(rules),
        .. entries.Select(e => new[]
        {
            Number(e.Number), Number(e.Version), e.AreaCode, e.Title, e.Abstract, string.Join("; ", e.Keywords),
        }.Concat(rules.Criteria.Select(c => e.Form.Scores.TryGetValue(c.Code, out var score) ? Number(score) : ""))
            .Concat([e.Form.Confidence is { } sure ? Number(sure) : "", $"{e.Form.Recommendation}", e.Form.CommentsToAuthors, e.Form.CommentsToCommittee, e.HandedIn ? "yes" : ""]).ToArray()),
    ];

    private static IReadOnlyList<string[]> Words(ReviewRules rules) =>
    [
        ["Column", "Value", "Meaning"],
        .. rules.Criteria.SelectMany(c => c.Rubric.Select((words, i) => new[] { Head(c), Number(rules.ScoreMin + i), $"{c.Title}: {words}" })),
        .. rules.Confidence.Select((words, i) => new[] { Confidence, Number(i + 1), words }),
        .. Enum.GetNames<Recommendation>().Select(r => new[] { Recommend, r, $"You recommend: {r.ToLowerInvariant()}" }),
        [ToAuthors, "text", "The authors read this."],
        [ToCommittee, "text", "The authors never see this."],
        [HandIn, "yes", "Hands the review in; empty keeps it as a draft."],
    ];

    private static string Head(Criterion criterion) => $"score.{criterion.Code}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class RowReader(int row, string[] cells, Dictionary<string, int> columns, List<FieldError> errors)
    {
        public void Refuse(string column, string message) => errors.Add(new FieldError($"row{row}.{column}", $"Row {row}, {column}: {message}"));

        /// <summary>Null where the row names no submission or something in it cannot be read.</summary>
        public OfflineReview? Read(ReviewRules rules)
        {
            var before = errors.Count;
            var review = new OfflineReview
            {
                Row = row,
                Number = Whole(Submission) ?? Missing(Submission),
                Version = Whole(Version) ?? Missing(Version),
                Scores = rules.Criteria.Where(c => columns.ContainsKey(Head(c))).ToDictionary(c => c.Code, c => Whole(Head(c))),
                HasConfidence = columns.ContainsKey(Confidence),
                Confidence = Whole(Confidence),
                HasRecommendation = columns.ContainsKey(Recommend),
                Recommendation = Choice(),
                CommentsToAuthors = Text(ToAuthors),
                CommentsToCommittee = Text(ToCommittee),
                HandIn = YesOrNo(),
            };
            return errors.Count == before ? review : null;
        }

        private string? Text(string column) => columns.TryGetValue(column, out var i) ? i < cells.Length ? cells[i] : "" : null;

        private int? Whole(string column)
        {
            var text = Text(column)?.Trim() ?? "";
            if (text == "") return null;
            // A spreadsheet may have made 4.0 of 4.
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && Math.Abs(number) < 1_000_000_000) return (int)number;
            Refuse(column, $"“{Short(text)}” is not a whole number.");
            return null;
        }

        private int Missing(string column)
        {
            if (!errors.Any(e => e.Field == $"row{row}.{column}")) Refuse(column, "is empty. Leave it as it was exported.");
            return 0;
        }

        private Recommendation? Choice()
        {
            var text = Text(Recommend)?.Trim() ?? "";
            if (text == "") return null;
            if (text.All(char.IsLetter) && Enum.TryParse<Recommendation>(text, ignoreCase: true, out var choice)) return choice;
            Refuse(Recommend, $"“{Short(text)}” is none of oral, poster, panel or reject.");
            return null;
        }

        private bool YesOrNo()
        {
            var text = (Text(HandIn) ?? "").Trim().ToLowerInvariant();
            if (text is "yes" or "y" or "true" or "1" or "x") return true;
            if (text is not ("" or "no" or "n" or "false" or "0")) Refuse(HandIn, $"“{Short(text)}” is neither yes nor empty.");
            return false;
        }

        private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
    }
}
