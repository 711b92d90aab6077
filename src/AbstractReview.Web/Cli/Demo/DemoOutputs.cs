using AbstractReview.App.Storage;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>What the demo leaves beside its database: the programme in every form, and the accounts. Mail, letters and book were written by their jobs.</summary>
internal sealed class DemoOutputs(IServiceProvider services, DataFolder folder, CancellationToken ct)
{
    private static readonly string[] Formats = ["pdf", "ics", "json", "xml", "csv", "xlsx", "html"];

    public async Task Write()
    {
        await new DemoAccounts(services, folder, ct).Write();
    }
}
