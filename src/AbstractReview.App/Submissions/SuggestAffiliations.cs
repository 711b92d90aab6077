using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>Institutions as others have spelled them, the most used first: one spelling for each, whatever the case, accents' form and blanks.</summary>
/// <param name="Query">Part of the name, 2 characters or more.</param>
/// <param name="By">Anybody signed in.</param>
public sealed record SuggestAffiliations(string Query, Actor By) : IQuery<IReadOnlyList<AffiliationSuggestion>>;

public sealed record AffiliationSuggestion(string Value, string Hint);

internal sealed class SuggestAffiliationsHandler(Db db) : IRequestHandler<SuggestAffiliations, IReadOnlyList<AffiliationSuggestion>>
{
    public async Task<IReadOnlyList<AffiliationSuggestion>> Handle(SuggestAffiliations query, CancellationToken ct)
    {
        Access.Require(query.By.SignedIn, "ask for affiliations without an account");
        var wanted = Key(query.Query);
        if (wanted.Length < 2) return [];
        // Submitted texts and accounts only: a draft is its author's own. Names of institutions tell nothing of who wrote what.
        var rows = await db.All<Row>(Read, new { }, ct);
        return rows.GroupBy(r => (Key: Key(r.Affiliation), r.Country))
            .Where(g => g.Key.Key.Contains(wanted, StringComparison.Ordinal))
            .OrderByDescending(g => g.Sum(r => r.Used)).ThenBy(g => g.Key.Key, StringComparer.Ordinal)
            .Take(8)
            .Select(g => new AffiliationSuggestion(g.MaxBy(r => r.Used)!.Affiliation, Countries.Name(g.Key.Country)))
            .ToList();
    }

    private static string Key(string name)
        => string.Join(' ', name.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant().Split((char[])[' ', ',', '.', '-', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));

    private sealed record Row
    {
        public required string Affiliation { get; init; }
        public required string Country { get; init; }
        public required int Used { get; init; }
    }

    private const string Read = """
        select Affiliation, Country, count(*) as Used
        from (
          select a.Affiliation, a.Country
          from Author a
            join Submission s on s.Number = a.SubmissionNumber
          where s.Revision > 0
          union all
          select p.Affiliation, p.Country
          from Person p
        ) as Known
        where Affiliation <> ''
        group by Affiliation, Country
        """;
}
