using System.Text;
using AbstractReview.App.Programme;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Decisions;
using AbstractReview.Domain.Programmes;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace AbstractReview.App.Tests.Programme;

public class ChairSheetTests
{
    [Test]
    public async Task A_chair_introduces_speakers_by_what_they_wrote_of_themselves_and_nobody_else_reads_it()
    {
        await using var conf = await TestConference.Open();
        var chair = await conf.Person(Role.Chair);
        await conf.Accept(1, "TA1", DecisionKind.Oral);
        await using (var scope = conf.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Db>().Transaction(() => scope.ServiceProvider.GetRequiredService<Db>().Run(
                "insert into Preparation (SubmissionNumber, Biography, Consent, ChangedAt, Version) values (1, 'Climbs mountains.', 1, '2019-02-01T00:00:00Z', 1)", null, default), default);
        await conf.Send(new EditProgramme(new ProgrammeEdit { Kind = EditKind.Place, Number = 1, Session = "S-TA1" }, null, chair));
        await conf.Send(new ReleaseProgramme(chair));

        using var sheet = PdfDocument.Open((await conf.Send(new ExportProgramme(ProgrammeFormat.ChairSheets, chair))).Bytes);
        Assert.That(string.Concat(sheet.GetPages().Select(p => p.Text)), Does.Contain("Climbs mountains."));
        var release = await conf.Send(new ReadRelease(null, Actor.Visitor));
        Assert.That(release.Programme.Sessions.SelectMany(s => s.Slots).Single(x => x.Number == 1).Biography, Is.Empty);
        foreach (var format in new[] { ProgrammeFormat.Json, ProgrammeFormat.Xml, ProgrammeFormat.Csv, ProgrammeFormat.Ics, ProgrammeFormat.Html, ProgrammeFormat.Signs, ProgrammeFormat.Badges })
            Assert.That(Encoding.UTF8.GetString((await conf.Send(new ExportProgramme(format, chair))).Bytes), Does.Not.Contain("mountains"), $"{format}");
    }
}
