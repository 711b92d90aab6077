using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;

namespace AbstractReview.App.Submissions;

/// <summary>The mails that follow a submit: a receipt to who handed in and to the corresponding author, a notice to the other authors at the first.</summary>
internal static class Receipts
{
    public static IReadOnlyList<Mail> For(Conference conference, StoredSubmission s, string ownerEmail, string ownerName)
    {
        var mails = new List<Mail>();
        var told = new HashSet<string>();
        var text = Receipt(conference, s);
        Add(ownerEmail, ownerName, "Receipt", $"Receipt: submission {s.Number} to {conference.Title}", text);
        foreach (var author in s.Content.Authors.Where(a => a.Corresponding))
            Add(author.Email, author.FullName, "Receipt", $"Receipt: submission {s.Number} to {conference.Title}", text);
        if (s.Revision > 1) return mails;
        var notice = Notice(conference, s, ownerName);
        foreach (var author in s.Content.Authors)
            Add(author.Email, author.FullName, "CoAuthorNotice", $"You are named as an author of submission {s.Number}", notice);
        return mails;

        void Add(string email, string name, string kind, string subject, string body)
        {
            if (!told.Add(MailAddress.Normalise(email))) return;
            mails.Add(new Mail { Key = FormattableString.Invariant($"receipt/{s.Number}/{s.Revision}/{told.Count}"), Kind = kind, ToEmail = email, ToName = name, Subject = subject, Text = body });
        }
    }

    private static string Receipt(Conference conference, StoredSubmission s) => $"""
        {(s.Revision == 1 ? "Your abstract was submitted." : $"Your changes were submitted as revision {s.Revision}.")}

        Number:   {s.Number}
        Title:    {s.Content.Title}
        Area:     {s.Content.AreaCode} {conference.Area(s.Content.AreaCode)?.Title}
        Authors:  {Names(s)}
        Received: {Deadline.Words(conference, s.SubmittedAt!.Value)}
        SHA-256:  {s.ContentHash}

        The last line identifies the text exactly as we received it. You may change the submission until the deadline.

        {conference.Title}
        {conference.Mail.Address}
        """;

    private static string Notice(Conference conference, StoredSubmission s, string ownerName) => $"""
        {ownerName} submitted an abstract to {conference.Title} and named you as an author.

        Number:   {s.Number}
        Title:    {s.Content.Title}
        Authors:  {Names(s)}

        If you agree there is nothing to do. If you do not wish to be named, or if something is wrong, write to {conference.Mail.Address} and give the number.

        {conference.Title}
        """;

    private static string Names(StoredSubmission s) => string.Join("; ", s.Content.Authors.Select(a => a.FullName));
}
