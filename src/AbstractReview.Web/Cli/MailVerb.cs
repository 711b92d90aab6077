using System.CommandLine;
using AbstractReview.App.Jobs;
using AbstractReview.App.Mailing;
using AbstractReview.App.Submissions;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>mail send</c>: hands over what waits, without serving. <c>mail bounce FILE…</c>: reads delivery status notifications.</summary>
internal static class MailVerb
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static Command Create() => new("mail", "Sends mail and looks after mail that was sent.") { CreateSend(), CreateBounce() };

    private static Command CreateSend()
    {
        var data = CommandLine.Data();
        var untilEmpty = new Option<bool>("--until-empty") { Description = "Goes on until nothing waits for another try." };
        var verb = new Command("send", "Hands over the mail that waits. Exit code 1 when some was refused for good.") { untilEmpty, data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await Send(app, new ReleaseDeadClaims(), ct);
            // A receipt's mails wait for its page, which the server may not have come to.
            await Send(app, new TypesetReceipts(), ct);
            var (sent, counts) = await Run(app, parsed.GetValue(untilEmpty), ct);
            Console.WriteLine($"{sent} sent, {counts.Waiting} waiting, {counts.Failed} failed.");
            return counts.Failed == 0 ? 0 : 1;
        });
        return verb;
    }

    // While no server is there it is asked less and less often; a mail's own pause is kept in any case.
    private static async Task<(int Sent, MailCounts Counts)> Run(WebApplication app, bool untilEmpty, CancellationToken ct)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        for (int sent = 0, idle = 0; ;)
        {
            var now = await Send(app, new SendWaitingMail(), ct);
            var counts = await Send(app, new CountMail(Actor.Timetable), ct);
            sent += now;
            if (!untilEmpty || counts.Waiting == 0) return (sent, counts);
            idle = now > 0 ? 0 : Math.Min(idle + 1, 10);
            var pause = (counts.NextAt ?? clock.GetUtcNow()) - clock.GetUtcNow();
            var least = idle < 2 ? Shortest : Shortest * Math.Pow(2, idle - 1);
            await Task.Delay(pause < least ? least : pause > Longest ? Longest : pause, ct);
        }
    }

    private static Command CreateBounce()
    {
        var data = CommandLine.Data();
        var files = new Argument<FileInfo[]>("files") { Description = "Delivery status notifications as .eml files.", Arity = ArgumentArity.OneOrMore };
        var bounce = new Command("bounce", "Marks the mails that these notifications say were not delivered.") { files, data };
        bounce.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            foreach (var file in parsed.GetValue(files)!)
            {
                var mail = await Send(app, new ReadBounce(await File.ReadAllBytesAsync(file.FullName, ct), Actor.Timetable), ct);
                Console.WriteLine(mail is { } id ? $"{file.Name}: mail {id} bounced." : $"{file.Name}: tells of no failed mail of ours.");
            }

            return 0;
        });
        return bounce;
    }

    private static async Task<T> Send<T>(WebApplication app, IRequest<T> request, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
