using System.CommandLine;
using AbstractReview.App.Letters;
using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using MediatR;

namespace AbstractReview.Web.Cli;

/// <summary><c>letters</c>: typesets and sends what waits, now.</summary>
internal static class LettersVerb
{
    public static Command Create()
    {
        var data = CommandLine.Data();
        var verb = new Command("letters", "Typesets every ordered letter and sends what waits.") { data };
        verb.SetAction(async (parsed, ct) =>
        {
            await using var app = await CommandLine.Offline(parsed.Folder(data), ct);
            await Steps.Run(async start =>
            {
                await Step(app, start, "Letters typeset", new TypesetLetters(), ct);
                await Step(app, start, "Mails sent", new SendWaitingMail(), ct);
            });
            var trouble = await Send(app, new ListLetters("trouble", null, 500, Actor.Timetable), ct);
            foreach (var letter in trouble.Items) await Console.Error.WriteLineAsync($"Letter {letter.Id} to {letter.ToEmail}: {letter.Error}");
            return trouble.Items.Count == 0 ? 0 : 1;
        });
        return verb;
    }

    private static async Task Step(WebApplication app, Func<string, int, Steps.Step> start, string words, IRequest<int> request, CancellationToken ct)
    {
        var step = start(words, 0);
        var done = await Send(app, request, ct);
        step.Set(done, done);
        step.Dispose();
    }

    private static async Task<T> Send<T>(WebApplication app, IRequest<T> request, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
