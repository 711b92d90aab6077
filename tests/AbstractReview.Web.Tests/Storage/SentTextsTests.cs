using AbstractReview.App.Audit;
using AbstractReview.App.Jobs;
using AbstractReview.App.Leaving;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Web.Tests.Access;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Storage;

/// <summary>What is composed while the program runs is held to SQL Server's grammar, schema and rules as the constants are; see also the fuzz test, which tries every filter and order of a list.</summary>
public sealed class SentTextsTests
{
    [Test]
    public async Task Everything_sent_by_export_import_erasure_check_and_jobs_holds_on_SQL_Server()
    {
        var sent = new SentTexts();
        await using var matrix = await MatrixSite.Open(sent);
        var (secretariat, author) = (await matrix.Site.Person([Role.Secretariat]), await matrix.Site.Person([Role.Author]));
        var export = Path.Combine(matrix.Site.Folder.Root, "export");
        await matrix.Site.Send(new ExportConference(export, Actor.Timetable));
        await matrix.Site.Send(new ExportPerson(author.PersonId, secretariat));
        await matrix.Site.Send(new ErasePerson(author.PersonId, secretariat));
        await Import(export, sent);
        await matrix.Site.Send(new CheckInvariants());
        foreach (var job in Timetable.Jobs.Values) await matrix.Site.Send(job.Create());

        Assert.That(sent.Texts.Where(t => t.StartsWith("select * from Person order by", StringComparison.Ordinal) || t.StartsWith("delete from Person", StringComparison.Ordinal) || t.StartsWith("update Author set NormalisedEmail = replace", StringComparison.Ordinal)).Count(), Is.GreaterThanOrEqualTo(3));
        Assert.That(sent.Faults(), Is.Empty);
    }

    private static async Task Import(string export, SentTexts sent)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-import-").FullName);
        await using (var app = Server.Build(folder, adjust: builder => sent.Listen(builder, folder)))
        {
            await app.Services.GetRequiredService<Migrations>().Apply(default);
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ImportExported(export, Actor.Timetable));
        }

        Directory.Delete(folder.Root, recursive: true);
    }

    [Test]
    public void A_composed_text_that_SQL_Server_would_refuse_is_found()
    {
        Assert.That(AbstractReview.App.Tests.Storage.SqlServerRules.Faults("select Title from Submission order by Nothing"), Is.EqualTo(new[] { "no column Nothing here" }));
    }
}
