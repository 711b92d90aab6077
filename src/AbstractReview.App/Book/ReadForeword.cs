using AbstractReview.App.Call;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Book;

/// <summary>The foreword as it stands, for those who work on the book.</summary>
public sealed record ReadForeword(Actor By) : IQuery<string>;

internal sealed class ReadForewordHandler(ConferenceReader reader) : IRequestHandler<ReadForeword, string>
{
    public async Task<string> Handle(ReadForeword query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeAllEditions(query.By), "see the editions of the book");
        return (await reader.Current(ct)).Foreword;
    }
}
