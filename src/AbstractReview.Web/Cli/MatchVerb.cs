using System.CommandLine;
using AbstractReview.Matching;
using AbstractReview.Matching.Files;

namespace AbstractReview.Web.Cli;

/// <summary><c>match</c> and <c>affinity</c>: the matching library by file, in OpenReview's formats. One JSON line tells what it came to.</summary>
internal static class MatchVerb
{
    public static Command Create()
    {
        var scores = new Option<FileInfo>("--scores") { Required = true, Description = "Lines paperID,userID,score." };
        var constraints = new Option<FileInfo>("--constraints") { Description = "Lines paperID,userID,v with v -1 (forbid), 0 or 1 (force)." };
        var quota = new Option<FileInfo>("--quota") { Description = "Lines userID,n." };
        var per = new Option<int>("--per-submission") { Required = true, Description = "Reviewers for each submission." };
        var quotaDefault = new Option<int?>("--quota-default") { Description = "The quota of users without a line; the even share where it is not given." };
        var least = new Option<int>("--min-load") { Description = "Fewest submissions for each user." };
        var target = new Option<FileInfo>("--out") { Required = true, Description = "Where the lines paperID,userID,score of the assignment go." };
        var verb = new Command("match", "Assigns reviewers to submissions by file.") { scores, constraints, quota, per, quotaDefault, least, target };
        verb.SetAction((parsed, ct) => Run(() => MatchFiles.Run(new MatchFilesOptions
        {
            Scores = parsed.GetValue(scores)!.FullName,
            Constraints = parsed.GetValue(constraints)?.FullName,
            Quota = parsed.GetValue(quota)?.FullName,
            PerSubmission = parsed.GetValue(per),
            QuotaDefault = parsed.GetValue(quotaDefault),
            MinLoad = parsed.GetValue(least),
            Out = parsed.GetValue(target)!.FullName,
        }, ct).ToJson()));
        return verb;
    }

    public static Command CreateAffinity()
    {
        var expertise = new Option<FileInfo>("--expertise") { Required = true, Description = "Lines authorID,publicationID,title,abstract." };
        var submissions = new Option<FileInfo>("--submissions") { Required = true, Description = "Lines submissionID,title,abstract." };
        var target = new Option<FileInfo>("--out") { Required = true, Description = "Where the lines paperID,userID,score go." };
        var verb = new Command("affinity", "Compares reviewers' writing with submissions by file.") { expertise, submissions, target };
        verb.SetAction((parsed, ct) => Run(() => AffinityFiles.Run(new AffinityFilesOptions
        {
            Expertise = parsed.GetValue(expertise)!.FullName,
            Submissions = parsed.GetValue(submissions)!.FullName,
            Out = parsed.GetValue(target)!.FullName,
        }, ct).ToJson()));
        return verb;
    }

    private static async Task<int> Run(Func<string> work)
    {
        try
        {
            Console.WriteLine(work());
            return 0;
        }
        catch (Exception refusal) when (refusal is RefusedFileException or ContradictoryProblemException or IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }
}
