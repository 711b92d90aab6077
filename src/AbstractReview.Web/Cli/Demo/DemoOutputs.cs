using AbstractReview.App.Programme;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli.Demo;

/// <summary>What the demo leaves beside its database: the programme in every form, and the accounts. Mail, letters and book were written by their jobs.</summary>
internal sealed class DemoOutputs(IServiceProvider services, DataFolder folder, CancellationToken ct)
{
    private static readonly ProgrammeFormat[] Formats =
        [ProgrammeFormat.Pdf, ProgrammeFormat.Ics, ProgrammeFormat.Json, ProgrammeFormat.Xml, ProgrammeFormat.Csv, ProgrammeFormat.Xlsx, ProgrammeFormat.Html];

    public async Task Write()
    {
        foreach (var format in Formats)
        {
            await using var scope = services.CreateAsyncScope();
            var export = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportProgramme(format, Actor.Visitor), ct);
            var path = Path.Combine(folder.Root, export.Name);
            await File.WriteAllBytesAsync(path + ".part", export.Bytes, ct);
            File.Move(path + ".part", path, overwrite: true);
        }

        await new DemoAccounts(services, folder, ct).Write();
    }
}
