using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Accounts;

/// <summary>Counts one more request of somebody within a minute, for all nodes together, and answers how many that makes.</summary>
/// <param name="Who">An account or a network address; only its hash is kept, and that for ten minutes.</param>
/// <param name="Minute">Minutes since 1970.</param>
public sealed record CountRequest(string Who, int Minute) : IRequest<int>;

internal sealed class CountRequestHandler(Db db) : IRequestHandler<CountRequest, int>
{
    public async Task<int> Handle(CountRequest request, CancellationToken ct)
    {
        var args = new { hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Who))), request.Minute };
        try
        {
            return await Count(args, ct);
        }
        catch (System.Data.Common.DbException first) when (db.IsDuplicate(first))
        {
            // Another node counted this minute's first request meanwhile.
            return await Count(args, ct);
        }
    }

    private Task<int> Count(object args, CancellationToken ct) => db.Transaction(async () =>
    {
        if (await db.Run(Add, args, ct) == 0)
        {
            await db.Run(Forget, args, ct);
            await db.Run(Begin, args, ct);
        }

        return await db.One<int>(Read, args, ct);
    }, ct);

    private const string Add = "update RateWindow set Taken = Taken + 1 where WhoHash = @hash and Minute = @Minute";
    private const string Begin = "insert into RateWindow (WhoHash, Minute, Taken) values (@hash, @Minute, 1)";
    private const string Forget = "delete from RateWindow where Minute < @Minute - 10";
    private const string Read = "select Taken from RateWindow where WhoHash = @hash and Minute = @Minute";
}
