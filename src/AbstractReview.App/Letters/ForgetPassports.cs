using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>
/// Once the conference is over nobody needs an invitation for a visa: text and PDF, in which passports stand, are taken out of letters, mails and
/// files. The ledger keeps that there was a letter, to whom, and what became of its mail. Answers how many letters it emptied.
/// </summary>
[Timetable(Alarms.Passports, "41 3 * * *")]
public sealed record ForgetPassports : IRequest<int>
{
    /// <summary>Days after the conference's last day.</summary>
    public const int Days = 30;
}

internal sealed class ForgetPassportsHandler(Db db, ConferenceReader conferences, NamelessFiles files, DataFolder folder, TimeProvider clock) : IRequestHandler<ForgetPassports, int>
{
    public async Task<int> Handle(ForgetPassports request, CancellationToken ct)
    {
        if (await conferences.TryCurrent(ct) is not { } conference) return 0;
        var last = conference.Dates.LastDay.AddDays(ForgetPassports.Days);
        if (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), conference.TimeZone).DateTime) <= last) return 0;
        return await db.Transaction(async () =>
        {
            var named = await db.All<string>(Named, null, ct);
            // Of all of them every night: a kill between commit and deletion, or a mail written out meanwhile, leaves nothing for ever.
            var mails = await db.All<int>(Mails, null, ct);
            await db.Run(EmptyMails, null, ct);
            var emptied = await db.Run(EmptyLetters, null, ct);
            await files.LetGo(named, ct);
            db.AfterCommit(() => FolderTransport.Forget(folder, mails));
            return emptied;
        }, ct);
    }

    private const string Named = "select PdfSha256 from Letter where Kind = 'Visa' and State <> 'Erased' and PdfSha256 is not null";

    private const string Mails = "select o.Id from Outbox o join Letter l on l.Id = o.LetterId where l.Kind = 'Visa'";

    private const string EmptyMails = """
        update Outbox
        set BodyText = 'Removed after the conference.', BodyHtml = null,
            LastError = case when State in ('Waiting', 'Held', 'Sending') then 'The conference is over.' else LastError end,
            State = case when State in ('Waiting', 'Held', 'Sending') then 'Failed' else State end
        where LetterId in (select l.Id from Letter l where l.Kind = 'Visa' and l.State <> 'Erased')
        """;

    private const string EmptyLetters = "update Letter set State = 'Erased', Fields = '{}', PdfSha256 = null where Kind = 'Visa' and State <> 'Erased'";
}
