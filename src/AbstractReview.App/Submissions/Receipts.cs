using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>The mails that follow a submit: a receipt to who handed in and to the corresponding author, a notice to each other author when they are first named.</summary>
internal static class Receipts
{
    /// <param name="conference">The conference.</param>
    /// <param name="s">What was handed in.</param>
    /// <param name="ownerEmail">Who handed it in.</param>
    /// <param name="ownerName">Their name.</param>
    /// <param name="known">Authors who were told before.</param>
    /// <param name="objection">The address at which an author can object.</param>
    public static IReadOnlyList<Mail> For(Conference conference, StoredSubmission s, string ownerEmail, string ownerName, IReadOnlyList<Author> known, Func<Author, string> objection)
    {
        var mails = new List<Mail>();
        var told = new HashSet<string>();
        var text = Receipt(conference, s);
        Add(ownerEmail, ownerName, "Receipt", $"Receipt: submission {s.Number} to {conference.Title}", text);
        foreach (var author in s.Content.Authors.Where(a => a.Corresponding))
            Add(author.Email, author.FullName, "Receipt", $"Receipt: submission {s.Number} to {conference.Title}", text);
        var before = known.Select(a => MailAddress.Normalise(a.Email)).ToHashSet();
        foreach (var author in s.Content.Authors.Where(a => (s.Revision == 1 || known.Count > 0) && !before.Contains(MailAddress.Normalise(a.Email))))
            Add(author.Email, author.FullName, "CoAuthorNotice", $"You are named as an author of submission {s.Number}", Notice(conference, s, ownerName, objection(author)));
        return mails;

        void Add(string email, string name, string kind, string subject, string body)
        {
            if (!told.Add(MailAddress.Normalise(email))) return;
            mails.Add(new Mail
            {
                Key = Key(s.Number, s.Revision, told.Count), Kind = kind, ToEmail = email, ToName = name, Subject = subject, Text = body, AwaitsFile = kind == "Receipt",
            });
        }
    }

    /// <summary>The keys of a revision's receipts: of who handed in and of the corresponding author.</summary>
    public static IReadOnlyList<string> KeysOf(int number, int revision) => [Key(number, revision, 1), Key(number, revision, 2)];

    private static string Key(int number, int revision, int n) => FormattableString.Invariant($"receipt/{number}/{revision}/{n}");

    private static string Receipt(Conference conference, StoredSubmission s) => $"""
        {(s.Revision == 1 ? "Your abstract was submitted." : $"Your changes were submitted as revision {s.Revision}.")}

        Number:   {s.Number}
        Title:    {s.Content.Title}
        Area:     {s.Content.AreaCode} {conference.Area(s.Content.AreaCode)?.Title}
        Authors:  {Names(s)}
        Received: {Deadline.Words(conference, s.SubmittedAt!.Value)}
        SHA-256:  {s.ContentHash}

        The last line identifies the text exactly as we received it; the attached page says the same with our signature. You may change the submission until the deadline.

        {conference.Title}
        {conference.Mail.Address}
        """;

    private static string Notice(Conference conference, StoredSubmission s, string ownerName, string objection) => $"""
        {ownerName} submitted an abstract to {conference.Title} and named you as an author.

        Number:   {s.Number}
        Title:    {s.Content.Title}
        Authors:  {Names(s)}

        If you agree there is nothing to do. If you do not wish to be named, or if something is wrong, tell the secretariat here, without an account:

        {objection}

        {conference.Title}
        {conference.Mail.Address}
        """;

    private static string Names(StoredSubmission s) => string.Join("; ", s.Content.Authors.Select(a => a.FullName));
}
