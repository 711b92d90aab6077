using AbstractReview.App.Storage;

namespace AbstractReview.App.Programme;

/// <summary>Reads releases, addresses included: callers show <see cref="ProgrammeView.ForEverybody"/>.</summary>
public sealed class Releases(Db db)
{
    public async Task<ProgrammeView?> Newest(CancellationToken ct)
        => await db.One<string>(ReadNewest, null, ct) is { } text ? Json.Read<ProgrammeView>(text) : null;

    public async Task<ProgrammeView?> Of(int number, CancellationToken ct)
        => await db.One<string>(ReadOne, new { number }, ct) is { } text ? Json.Read<ProgrammeView>(text) : null;

    private const string ReadNewest = "select Document from Release where Number = (select max(Number) from Release)";
    private const string ReadOne = "select Document from Release where Number = @number";
}
