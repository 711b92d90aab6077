using Spectre.Console;

namespace AbstractReview.Web.Cli;

/// <summary>Progress for whoever started a verb: bars on a terminal, a line per step otherwise.</summary>
internal static class Steps
{
    /// <summary>Runs the work with a step that it reports to.</summary>
    public static async Task Run(Func<Func<string, int, Step>, Task> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            await work((words, total) => new LineStep(words, total));
            return;
        }

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work((words, total) => new BarStep(context.AddTask(Markup.Escape(words), maxValue: Math.Max(1, total)))));
    }

    internal abstract class Step : IDisposable
    {
        public abstract void Advance(int by = 1);

        /// <summary>The total, once it is known, and how much of it is done.</summary>
        public abstract void Set(int done, int total);

        public abstract void Dispose();
    }

    private sealed class BarStep(ProgressTask task) : Step
    {
        public override void Advance(int by = 1) => task.Increment(by);

        public override void Set(int done, int total)
        {
            task.MaxValue = Math.Max(1, total);
            task.Value = done;
        }

        public override void Dispose() => task.Value = task.MaxValue;
    }

    private sealed class LineStep(string words, int total) : Step
    {
        private readonly bool _counts = total > 1;
        private int _done;
        private int _total = total;

        public override void Advance(int by = 1) => _done += by;

        public override void Set(int done, int total) => (_done, _total) = (done, total);

        public override void Dispose() => Console.WriteLine(_counts ? $"{words}: {_done} of {_total}" : words);
    }
}
