using System.Threading.RateLimiting;
using AbstractReview.App.Accounts;
using MediatR;

namespace AbstractReview.Web.Accounts;

/// <summary>A limit per minute that all nodes count together, in the database.</summary>
internal sealed class SharedWindow(string who, int permits, IServiceScopeFactory scopes) : RateLimiter
{
    private static readonly Lease Unknown = new(false, null);

    // As long as the window it counts: the limiter is made again when somebody comes back.
    public override TimeSpan? IdleDuration => TimeSpan.FromMinutes(1);

    public override RateLimiterStatistics? GetStatistics() => null;

    // Not to be told without asking the database; the middleware waits instead.
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Unknown;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using var scope = scopes.CreateAsyncScope();
        var taken = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CountRequest(who, (int)(seconds / 60)), cancellationToken);
        return taken <= permits ? new Lease(true, null) : new Lease(false, TimeSpan.FromSeconds(60 - (seconds % 60)));
    }

    private sealed class Lease(bool acquired, TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => acquired;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
