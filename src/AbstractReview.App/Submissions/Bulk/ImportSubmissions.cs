using System.Security.Cryptography;
using System.Text;
using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Call;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using AbstractReview.Domain.Submissions;
using MediatR;

namespace AbstractReview.App.Submissions.Bulk;

/// <summary>
/// Takes a file of submissions, all or nothing: CSV, Indico's abstracts.json or HotCRP's paper JSON, told by its content. Who handed one in gets an
/// account without a password where there is none. Nobody is mailed. A dry run only says what would be done.
/// </summary>
public sealed record ImportSubmissions(string Text, bool DryRun, Actor By) : ILongCommand<ImportReport>;

/// <param name="Rows">What each would become, or has become.</param>
/// <param name="Errors">What is wrong, by place in the file; where there is any, nothing is taken.</param>
/// <param name="Done">Whether it was done.</param>
public sealed record ImportReport(IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> Errors, bool Done);

/// <param name="Place">Where it stands in the file.</param>
/// <param name="Number">The number it got; null on a dry run.</param>
/// <param name="Title">Its title.</param>
/// <param name="AreaCode">Its area.</param>
/// <param name="State">What it is here.</param>
/// <param name="Owner">Whose account it comes under.</param>
/// <param name="Warnings">What it lacks of what the call asks for, and what was understood with a doubt.</param>
public sealed record ImportRow(string Place, int? Number, string Title, string AreaCode, SubmissionState State, string Owner, IReadOnlyList<string> Warnings);

internal sealed class ImportSubmissionsHandler(Db db, ConferenceReader conferences, SubmissionStore store, PersonStore people, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ImportSubmissions, ImportReport>
{
    public async Task<ImportReport> Handle(ImportSubmissions command, CancellationToken ct)
    {
        Access.Require(Access.MayMoveSubmissions(command.By), "import submissions");
        var conference = await conferences.Current(ct);
        IReadOnlyList<BulkSubmission> read;
        try
        {
            read = BulkFiles.Read(command.Text, conference);
        }
        catch (RuleBrokenException refusal)
        {
            return new ImportReport([], [.. refusal.Errors.Select(e => e.Message)], false);
        }

        var known = (await db.All<KnownRow>(ReadKnown, null, ct)).ToLookup(k => k.ContentHash, k => k.Number);
        var checkedRows = ImportCheck.Check(read, conference, known);
        var errors = read.Count == 0 ? ["There is no submission in the file."] : checkedRows.SelectMany(r => r.Errors).ToList();
        if (errors.Count > 0 || command.DryRun) return new ImportReport([.. checkedRows.Select(r => r.Row(null))], errors, false);
        var now = clock.GetUtcNow();
        var rows = new List<ImportRow>();
        foreach (var row in checkedRows) rows.Add(row.Row(await Store(row, command.By, now, ct)));
        await audit.Write(command.By, "submissions.imported", "submissions", "file", null, new { rows.Count, sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command.Text))) }, ct);
        return new ImportReport(rows, [], true);
    }

    private async Task<int> Store(CheckedRow row, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var (content, handedIn) = (row.Content, row.Source.State != SubmissionState.Draft);
        var owner = await Owner(row, ct);
        var draft = SaveDraftHandler.New(await db.Next("Submission", ct), content, Actor.Person(owner, row.Owner, [Role.Author]), now);
        var (revised, json) = HandingIn.Revise(draft, content, now);
        var stored = !handedIn ? draft : revised with { State = row.Source.State, SubmittedAt = row.Source.SubmittedAt is { } at && at < now ? at : now };
        await store.Insert(stored, ct);
        if (handedIn) await db.Run(InsertRevision, new { stored.Number, now, by.PersonId, json, stored.ContentHash }, ct);
        if (stored.State == SubmissionState.Withdrawn) await db.Run(Withdraw, new { stored.Number, now }, ct);
        if (stored.State == SubmissionState.Submitted)
            foreach (var kind in row.Forms) await db.Run(InsertForm, new { stored.Number, kind, now }, ct);
        await audit.Write(by, "submission.imported", "submission", stored.Number, null, new { row.Source.Place, row.Source.SourceId, stored.State, stored.ContentHash }, ct);
        return stored.Number;
    }

    // Nobody signs in to it before its owner has set a password by the forgotten-password mail, which proves the address.
    private async Task<int> Owner(CheckedRow row, CancellationToken ct)
    {
        if (await people.FindByEmailAsync(MailAddress.Normalise(row.Owner), ct) is { } known) return known.Id;
        var author = row.Content.Authors.FirstOrDefault(a => MailAddress.Normalise(a.Email) == MailAddress.Normalise(row.Owner));
        var person = new Person
        {
            Email = row.Owner, NormalisedEmail = MailAddress.Normalise(row.Owner), EmailConfirmed = true, GivenName = author?.GivenName ?? "", FamilyName = author?.FamilyName ?? "",
            Affiliation = author?.Affiliation ?? "", Country = author?.Country ?? "", Orcid = author?.Orcid, SecurityStamp = Stamps.New(),
        };
        await people.CreateAsync(person, ct);
        return person.Id;
    }

    private sealed record KnownRow
    {
        public required int Number { get; init; }
        public required string ContentHash { get; init; }
    }

    private const string ReadKnown = "select Number, ContentHash from Submission where ContentHash <> ''";

    private const string InsertRevision = """
        insert into Revision (SubmissionNumber, Revision, At, ById, Content, ContentHash)
        values (@Number, 1, @now, @PersonId, @json, @ContentHash)
        """;

    private const string Withdraw = "update Submission set WithdrawnAt = @now, WithdrawReason = 'Withdrawn where it came from' where Number = @Number";

    private const string InsertForm = """
        insert into OfficialForm (SubmissionNumber, Kind, State, Note, ChangedAt, Version)
        values (@Number, @kind, 'Missing', '', @now, 1)
        """;
}

