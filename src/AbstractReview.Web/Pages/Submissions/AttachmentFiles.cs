using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Pages.Submissions;

/// <summary>The files of a submission as its form sends them: a new one for each of the two places, and whether what is there goes.</summary>
public sealed class AttachmentFiles
{
    /// <summary>Two of the largest files a call may allow, and the text, in bytes: each limit of the call gives its own answer below it.</summary>
    public const long LargestForm = 104L * 1024 * 1024;

    public IFormFile? First { get; set; }
    public IFormFile? Second { get; set; }
    public bool RemoveFirst { get; set; }
    public bool RemoveSecond { get; set; }

    /// <summary>Whether a file came with the form.</summary>
    public bool Chosen => First is not null || Second is not null;

    /// <exception cref="RuleBrokenException">A file was not taken; the field is <c>file1</c> or <c>file2</c>.</exception>
    public async Task Keep(int number, IMediator mediator, Actor by, CancellationToken ct)
    {
        await Keep(number, 1, First, RemoveFirst, mediator, by, ct);
        await Keep(number, 2, Second, RemoveSecond, mediator, by, ct);
    }

    /// <summary>The input of a file's field; null for other fields.</summary>
    public static string? FieldOf(string field) => field switch { "file1" => "Files.First", "file2" => "Files.Second", _ => null };

    /// <summary>Whatever was sent as the body of a file.</summary>
    internal static async Task<byte[]> Bytes(IFormFile file, CancellationToken ct)
    {
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    private static async Task Keep(int number, int position, IFormFile? file, bool remove, IMediator mediator, Actor by, CancellationToken ct)
    {
        if (file is null && !remove) return;
        try
        {
            if (file is not null) await mediator.Send(new PutAttachment(number, position, file.FileName, await Bytes(file, ct), by), ct);
            else await mediator.Send(new RemoveAttachment(number, position, by), ct);
        }
        catch (RuleBrokenException refusal) when (refusal.Errors.Any(e => e.Field is "file" or "position"))
        {
            throw new RuleBrokenException($"file{position}", refusal.Message);
        }
        catch (NotFoundException) when (file is null)
        {
            // It was removed in another tab already.
        }
    }
}
