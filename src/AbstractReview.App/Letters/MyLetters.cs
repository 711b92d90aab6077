using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using AbstractReview.Domain.Letters;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>The letters that are addressed to the person, and those they may ask for.</summary>
public sealed record ReadMyLetters(Actor By) : IQuery<MyLetters>;

/// <param name="Letters">The newest first.</param>
/// <param name="MayAskFor">What they may ask for now.</param>
public sealed record MyLetters(IReadOnlyList<MyLetter> Letters, IReadOnlyList<AskableLetter> MayAskFor);

/// <summary>A letter of one's own.</summary>
public sealed record MyLetter
{
    public required int Id { get; init; }
    public required LetterKind Kind { get; init; }
    public required int? Number { get; init; }

    /// <summary>It is written and can be read.</summary>
    public required bool IsWritten { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <param name="Kind">ReviewCertificate, Visa or PresentationCertificate.</param>
/// <param name="Number">The submission; null for a certificate of review.</param>
/// <param name="About">The submission's title, or the reviews, in words.</param>
public sealed record AskableLetter(LetterKind Kind, int? Number, string About);

/// <summary>A person asks for a letter to themselves. Asking twice for the same changes nothing. Answers the letter's id.</summary>
/// <param name="Kind">ReviewCertificate, Visa or PresentationCertificate.</param>
/// <param name="Number">The submission it is about; null for a certificate of review.</param>
/// <param name="Passport">For a visa: what the letter says of the traveller; it is kept until the letter is written, then only in the letter and its mail, and these until <see cref="ForgetPassports.Days"/> days after the conference.</param>
/// <param name="By">Who asks.</param>
public sealed record AskForLetter(LetterKind Kind, int? Number, Passport? Passport, Actor By) : ICommand<int>;

/// <summary>What a consulate wants to read. All but the name may be left out.</summary>
public sealed record Passport
{
    public string Name { get; init; } = "";
    public string Number { get; init; } = "";
    public string Nationality { get; init; } = "";
    public DateOnly? BirthDate { get; init; }
}

internal sealed class MyLettersHandler(Db db, PersonStore people, Relations relations, LetterQueue queue, LetterOrders orders, ReviewersWithReviews reviewers, AuditLog audit, TimeProvider clock)
    : IRequestHandler<ReadMyLetters, MyLetters>, IRequestHandler<AskForLetter, int>
{
    public async Task<MyLetters> Handle(ReadMyLetters query, CancellationToken ct)
    {
        var me = await people.Own(query.By, ct);
        var letters = await db.All<MyLetter>(ReadMine, new { me.Id }, ct);
        var askable = new List<AskableLetter>();
        if (letters.All(l => l.Kind != LetterKind.ReviewCertificate) && await reviewers.Of(me.Id, ct) is { } reviewer)
            askable.Add(new AskableLetter(LetterKind.ReviewCertificate, null, $"{reviewer.Reviews} {(reviewer.Reviews == 1 ? "review" : "reviews")} handed in"));
        foreach (var number in await db.All<int>(ReadAuthored, new { me.Id }, ct))
            foreach (var kind in new[] { LetterKind.Visa, LetterKind.PresentationCertificate })
                if (letters.All(l => l.Kind != kind || l.Number != number) && await orders.About(number, ct) is { } about && await Against(kind, about, me, ct) is null)
                    askable.Add(new AskableLetter(kind, number, about.Title));
        return new MyLetters(letters, askable);
    }

    public async Task<int> Handle(AskForLetter command, CancellationToken ct)
    {
        if (!command.Kind.MayBeAskedFor()) throw new RuleBrokenException("kind", "This letter is not asked for: the committee sends it.");
        var me = await people.Own(command.By, ct);
        var order = command.Kind == LetterKind.ReviewCertificate ? await Reviewed(me, ct) : await Authored(command, me, ct);
        if (await queue.Order(order with { IssuedById = me.Id }, ct))
            await audit.Write(command.By, "letter.askedFor", "letterKind", command.Kind.ToString(), null, new { command.Number }, ct);
        return await db.One<int>(FindByKey, new { order.Key }, ct);
    }

    private async Task<LetterOrder> Reviewed(Person me, CancellationToken ct)
        => await reviewers.Of(me.Id, ct) is { } reviewer
            ? LetterOrders.Reviewer(reviewer, LetterKind.ReviewCertificate)
            : throw new RuleBrokenException("A certificate of review is for who handed in a review.");

    private async Task<LetterOrder> Authored(AskForLetter command, Person me, CancellationToken ct)
    {
        var number = command.Number ?? throw new RuleBrokenException("number", "Say which submission the letter is about.");
        await relations.RequireSeen(number, command.By, ct);
        var about = (await orders.About(number, ct))!;
        if (await Against(command.Kind, about, me, ct) is { } against) throw new RuleBrokenException(against);
        var author = about.Authors.First(a => a.NormalisedEmail == me.NormalisedEmail);
        var order = await orders.Participation(about, author, command.Kind, ct);
        return command.Kind == LetterKind.Visa ? WithPassport(order, command.Passport ?? new Passport()) : order;
    }

    private async Task<string?> Against(LetterKind kind, SubmissionLetterFacts about, Person me, CancellationToken ct)
    {
        if (about.Authors.FirstOrDefault(a => a.NormalisedEmail == me.NormalisedEmail) is not { } author) return "This letter is for an author of the submission.";
        if (kind == LetterKind.PresentationCertificate && !author.Presenting) return "The certificate is for the author who presented.";
        return kind.Against(about.State, about.Decision, kind == LetterKind.PresentationCertificate ? await orders.PresentedAt(about.Number, ct) : null, clock.GetUtcNow());
    }

    private static LetterOrder WithPassport(LetterOrder order, Passport passport)
    {
        var errors = new List<FieldError>();
        var name = Line("passport.name", passport.Name, 200);
        if (name == "") errors.Add(new FieldError("passport.name", "Write your name as it stands in your passport."));
        var (number, nationality) = (Line("passport.number", passport.Number, 40), Line("passport.nationality", passport.Nationality, 100));
        if (errors.Count > 0) throw new RuleBrokenException(errors);
        return order with
        {
            Fields = new Dictionary<string, string>(order.Fields)
            {
                ["passportName"] = name, ["passportNumber"] = number, ["nationality"] = nationality, ["birthDate"] = passport.BirthDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
            },
        };

        string Line(string field, string text, int most)
        {
            var line = text.Trim();
            if (line.Length > most || line.Any(char.IsControl)) errors.Add(new FieldError(field, $"At most {most} characters on one line."));
            return line;
        }
    }

    private const string ReadMine = """
        select l.Id, l.Kind, l.SubmissionNumber as Number, case when l.PdfSha256 is null then 0 else 1 end as IsWritten, l.CreatedAt
        from Letter l
        join Outbox o on o.LetterId = l.Id
        join Person p on p.Id = @Id and p.EmailConfirmed = 1 and p.NormalisedEmail in (lower(l.ToEmail), lower(o.ToEmail))
        where l.State not in ('Superseded', 'Erased')
        order by l.Id desc
        """;

    private const string ReadAuthored = """
        select a.SubmissionNumber
        from Author a
        join Person p on p.NormalisedEmail = a.NormalisedEmail
        join Submission s on s.Number = a.SubmissionNumber
        where p.Id = @Id and p.EmailConfirmed = 1 and s.State in ('Notified', 'Confirmed')
        order by a.SubmissionNumber
        """;

    private const string FindByKey = "select Id from Letter where LetterKey = @Key";
}
