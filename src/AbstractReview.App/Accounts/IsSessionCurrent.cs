using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>Whether a session's security stamp is still the person's: a new password, address or second factor, or signing out everywhere, changes it.</summary>
public sealed record IsSessionCurrent(int PersonId, string Stamp) : IRequest<bool>;

internal sealed class IsSessionCurrentHandler(ActorReader actors) : IRequestHandler<IsSessionCurrent, bool>
{
    public async Task<bool> Handle(IsSessionCurrent query, CancellationToken ct)
        => await actors.Stamp(query.PersonId, ct) is { } stamp && stamp == query.Stamp;
}
