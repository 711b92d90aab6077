using AbstractReview.App.Leaving;
using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>What was handed in and is to be acknowledged.</summary>
/// <param name="Number">The submission.</param>
/// <param name="Revision">1 for the first.</param>
/// <param name="At">When it was taken, by the server's clock.</param>
/// <param name="ContentHash">SHA-256 of the content in lower-case hex.</param>
/// <param name="Content">The content.</param>
internal sealed record ReceivedRevision(int Number, int Revision, DateTimeOffset At, string ContentHash, SubmissionContent Content);

/// <summary>The mails that follow a submit: a receipt to who handed in and to the corresponding author, a notice to each other author when they are first named.</summary>
internal static class Receipts
{
    /// <param name="conference">The conference.</param>
    /// <param name="s">What was handed in.</param>
    /// <param name="ownerEmail">Who handed it in.</param>
    /// <param name="ownerName">Their name.</param>
    /// <param name="before">The authors of the revision before, who were told then.</param>
    /// <param name="page">The signed page, which goes with the receipts; null where it could not be made.</param>
    /// <param name="objection">The address at which an author can object.</param>
    public static IReadOnlyList<Mail> For(
        Conference conference, ReceivedRevision s, string ownerEmail, string ownerName, IReadOnlyList<Author> before, MailFile? page, Func<Author, string> objection)
    {
        var mails = new List<Mail>();
        var told = new HashSet<string>();
        var text = Receipt(conference, s);
        Add(ownerEmail, ownerName, "Receipt", $"Receipt: submission {s.Number} to {conference.Title}", text);
        foreach (var author in s.Content.Authors.Where(a => a.Corresponding))
            Add(author.Email, author.FullName, "Receipt", $"Receipt: submission {s.Number} to {conference.Title}", text);
        var known = before.Select(a => MailAddress.Normalise(a.Email)).ToHashSet();
        foreach (var author in s.Content.Authors.Where(a => !known.Contains(MailAddress.Normalise(a.Email))))
            Add(author.Email, author.FullName, "CoAuthorNotice", $"You are named as an author of submission {s.Number}", Notice(conference, s, ownerName, objection(author)));
        return mails;

        void Add(string email, string name, string kind, string subject, string body)
        {
            // Who was erased before the job came to it is not written to.
            if (!told.Add(MailAddress.Normalise(email)) || PersonTrace.IsAlias(email)) return;
            mails.Add(new Mail
            {
                Key = FormattableString.Invariant($"receipt/{s.Number}/{s.Revision}/{told.Count}"), Kind = kind, ToEmail = email, ToName = name, Subject = subject, Text = body,
                File = kind == "Receipt" ? page : null,
            });
        }
    }

    private static string Receipt(Conference conference, ReceivedRevision s) => $"""
        {(s.Revision == 1 ? "Your abstract was submitted." : $"Your changes were submitted as revision {s.Revision}.")}

        Number:   {s.Number}
        Title:    {s.Content.Title}
        Area:     {s.Content.AreaCode} {conference.Area(s.Content.AreaCode)?.Title}
        Authors:  {Names(s)}
        Received: {Deadline.Words(conference, s.At)}
        SHA-256:  {s.ContentHash}

        The last line identifies the text exactly as we received it; the attached page says the same with our signature. You may change the submission until the deadline.

        {conference.Title}
        {conference.Mail.Address}
        """;

    private static string Notice(Conference conference, ReceivedRevision s, string ownerName, string objection) => $"""
        {ownerName} submitted an abstract to {conference.Title} and named you as an author.

        Number:   {s.Number}
        Title:    {s.Content.Title}
        Authors:  {Names(s)}

        If you agree there is nothing to do. If you do not wish to be named, or if something is wrong, tell the secretariat here, without an account:

        {objection}

        {conference.Title}
        {conference.Mail.Address}
        """;

    private static string Names(ReceivedRevision s) => string.Join("; ", s.Content.Authors.Select(a => a.FullName));
}
