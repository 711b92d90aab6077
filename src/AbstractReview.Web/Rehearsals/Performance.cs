using System.Net;
using MimeKit;

namespace AbstractReview.Web.Rehearsals;

/// <summary>What one player got to see after one act.</summary>
/// <param name="Phase">The act.</param>
/// <param name="Viewer">The player's key.</param>
/// <param name="Answers">Every answer, and the mails that came with the act.</param>
/// <param name="Blinds">Who might see what then.</param>
internal sealed record Scene(string Phase, string Viewer, IReadOnlyList<Answer> Answers, Blinds Blinds);

/// <summary>Plays the story on a stage of its own and lets players walk after each act.</summary>
/// <param name="stage">Its stage.</param>
/// <param name="searches">Words that every list is searched for.</param>
internal sealed class Performance(RehearsalStage stage, IReadOnlyList<string> searches) : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Phases = ["handed in", "under review", "decided", "letters out"];

    private readonly RehearsalStory _story = new(stage);
    private readonly Walk _walk = new(stage, Door.All(stage.Services), searches);
    private readonly HashSet<string> _mailsRead = [];

    public RehearsalCast Cast => stage.Cast;
    public int Mails => _mailsRead.Count;
    public IReadOnlyList<Door> Doors { get; } = Door.All(stage.Services);
    public ILookup<int, string> Reviewers => _story.Reviewers;

    /// <summary>Everything planted so far.</summary>
    public IEnumerable<Canary> Canaries => Cast.Players.SelectMany(p => p.Canaries).Concat(_story.Texts);

    /// <summary>One reviewer of each sort that an anonymity rule knows.</summary>
    public IEnumerable<string> SomeReviewers => stage.Cast.Reviewers.Select(r => r.Key)
        .GroupBy(r => (Reviewers[1].Contains(r), Reviewers[2].Contains(r), r == _story.InConflict)).Select(g => g.First());

    /// <summary>The acts in order; after each, the scenes of whom <paramref name="viewers"/> names.</summary>
    public async IAsyncEnumerable<Scene> Play(Func<Performance, IEnumerable<string>> viewers, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        Func<CancellationToken, Task>[] acts = [_story.HandIn, _story.Review, _story.Decide, _story.Publish];
        foreach (var (i, act) in acts.Index())
        {
            await act(ct);
            var blinds = new Blinds(Cast, stage.Conference.Review.Blind, Reviewers, _story.InConflict, _story.Answering, published: i == acts.Length - 1);
            var mails = await NewMails(ct);
            foreach (var viewer in viewers(this).ToList())
                yield return new Scene(Phases[i], viewer, [.. await _walk.As(viewer, ct), .. mails[viewer]], blinds);
        }
    }

    public ValueTask DisposeAsync()
    {
        _walk.Dispose();
        return stage.DisposeAsync();
    }

    private async Task<ILookup<string, Answer>> NewMails(CancellationToken ct)
    {
        var mails = new List<(string, Answer)>();
        foreach (var file in Directory.EnumerateFiles(stage.Folder.Mail, "*.eml").Order(StringComparer.Ordinal).Where(_mailsRead.Add))
        {
            using var mail = await MimeMessage.LoadAsync(file, ct);
            var text = string.Join('\n', mail.Headers.Where(h => h.Field is not ("Message-Id" or "Date")).Select(h => $"{h.Field}: {h.Value}").Concat(mail.BodyParts.OfType<MimePart>().Select(Text)));
            foreach (var to in mail.To.Concat(mail.Cc).Concat(mail.Bcc).OfType<MailboxAddress>())
                if (Cast.Players.FirstOrDefault(p => p.Email == to.Address) is { } player) mails.Add((player.Key, new Answer($"mail “{mail.Subject}”", HttpStatusCode.OK, text)));
        }

        return mails.ToLookup(m => m.Item1, m => m.Item2);
    }

    private static string Text(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content?.DecodeTo(content);
        return $"{part.FileName}\n{PlainText.Of(content.ToArray())}";
    }
}
