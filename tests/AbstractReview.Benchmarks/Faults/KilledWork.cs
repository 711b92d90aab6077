using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AbstractReview.App.Storage;
using AbstractReview.Web.Tests.Cli;

namespace AbstractReview.Benchmarks.Faults;

/// <summary>
/// <c>-- faults kill</c>: routing, decisions, letters, mail and book while the server is killed (SIGKILL) every few seconds. A chair's program repeats
/// what was not answered. After it every job it was promised is done, each decision's letter was taken by the mail server once (or again under
/// the same Message-ID, and the ledger says so), editions are gapless, and the invariants hold.
/// </summary>
internal sealed class KilledWork(DataFolder folder, FaultedServer server, string token)
{
    private const int Submissions = 150;

    public static async Task Run()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-killed-").FullName);
        var mail = Directory.CreateTempSubdirectory("abstractreview-killed-mail-");
        var (chair, _) = await FaultedConference.Lay(folder, Submissions, 40);
        await using var smtp = await HostileServer.Start(mail.FullName, ["--trouble", "0"]);
        await using var server = await FaultedServer.Start(folder, new Dictionary<string, string>
        {
            ["Mail__Host"] = "127.0.0.1", ["Mail__Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture), ["Mail__Tls"] = "None", ["Mail__PerMinute"] = "0", ["Mail__RetrySeconds"] = "1",
        });
        using var end = new CancellationTokenSource();
        var kills = Kill(server, end.Token);
        var work = new KilledWork(folder, server, chair);
        var (proposal, assigned) = await work.Routing();
        await work.Letters();
        var editions = await work.Books(3);
        await end.CancelAsync();
        Console.WriteLine($"kill: {await kills} kills; proposal {proposal} applied, {assigned} assignments; {editions} editions");
        await work.Count(smtp);
        Console.WriteLine($"stopped within {(await server.Stop()).TotalSeconds:0.0} s of SIGTERM; {await FaultedConference.Check(folder)}");
        Directory.Delete(folder.Root, recursive: true);
        mail.Delete(recursive: true);
    }

    private static async Task<int> Kill(FaultedServer server, CancellationToken end)
    {
        var (dice, kills) = (new Random(8), 0);
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(dice.Next(1500, 5000), CancellationToken.None);
            if (end.IsCancellationRequested) break;
            await server.Kill();
            kills++;
            await server.StartAgain();
        }

        return kills;
    }

    private async Task<(int Proposal, int Assigned)> Routing()
    {
        var job = await Ask<JsonElement>(HttpMethod.Post, "/api/v1/routing/proposals", new { fresh = true });
        var proposal = (await Done(job.GetProperty("jobId").GetInt32())).GetProperty("proposalId").GetInt32();
        await Ask<JsonElement>(HttpMethod.Post, $"/api/v1/routing/proposals/{proposal}/apply", null);
        return (proposal, await FaultedConference.Read<int>(folder, "select count(*) from Assignment"));
    }

    private async Task Letters()
    {
        for (var n = 1; n <= Submissions; n++) await Ask<JsonElement>(HttpMethod.Put, $"/api/v1/submissions/{n}/decision", new { kind = n % 3 == 0 ? "Reject" : "Oral" });
        await Ask<JsonElement>(HttpMethod.Post, "/api/v1/decisions/publish", null);
        while (await FaultedConference.Read<int>(folder, FaultedConference.Unsent) > 0 || await FaultedConference.Read<int>(folder, "select count(*) from Letter where State <> 'Typeset'") > 0)
            await Task.Delay(200);
    }

    private async Task<int> Books(int count)
    {
        for (var i = 0; i < count; i++) await Done((await Ask<JsonElement>(HttpMethod.Post, "/api/v1/book/editions", new { })).GetProperty("jobId").GetInt32());
        return await FaultedConference.Read<int>(folder, "select count(*) from Edition");
    }

    private async Task Count(HostileServer smtp)
    {
        var accepted = smtp.Log().Where(l => l.What == "accepted").GroupBy(l => l.MessageId!).ToDictionary(g => g.Key, g => g.Count());
        var (sent, letters, repeats) = (await FaultedConference.Read<int>(folder, "select count(*) from Outbox"), await FaultedConference.Read<int>(folder, "select count(*) from Letter"), await FaultedConference.Read<int>(folder, "select sum(Repeats) from Outbox"));
        Console.WriteLine($"mails: {sent} due, {accepted.Count} taken, {accepted.Values.Count(n => n > 1)} of them twice under one Message-ID (the ledger tells {repeats} repeats); {letters} letters for {Submissions} decisions");
        var (jobs, edition) = (await FaultedConference.Read<int>(folder, "select count(*) from Job where State <> 'Done'"), await FaultedConference.Read<int>(folder, "select max(Number) from Edition"));
        Console.WriteLine($"jobs not done: {jobs}; editions numbered to {edition}; double assignments {await FaultedConference.Read<int>(folder, "select count(*) - count(distinct SubmissionNumber * 100000 + ReviewerId) from Assignment")}");
        if (accepted.Count != sent || await FaultedConference.Read<int>(folder, "select count(distinct SubmissionNumber) from Assignment") != Submissions || letters != Submissions || accepted.Values.Sum(n => n - 1) > repeats || jobs > 0) throw new InvalidOperationException("Something was lost or done twice.");
    }

    private async Task<JsonElement> Done(int job)
    {
        while (true)
        {
            var status = await Ask<JsonElement>(HttpMethod.Get, $"/api/v1/jobs/{job}", null);
            if (status.GetProperty("state").GetString() == "Done") return status.GetProperty("result");
            if (status.GetProperty("state").GetString() == "Failed") throw new InvalidOperationException($"Job {job} failed: {status}");
            await Task.Delay(100);
        }
    }

    // Until it is answered; what was done although its answer was lost is refused as done, and that is an answer too.
    private async Task<T> Ask<T>(HttpMethod method, string path, object? body)
    {
        using var http = server.Client(token);
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
                using var answer = await http.SendAsync(request);
                if ((int)answer.StatusCode >= 500) throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                if (answer.IsSuccessStatusCode || (int)answer.StatusCode is 409 or 422) return (await answer.Content.ReadFromJsonAsync<T>())!;
                throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception down) when (down is HttpRequestException or IOException)
            {
                await Task.Delay(50);
            }
        }
    }
}
