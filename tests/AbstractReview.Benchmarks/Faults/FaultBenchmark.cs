using System.Globalization;

namespace AbstractReview.Benchmarks.Faults;

/// <summary><c>-- faults [kill|disk|read-only|locked|clock|attachment|smtp …]</c>: each fault for real on this machine, all of them unless named.</summary>
internal static class FaultBenchmark
{
    private static readonly Dictionary<string, Func<Task>> Faults = new()
    {
        ["kill"] = KilledWork.Run, ["disk"] = BrokenWorld.FullDisk, ["read-only"] = BrokenWorld.ReadOnly, ["locked"] = () => BrokenWorld.Locked(30), ["clock"] = BrokenWorld.Clock,
        ["attachment"] = BrokenWorld.Attachment, ["smtp"] = BrokenWorld.NoMailServer,
    };

    public static async Task Run(string[] names)
    {
        foreach (var name in names.Length > 0 ? names : [.. Faults.Keys])
            if (Faults.TryGetValue(name, out var fault)) await fault();
            else Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"There is no fault {name}; there are {string.Join(", ", Faults.Keys)}."));
    }
}
