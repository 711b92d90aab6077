using System.Text.RegularExpressions;
using AbstractReview.App.Audit;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.App.Letters;

/// <summary>The look of letters as it is set.</summary>
public sealed record ReadLetterLook(Actor By) : IQuery<LookReading>;

/// <param name="Look">The look.</param>
/// <param name="Version">0 before it was ever set.</param>
public sealed record LookReading(LetterLookSetting Look, int Version);

/// <summary>Sets the look of every letter that is written from now on. Answers the new version.</summary>
/// <param name="Look">The look; its pictures by the SHA-256 of files stored before, else null.</param>
/// <param name="Version">The version that was read; null does not ask.</param>
/// <param name="By">Who sets it.</param>
public sealed record SetLetterLook(LetterLookSetting Look, int? Version, Actor By) : ICommand<int>
{
    /// <summary>New pictures by their place: <c>logo</c>, <c>signature</c>, <c>stamp</c>. PNG or JPEG, at most 1 MB each.</summary>
    public IReadOnlyDictionary<string, byte[]> Pictures { get; init; } = new Dictionary<string, byte[]>();
}

/// <summary>Checks a look and stores its new pictures, without setting it: what a preview needs. Answers the look as it would be set.</summary>
public sealed record TryLetterLook(LetterLookSetting Look, Actor By) : IRequest<LetterLookSetting>
{
    public IReadOnlyDictionary<string, byte[]> Pictures { get; init; } = new Dictionary<string, byte[]>();
}

/// <summary>One of the look's pictures.</summary>
public sealed record ReadLookPicture(string Place, Actor By) : IQuery<LookPicture>;

public sealed record LookPicture(string MediaType, byte[] Bytes);

internal sealed partial class SetLetterLookHandler(LookStore looks, IFiles files, Typesetting.FontLibrary fonts, AuditLog audit)
    : IRequestHandler<ReadLetterLook, LookReading>, IRequestHandler<SetLetterLook, int>, IRequestHandler<TryLetterLook, LetterLookSetting>, IRequestHandler<ReadLookPicture, LookPicture>
{
    private const int MostBytes = 1024 * 1024;
    private const int MostCharacters = 300;

    public async Task<LookReading> Handle(ReadLetterLook query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the look of letters");
        var (look, version) = await looks.Current(ct);
        return new LookReading(look, version);
    }

    public async Task<int> Handle(SetLetterLook command, CancellationToken ct)
    {
        Access.Require(Access.MayEditLetters(command.By), "set the look of letters");
        var (before, version) = await looks.Current(ct);
        if (command.Version is { } seen && seen != version) throw new StaleException("Somebody else set the look meanwhile; look at theirs first.", version);
        var look = await Checked(command.Look, command.Pictures, ct);
        await audit.Write(command.By, "letterLook.set", "setting", "letter-look", before, look, ct);
        return await looks.Save(look, version, ct);
    }

    public Task<LetterLookSetting> Handle(TryLetterLook request, CancellationToken ct)
    {
        Access.Require(Access.MayEditLetters(request.By), "set the look of letters");
        return Checked(request.Look, request.Pictures, ct);
    }

    public async Task<LookPicture> Handle(ReadLookPicture query, CancellationToken ct)
    {
        Access.Require(Access.MaySeeLetters(query.By), "see the look of letters");
        var (look, _) = await looks.Current(ct);
        var sha256 = query.Place switch { "logo" => look.Logo, "signature" => look.Signature, "stamp" => look.Stamp, _ => null };
        return sha256 is not null && await files.Get(sha256, ct) is { } bytes && Sniffing.MediaType(bytes) is { } type
            ? new LookPicture(type, bytes)
            : throw new NotFoundException($"There is no picture “{query.Place}”.");
    }

    private async Task<LetterLookSetting> Checked(LetterLookSetting look, IReadOnlyDictionary<string, byte[]> pictures, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (look.Languages.Count == 0 || look.Languages.Distinct().Count() != look.Languages.Count || !look.Languages.All(Languages.Exists))
            errors.Add(new FieldError("languages", "Choose at least one language, each once."));
        CheckPattern("referenceOfDecision", look.ReferenceOfDecision, ["{number}", "{id}"], errors);
        CheckPattern("referenceOfOthers", look.ReferenceOfOthers, ["{id}"], errors);
        if (look.Signatory.Length > MostCharacters) errors.Add(new FieldError("signatory", $"At most {MostCharacters} characters."));
        foreach (var (language, words) in look.Words)
            foreach (var (name, text) in Each(words))
                if (text.Length > MostCharacters || text.Any(char.IsControl)) errors.Add(new FieldError($"words.{language}.{name}", $"At most {MostCharacters} characters on one line."));
        foreach (var (place, bytes) in pictures) CheckPicture(place, bytes, errors);
        if (errors.Count > 0) throw new RuleBrokenException(errors);
        foreach (var (place, bytes) in pictures)
        {
            var sha256 = await files.Put(bytes, ct);
            look = place switch { "logo" => look with { Logo = sha256 }, "signature" => look with { Signature = sha256 }, _ => look with { Stamp = sha256 } };
        }

        return look;
    }

    // Without the one or the other two letters could bear one reference.
    private static void CheckPattern(string field, string pattern, string[] oneOf, List<FieldError> errors)
    {
        if (pattern.Length is 0 or > 80 || pattern.Any(char.IsControl)) errors.Add(new FieldError(field, "A reference has 1 to 80 characters."));
        else if (Placeholder().Matches(pattern).FirstOrDefault(m => !Known.Contains(m.Value)) is { } unknown) errors.Add(new FieldError(field, $"There is no {unknown.Value}; there are {string.Join(", ", Known)}."));
        else if (!oneOf.Any(o => pattern.Contains(o, StringComparison.Ordinal))) errors.Add(new FieldError(field, $"Put {string.Join(" or ", oneOf)} into it, so that no two letters bear the same reference."));
    }

    private void CheckPicture(string place, byte[] bytes, List<FieldError> errors)
    {
        if (bytes.Length > MostBytes) errors.Add(new FieldError(place, "A picture has at most 1 MB."));
        else if (Sniffing.MediaType(bytes) is not ("image/png" or "image/jpeg")) errors.Add(new FieldError(place, "A picture is a PNG or JPEG file."));
        else if (LookPictures.Fault(bytes, fonts) is { } fault) errors.Add(new FieldError(place, $"This picture cannot be printed: {fault}"));
    }

    private static IEnumerable<(string Name, string Text)> Each(LookWords words) =>
    [
        ("conference", words.Conference), ("organiser", words.Organiser), ("venue", words.Venue), ("city", words.City), ("country", words.Country), ("letterhead", words.Letterhead), ("signatoryTitle", words.SignatoryTitle),
    ];

    private static readonly string[] Known = ["{acronym}", "{year}", "{kind}", "{number}", "{version}", "{id}"];

    [GeneratedRegex(@"\{[^{}]*\}?")]
    private static partial Regex Placeholder();
}

/// <summary>Whether a picture can be printed, found out by printing it.</summary>
internal static class LookPictures
{
    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Fault(byte[] bytes, Typesetting.FontLibrary fonts)
    {
        var page = new Typesetting.Document { Title = "Picture", Created = DateTimeOffset.UnixEpoch, Sections = [new Typesetting.Section { Blocks = [new Typesetting.Image(bytes, "")] }] };
        try
        {
            Typesetting.PdfRenderer.Render(page, fonts, Stream.Null);
            return null;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or ArgumentException or IndexOutOfRangeException or EndOfStreamException or OverflowException)
        {
            return wrong.Message;
        }
    }
}
