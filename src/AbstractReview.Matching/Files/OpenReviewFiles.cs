using System.Globalization;
using AbstractReview.Matching.Text;

namespace AbstractReview.Matching.Files;

/// <summary>The comma-separated files of OpenReview's matcher and expertise model. None has a header.</summary>
internal static class OpenReviewFiles
{
    /// <summary>One line of a score or constraint file.</summary>
    public readonly record struct Entry(int Submission, int Reviewer, float Value, int Line);

    /// <summary>Reads <c>paperID,userID,score</c>; a score is any finite number.</summary>
    public static List<Entry> ReadScores(CsvReader csv, Ids submissions, Ids reviewers) => ReadEntries(csv, submissions, reviewers, field =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && float.IsFinite(score)
            ? score
            : throw csv.Refuse($"the score “{field}” is not a finite number."));

    /// <summary>Reads <c>paperID,userID,v</c> with v = −1 (forbid), 0 (nothing) or 1 (force).</summary>
    public static List<Entry> ReadConstraints(CsvReader csv, Ids submissions, Ids reviewers) => ReadEntries(csv, submissions, reviewers, field =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is -1 or 0 or 1
            ? value
            : throw csv.Refuse($"the constraint “{field}” is not -1, 0 or 1."));

    /// <summary>Reads <c>userID,n</c>, n being a whole number, 0 or more.</summary>
    public static Dictionary<int, int> ReadQuotas(CsvReader csv, Ids reviewers)
    {
        var quotas = new Dictionary<int, int>();
        while (csv.Read())
        {
            if (csv.Count != 2) throw csv.Refuse($"expected userID,n but found {csv.Count} field(s).");
            if (!int.TryParse(csv[1], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var quota))
                throw csv.Refuse($"the quota “{csv[1]}” is not a whole number, 0 or more.");
            if (!quotas.TryAdd(reviewers.Of(Id(csv, 0, "userID")), quota)) throw csv.Refuse($"user {csv[0]} already has a quota.");
        }
        return quotas;
    }

    /// <summary>Reads <c>submissionID,title,abstract</c>.</summary>
    public static List<SubmissionText> ReadSubmissions(CsvReader csv)
    {
        var submissions = new List<SubmissionText>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (csv.Read())
        {
            if (csv.Count != 3) throw csv.Refuse($"expected submissionID,title,abstract but found {csv.Count} field(s).");
            var id = Id(csv, 0, "submissionID").ToString();
            if (!seen.Add(id)) throw csv.Refuse($"submission {id} is already there.");
            submissions.Add(new SubmissionText(id, csv[1].ToString(), csv[2].ToString()));
        }
        return submissions;
    }

    /// <summary>Reads <c>authorID,publicationID,title,abstract</c>; an author's lines need not stand together.</summary>
    public static List<ReviewerText> ReadExpertise(CsvReader csv)
    {
        var authors = new Ids();
        var publications = new List<List<PublicationText>>();
        var seen = new HashSet<(int, string)>();
        while (csv.Read())
        {
            if (csv.Count != 4) throw csv.Refuse($"expected authorID,publicationID,title,abstract but found {csv.Count} field(s).");
            var author = authors.Of(Id(csv, 0, "authorID"));
            if (author == publications.Count) publications.Add([]);
            var id = Id(csv, 1, "publicationID").ToString();
            if (!seen.Add((author, id))) throw csv.Refuse($"author {csv[0]} already has publication {id}.");
            publications[author].Add(new PublicationText(id, csv[2].ToString(), csv[3].ToString()));
        }
        return [.. publications.Select((own, author) => new ReviewerText(authors[author], own))];
    }

    private delegate float Parse(ReadOnlySpan<char> field);

    private static List<Entry> ReadEntries(CsvReader csv, Ids submissions, Ids reviewers, Parse parse)
    {
        var entries = new List<Entry>();
        while (csv.Read())
        {
            if (csv.Count != 3) throw csv.Refuse($"expected three fields, paperID,userID,value, but found {csv.Count}.");
            var submission = submissions.Of(Id(csv, 0, "paperID"));
            entries.Add(new Entry(submission, reviewers.Of(Id(csv, 1, "userID")), parse(csv[2]), csv.Line));
        }
        return entries;
    }

    private static ReadOnlySpan<char> Id(CsvReader csv, int field, string name) =>
        csv[field].IsWhiteSpace() ? throw csv.Refuse($"the {name} is empty.") : csv[field];
}
