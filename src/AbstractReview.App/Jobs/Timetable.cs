using MediatR;

namespace AbstractReview.App.Jobs;

/// <summary>Marks a parameterless request as a job: the timetable sends it when rung for and, as a safety net, on its cron. Its answer is how many rows it did.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TimetableAttribute(string job, string cron) : Attribute
{
    public string Job { get; } = job;

    /// <summary>Five-field cron in UTC.</summary>
    public string Cron { get; } = cron;

    /// <summary>A ring waits until the job has rested this many times as long as its last run took; 0 where it is cheap.</summary>
    public int Rest { get; init; }
}

/// <summary>Every job there is, by name.</summary>
public static class Timetable
{
    public static IReadOnlyDictionary<string, Entry> Jobs { get; } = UseCases.Requests
        .Select(t => (Type: t, Mark: (TimetableAttribute?)Attribute.GetCustomAttribute(t, typeof(TimetableAttribute))))
        .Where(x => x.Mark is not null)
        .ToDictionary(x => x.Mark!.Job, x => new Entry(x.Mark!.Job, x.Mark.Cron, x.Mark.Rest, x.Type));

    public sealed record Entry(string Job, string Cron, int Rest, Type Request)
    {
        public IRequest<int> Create() => (IRequest<int>)Activator.CreateInstance(Request)!;
    }
}

/// <summary>How this process names itself in claims.</summary>
public sealed record NodeName(string Value);
