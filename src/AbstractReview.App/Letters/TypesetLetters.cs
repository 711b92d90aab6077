using System.Globalization;
using AbstractReview.App.Call;
using AbstractReview.App.Jobs;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>
/// Writes every ordered letter: its files first, then letter and mail in one transaction, so that a kill at any point
/// leaves the letter ordered and the next run writes the same bytes. Answers how many were written.
/// </summary>
[Timetable(Alarms.Letters, "* * * * *")]
public sealed record TypesetLetters : IRequest<int>;

internal sealed class TypesetLettersHandler(Db db, ConferenceReader conferences, LetterWriter writer, IFiles files, LetterFolder folder, IAlarm alarm, TimeProvider clock)
    : IRequestHandler<TypesetLetters, int>
{
    private const int Batch = 64;

    public async Task<int> Handle(TypesetLetters request, CancellationToken ct)
    {
        if (await conferences.TryCurrent(ct) is not { } conference) return 0;
        var look = await writer.Look(ct);
        var written = 0;
        while (await db.All<LetterRow>(Queued, new { take = Batch }, ct) is { Count: > 0 } letters)
        {
            var templates = new Dictionary<string, Templates>();
            foreach (var kind in letters.Select(l => l.Kind).Distinct()) templates[kind] = await Read(kind, look, ct);
            var results = letters.AsParallel().AsOrdered().WithCancellation(ct).Select(l => Write(l, templates[l.Kind], look, conference)).ToList();
            await Parallel.ForEachAsync(results, ct, Keep);
            await Show(results, ct);
            written += await db.LongTransaction(() => Mark(results, ct), ct);
        }

        return written;
    }

    private async Task<Templates> Read(string kind, LetterLook look, CancellationToken ct)
    {
        try
        {
            var found = await writer.Templates(kind, look, ct);
            return found.Count > 0 ? new Templates(found, null) : new Templates([], $"There is no template for letters of the kind {kind}.");
        }
        catch (RuleBrokenException wrong)
        {
            return new Templates([], wrong.Message);
        }
    }

    private Result Write(LetterRow letter, Templates templates, LetterLook look, Conference conference)
    {
        if (templates.Error is { } error) return new Result(letter, null, error);
        try
        {
            return new Result(letter, writer.Write(letter, templates.Found, look, conference), null) { Names = LetterWriter.Names(letter.Kind, templates.Found) };
        }
        catch (Exception failure) when (failure is RuleBrokenException or InvalidDataException or ArgumentException or InvalidOperationException)
        {
            return new Result(letter, null, failure.Message);
        }
    }

    // On disk before anything names it; disks take several at once.
    private async ValueTask Keep(Result result, CancellationToken ct)
    {
        if (result.Written is { } letter) result.PdfSha256 = await files.Put(letter.Pdf, ct);
    }

    // The newest letter of a kind keeps the name. A passport is not laid out for all who read the folder.
    private Task Show(IEnumerable<Result> results, CancellationToken ct)
    {
        var shown = results.Where(r => r.Written is not null && r.Letter.KnownKind != LetterKind.Visa).GroupBy(r => r.Letter.FileName).Select(g => g.Last());
        return Parallel.ForEachAsync(shown, ct, (result, _) =>
        {
            folder.Put(result.Letter.FileName, result.Written!.Pdf);
            return ValueTask.CompletedTask;
        });
    }

    private async Task<int> Mark(IReadOnlyList<Result> results, CancellationToken ct)
    {
        var (now, written) = (clock.GetUtcNow(), 0);
        foreach (var result in results)
        {
            var id = result.Letter.Id;
            if (result.Written is not { } letter)
            {
                await db.Run(Fail, new { id, result.Error }, ct);
                continue;
            }

            // Superseded meanwhile, or typeset by another node: its mail is not ours to release.
            if (await db.Run(Typeset, new { id, result.PdfSha256, result.Names, now }, ct) == 0) continue;
            written += await db.Run(Release, new { id, letter.Subject, letter.Text, letter.Html, now }, ct);
        }

        if (written > 0) db.AfterCommit(() => alarm.Ring(Alarms.Mail));
        return written;
    }

    private sealed record Templates(IReadOnlyList<StandingTemplate> Found, string? Error);

    private sealed record Result(LetterRow Letter, WrittenLetter? Written, string? Error)
    {
        public string? PdfSha256 { get; set; }
        public string? Names { get; init; }
    }

    // Who receives it, as author of the submission, by their account, or as they were invited.
    private const string Queued = """
        select l.Id, l.LetterKey, l.SubmissionNumber, l.DecisionVersion, l.Kind, l.ToEmail, l.ToName, l.Fields, l.CreatedAt,
               coalesce(a.Affiliation, p.Affiliation, i.Affiliation) as Affiliation, coalesce(a.Country, p.Country, i.Country) as Country
        from Letter l
        join Outbox o on o.LetterId = l.Id
        left join Author a on a.SubmissionNumber = l.SubmissionNumber and a.Email = l.ToEmail
        left join Person p on p.Email = l.ToEmail
        left join Invitation i on i.Email = l.ToEmail
        where l.State = 'Queued'
        order by l.Id
        offset 0 rows fetch next @take rows only
        """;

    private const string Fail = "update Letter set State = 'Failed', Error = @Error where Id = @id and State = 'Queued'";

    // What was told of a passport stands in the letter and its mail, and nowhere else.
    private const string Typeset = """
        update Letter
        set State = 'Typeset', PdfSha256 = @PdfSha256, Templates = @Names, TypesetAt = @now, Error = null,
            Fields = case when Kind = 'Visa' then '{}' else Fields end
        where Id = @id and State = 'Queued'
        """;

    private const string Release = """
        update Outbox
        set State = 'Waiting', Subject = @Subject, BodyText = @Text, BodyHtml = @Html, NextAttemptAt = @now
        where LetterId = @id and State = 'Held'
        """;
}

/// <summary>The copies for people, in the data folder's <c>letters</c>: the newest letter of a kind under one name.</summary>
public sealed class LetterFolder(DataFolder data)
{
    public void Put(string name, byte[] pdf)
    {
        Directory.CreateDirectory(data.Letters);
        var half = Path.Combine(data.Letters, $".{name}.{Guid.NewGuid():n}.part");
        File.WriteAllBytes(half, pdf);
        File.Move(half, Path.Combine(data.Letters, name), overwrite: true);
    }

    /// <summary>Takes copies away; one that is not there is no matter.</summary>
    public void Remove(IEnumerable<string> names)
    {
        if (!Directory.Exists(data.Letters)) return;
        foreach (var name in names) File.Delete(Path.Combine(data.Letters, name));
    }

    /// <summary>Such as <c>AR-42-oral.pdf</c> for a decision, <c>L-17-thanks.pdf</c> for any other letter.</summary>
    public static string NameOf(int id, string kind, int? number)
        => number is not null && Enum.TryParse<LetterKind>(kind, out var known) && known.TellsDecision()
            ? string.Create(CultureInfo.InvariantCulture, $"AR-{number}-{kind.ToLowerInvariant()}.pdf")
            : string.Create(CultureInfo.InvariantCulture, $"L-{id}-{kind.ToLowerInvariant()}.pdf");
}