/// <summary>A row of the file with what is wrong with it and what is only missing.</summary>
internal sealed record CheckedRow(BulkSubmission Source, SubmissionContent Content, string Owner, IReadOnlyList<string> Forms, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings)
{
    public ImportRow Row(int? number) => new(Source.Place, number, Content.Title, Content.AreaCode, Source.State, Owner, Warnings);
}

/// <summary>
/// What is wrong in a row refuses the file: what no draft may hold, no title, no area, no author with an address, a text that is here already. What the
/// call asks for and the other program did not have, such as countries or a number of words, is only warned of.
/// </summary>
internal static class ImportCheck
{
    public static IReadOnlyList<CheckedRow> Check(IReadOnlyList<BulkSubmission> rows, Conference conference, ILookup<string, int> known)
    {
        var forms = new List<string>();
        if (conference.Forms.FormA != FormDemand.No) forms.Add("A");
        if (conference.Forms.FormB != FormDemand.No) forms.Add("B");
        var seen = new Dictionary<string, string>();
        return [.. rows.Select(row => Check(row, conference, forms, known, seen))];
    }

    private static CheckedRow Check(BulkSubmission row, Conference conference, IReadOnlyList<string> forms, ILookup<string, int> known, Dictionary<string, string> seen)
    {
        var source = row with { State = row.State is SubmissionState.Draft or SubmissionState.Withdrawn ? row.State : SubmissionState.Submitted };
        var content = ContentRules.Tidy(WithRoles(row.Content));
        var owner = row.OwnerEmail.Trim() is { Length: > 0 } named ? named : content.Authors.FirstOrDefault(a => a.Corresponding)?.Email ?? "";
        var draft = ContentRules.CheckDraft(content, conference);
        var errors = draft.Select(e => e.Message).ToList();
        if (content.Title == "") errors.Add("It has no title.");
        if (!MailAddress.IsValid(owner)) errors.Add(owner == "" ? "Nobody in it has an e-mail address." : $"“{owner}” is not an e-mail address.");
        if (source.State != SubmissionState.Draft)
        {
            if (content.AreaCode == "") errors.Add($"It names no area. The areas are {string.Join(", ", conference.Areas.Select(a => a.Code))}.");
            if (content.Authors.Count == 0) errors.Add("It names no author.");
            var hash = HandingIn.Revise(SaveDraftHandler.New(0, content, Actor.Visitor, default), content, default).Next.ContentHash;
            if (known[hash].Any()) errors.Add($"The same text is here already as submission {known[hash].First()}.");
            if (!seen.TryAdd(hash, row.Place)) errors.Add($"The same text stands at {seen[hash]} too.");
        }

        var lacking = source.State == SubmissionState.Submitted ? ContentRules.CheckComplete(content, conference).Except(draft).Select(e => e.Message) : [];
        var place = char.ToUpperInvariant(row.Place[0]) + row.Place[1..];
        return new CheckedRow(source, content, owner, forms, [.. errors.Select(e => $"{place}: {e}")], [.. row.Doubts, .. lacking.Except(errors)]);
    }

    // Exactly one presents and one corresponds: the first who can, where the file does not say.
    private static SubmissionContent WithRoles(SubmissionContent content)
    {
        var authors = content.Authors.ToList();
        var (presents, corresponds) = (Math.Max(0, authors.FindIndex(a => a.Presenting)), authors.FindIndex(a => a.Corresponding));
        if (corresponds < 0) corresponds = Math.Max(0, authors.FindIndex(a => a.Email != ""));
        return content with { Authors = [.. authors.Select((a, i) => a with { Presenting = i == presents, Corresponding = i == corresponds })] };
    }
}
