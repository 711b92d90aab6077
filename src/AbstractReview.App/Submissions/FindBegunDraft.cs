using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Submissions;

/// <summary>The draft that a form of a new submission has begun already; null when it has not. See <see cref="BegunForms"/>.</summary>
public sealed record FindBegunDraft(string? Form, Actor By) : IQuery<int?>;

internal sealed class FindBegunDraftHandler(BegunForms begun) : IRequestHandler<FindBegunDraft, int?>
{
    public Task<int?> Handle(FindBegunDraft query, CancellationToken ct) => begun.Find(query.Form, query.By, ct);
}
