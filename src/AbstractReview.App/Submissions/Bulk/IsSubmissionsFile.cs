using MediatR;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>Whether a text is a file of submissions in a format that can be imported.</summary>
public sealed record IsSubmissionsFile(string Text) : IRequest<bool>;

internal sealed class IsSubmissionsFileHandler : IRequestHandler<IsSubmissionsFile, bool>
{
    public Task<bool> Handle(IsSubmissionsFile request, CancellationToken ct) => Task.FromResult(BulkFiles.FormatOf(request.Text) is not null);
}
