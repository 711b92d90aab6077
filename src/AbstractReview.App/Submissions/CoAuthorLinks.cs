using AbstractReview.App.Accounts;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;

namespace AbstractReview.App.Submissions;

/// <summary>Links by which an author without an account can object to being named: good for one address on one submission, as long as it is named there.</summary>
public sealed class CoAuthorLinks(SigningKeys keys, SiteAddress site)
{
    /// <summary>Makes the link of each author of a submission.</summary>
    internal async Task<Func<Author, string>> For(Conference conference, int number, CancellationToken ct)
    {
        var key = await keys.Current(ct);
        return author => FormattableString.Invariant($"{site.Of(conference)}/submissions/{number}/objection?key={Code(key, number, author)}");
    }

    /// <summary>The author a link was made for.</summary>
    /// <exception cref="NotFoundException">It was made for none of them.</exception>
    internal async Task<Author> Find(int number, string code, IReadOnlyList<Author> authors, CancellationToken ct)
    {
        var known = await keys.All(ct);
        return authors.FirstOrDefault(a => known.Any(k => Same(Code(k, number, a), code)))
            ?? throw new NotFoundException("This link is not complete, or you are no longer named as an author there.");
    }

    private static string Code(SigningKey key, int number, Author author) => key.Code("co-author", FormattableString.Invariant($"{number}\n{MailAddress.Normalise(author.Email)}"));

    private static bool Same(string one, string other) => System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(one), System.Text.Encoding.UTF8.GetBytes(other));
}
