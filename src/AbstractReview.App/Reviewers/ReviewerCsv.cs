using System.Globalization;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Reviewers;
using AbstractReview.Matching.Files;

namespace AbstractReview.App.Reviewers;

/// <summary>One line of a file of reviewers.</summary>
internal sealed record ReviewerLine(int Line, string Email, string GivenName, string FamilyName, string Affiliation, string Country, ReviewerProfile Profile);

/// <summary>
/// Reads reviewers from CSV (RFC 4180) under a header, columns in any order: email, givenName, familyName, affiliation, country (ISO alpha-2),
/// areas and keywords (apart by ;), topics (apart by |), quotaMin, quotaMax, and pub1Title, pub1Abstract, pub2Title and so on.
/// </summary>
internal static class ReviewerCsv
{
    /// <exception cref="RuleBrokenException">Every bad line, by its number.</exception>
    public static IReadOnlyList<ReviewerLine> Read(string csv, Conference conference)
    {
        try
        {
            using var reader = new CsvReader(new StringReader(csv.TrimStart('\uFEFF')), "reviewers");
            return ReadLines(reader, conference);
        }
        catch (RefusedFileException refusal)
        {
            throw new RuleBrokenException(refusal.Message);
        }
    }

    private static List<ReviewerLine> ReadLines(CsvReader reader, Conference conference)
    {
        if (!reader.Read()) throw new RuleBrokenException("The file is empty; it begins with a line that names its columns.");
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < reader.Count; i++) columns.TryAdd(reader[i].Trim().ToString(), i);
        var missing = new[] { "email", "givenName", "familyName" }.Where(name => !columns.ContainsKey(name)).ToList();
        if (missing.Count > 0) throw new RuleBrokenException($"Line 1: there is no column {string.Join(", ", missing)}.");

        var (lines, errors, seen) = (new List<ReviewerLine>(), new List<FieldError>(), new Dictionary<string, int>());
        while (reader.Read())
        {
            var row = new Row(reader, columns, errors);
            var line = row.Read(conference);
            foreach (var error in line.Profile.Check(conference)) row.Refuse(error.Field, error.Message);
            if (!seen.TryAdd(MailAddress.Normalise(line.Email), row.Line)) row.Refuse("email", $"{line.Email} is already on line {seen[MailAddress.Normalise(line.Email)]}.");
            lines.Add(line);
        }

        return errors.Count == 0 ? lines : throw new RuleBrokenException(errors);
    }

    private sealed class Row(CsvReader reader, Dictionary<string, int> columns, List<FieldError> errors)
    {
        public int Line { get; } = reader.Line;

        public void Refuse(string field, string message) => errors.Add(new FieldError($"line{Line}.{field}", $"Line {Line}: {message}"));

        public ReviewerLine Read(Conference conference)
        {
            if (reader.Count > columns.Count) Refuse("", $"there are {reader.Count} fields under {columns.Count} columns.");
            var (email, country) = (Text("email"), Text("country").ToUpperInvariant());
            if (!MailAddress.IsValid(email)) Refuse("email", $"“{email}” is not an e-mail address.");
            if (Text("familyName") == "" && Text("givenName") == "") Refuse("familyName", "the reviewer has no name.");
            if (country != "" && !Countries.Exists(country)) Refuse("country", $"“{country}” is not an ISO country code such as MA or FR.");
            var profile = new ReviewerProfile
            {
                Areas = List("areas", ';'),
                Topics = List("topics", '|'),
                Keywords = List("keywords", ';'),
                QuotaMin = Number("quotaMin", conference.Routing.QuotaMin),
                QuotaMax = Number("quotaMax", conference.Routing.QuotaMax),
                Publications = Publications(),
            };
            return new ReviewerLine(Line, email, Text("givenName"), Text("familyName"), Text("affiliation"), country, profile.Tidy());
        }

        private List<PastAbstract> Publications()
        {
            var past = new List<PastAbstract>();
            for (var i = 1; columns.ContainsKey($"pub{i}Title"); i++) past.Add(new PastAbstract(Text($"pub{i}Title"), Text($"pub{i}Abstract")));
            return past;
        }

        private string Text(string column) => columns.TryGetValue(column, out var i) && i < reader.Count ? reader[i].Trim().ToString() : "";

        private string[] List(string column, char separator) => Text(column).Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        private int Number(string column, int fallback)
        {
            var text = Text(column);
            if (text == "") return fallback;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            Refuse(column, $"“{text}” is not a whole number.");
            return fallback;
        }
    }
}
