namespace AbstractReview.App.Jobs;

/// <summary>Wakes a job soon after a commit. Losing a ring loses nothing: the timetable finds the same rows later.</summary>
public interface IAlarm
{
    void Ring(string job);
}

/// <summary>The jobs that can be rung for, by name.</summary>
public static class Alarms
{
    public const string Mail = "mail";
    public const string Letters = "letters";
    public const string Scores = "scores";
    public const string LongWork = "long-work";
    public const string Reroute = "reroute";
    public const string Duplicates = "duplicates";
    public const string Receipts = "receipts";
    public const string FormReminders = "form-reminders";
    public const string Remind = "remind";
    public const string Digests = "digests";
    public const string Answers = "answers";
    public const string Passports = "passports";
}

/// <summary>No one wakes up: for tests and for the command line, which run jobs themselves.</summary>
public sealed class SilentAlarm : IAlarm
{
    public void Ring(string job) { }
}
