using System.Text;
using System.Text.Json;
using AbstractReview.Matching.Files;

namespace AbstractReview.Matching.Tests.Files;

public sealed class FilesTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_match_by_file_obeys_constraints_and_quotas_and_tells_its_figures_in_one_line()
    {
        var summary = MatchFiles.Run(new MatchFilesOptions
        {
            Scores = Write("scores.csv", "\uFEFFp1,u1,0.9\r\np1,u2,0.8\r\n\"p,2\",u1,0.7\r\n\"p,2\",u3,0.1\r\n"),
            Constraints = Write("constraints.csv", "p1,u1,-1\n\"p,2\",u3,1\np1,u2,0\n"),
            Quota = Write("quota.csv", "u1,1\n"),
            PerSubmission = 2, QuotaDefault = 2, Out = Out,
        });
        // p1 may not have u1, and u3 has no score for it: the pair counts 0.
        Assert.That(File.ReadAllText(Out), Is.EqualTo("p1,u2,0.8\np1,u3,0\n\"p,2\",u1,0.7\n\"p,2\",u3,0.1\n"));
        var json = summary.ToJson();
        Assert.That(json, Does.Not.Contain("\n"));
        using var read = JsonDocument.Parse(json);
        Assert.Multiple(() =>
        {
            Assert.That(read.RootElement.GetProperty("floor").GetDouble(), Is.EqualTo(0.8).Within(1e-6));
            Assert.That(read.RootElement.GetProperty("total").GetDouble(), Is.EqualTo(1.6).Within(1e-6));
            Assert.That(read.RootElement.GetProperty("mean").GetDouble(), Is.EqualTo(0.4).Within(1e-6));
            Assert.That(read.RootElement.GetProperty("gini").GetDouble(), Is.EqualTo(1.0 / 6).Within(1e-9));
            Assert.That(read.RootElement.GetProperty("loads").GetProperty("u3").GetInt32(), Is.EqualTo(2));
            Assert.That(read.RootElement.GetProperty("time").GetDouble(), Is.GreaterThan(0));
        });
    }

    [TestCase("p1,u1,0.5\np1,u2\n", 2, "expected three fields, paperID,userID,value, but found 2.")]
    [TestCase("p1,u1,high\n", 1, "the score “high” is not a finite number.")]
    [TestCase("p1,u1,NaN\n", 1, "the score “NaN” is not a finite number.")]
    [TestCase("p1,u1,1\n\np1,u1,1\n", 3, "paper p1 and user u1 already have a score.")]
    [TestCase("p1,\"u1,1\n", 1, "field 2 has a quote that is never closed.")]
    [TestCase("p1,u1,1\np\"1,u1,1\n", 2, "field 1 has a quote but does not begin with one.")]
    [TestCase("p1,\"u1\"x,1\n", 1, "field 2 goes on after its closing quote.")]
    [TestCase("p1, ,1\n", 1, "the userID is empty.")]
    [TestCase("\"p\n1\",u1,1\n\"p\n2\",u1,?\n", 3, "the score “?” is not a finite number.")]
    public void A_malformed_score_is_refused_with_its_line_and_nothing_is_written(string scores, int line, string problem)
    {
        var refusal = Assert.Throws<RefusedFileException>(() => MatchFiles.Run(new MatchFilesOptions
        {
            Scores = Write("scores.csv", scores), PerSubmission = 1, QuotaDefault = 1, Out = Out,
        }))!;
        Assert.That(refusal.Message, Is.EqualTo($"scores.csv, line {line}: {problem}"));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { Path.Combine(_folder, "scores.csv") }));
    }

    [TestCase("p1,u1,2\n", "u1,1\n", "constraints.csv, line 1: the constraint “2” is not -1, 0 or 1.")]
    [TestCase("p1,u1,1\np1,u2,1\n", "u1,1\n", "constraints.csv, line 2: more than 1 users are forced on paper p1.")]
    [TestCase("p1,u1,1\n", "u1,0\n", "constraints.csv, line 1: more papers are forced on user u1 than the quota of 0.")]
    [TestCase("p1,u1,1\np1,u1,-1\n", "u1,1\n", "constraints.csv, line 2: paper p1 and user u1 already have a constraint.")]
    [TestCase("", "u1,1.5\n", "quota.csv, line 1: the quota “1.5” is not a whole number, 0 or more.")]
    [TestCase("", "u1,1\nu1,2\n", "quota.csv, line 2: user u1 already has a quota.")]
    public void A_malformed_constraint_or_quota_is_refused_with_its_line(string constraints, string quota, string message) =>
        Assert.That(() => MatchFiles.Run(new MatchFilesOptions
        {
            Scores = Write("scores.csv", "p1,u1,1\np1,u2,1\n"), Constraints = Write("constraints.csv", constraints),
            Quota = Write("quota.csv", quota), PerSubmission = 1, QuotaDefault = 1, Out = Out,
        }), Throws.TypeOf<RefusedFileException>().With.Message.EqualTo(message));

    [Test]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var path = Path.Combine(_folder, "scores.csv");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("p1,u"), 0xFF, .. Encoding.UTF8.GetBytes(",1\n")]);
        Assert.That(() => MatchFiles.Run(new MatchFilesOptions { Scores = path, PerSubmission = 1, Out = Out }), Throws.TypeOf<RefusedFileException>());
    }

    [Test]
    public void A_shortage_is_written_as_far_as_it_goes_and_told()
    {
        var summary = MatchFiles.Run(new MatchFilesOptions
        {
            Scores = Write("scores.csv", "p1,u1,1\np2,u1,0.5\n"), PerSubmission = 1, QuotaDefault = 1, Out = Out,
        });
        Assert.That(summary.Missing, Is.EqualTo(1));
        Assert.That(summary.Shortages.Single(), Does.StartWith("The conference needs 1 more review: "));
        Assert.That(File.ReadAllText(Out), Is.EqualTo("p1,u1,1\n"));
    }

    [Test]
    public void Affinity_by_file_writes_every_pair()
    {
        var summary = AffinityFiles.Run(new AffinityFilesOptions
        {
            Expertise = Write("expertise.csv", "a1,x,Spent fuel,\"Casks, \"\"dry\"\" storage\"\na2,y,Treaties,Law\na1,z,Other,words\n"),
            Submissions = Write("submissions.csv", "s1,Spent fuel,dry casks\n"), Out = Out,
        });
        var lines = File.ReadAllLines(Out);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(2));
            Assert.That(lines[0], Does.Match("^s1,a1,0\\.[0-9]+$"));
            Assert.That(lines[1], Is.EqualTo("s1,a2,0"));
            Assert.That(summary.Publications, Is.EqualTo(3));
        });
    }

    [Test]
    public void A_publication_listed_twice_is_refused() =>
        Assert.That(() => AffinityFiles.Run(new AffinityFilesOptions
        {
            Expertise = Write("expertise.csv", "a1,x,T,A\na1,x,T,A\n"), Submissions = Write("submissions.csv", "s1,T,A\n"), Out = Out,
        }), Throws.TypeOf<RefusedFileException>().With.Message.EqualTo("expertise.csv, line 2: author a1 already has publication x."));

    [Test]
    public void HotCrp_assignments_are_read_in_any_order_of_columns()
    {
        var actions = HotCrpAssignments.Read(new StringReader("email,paper,action,reviewtype\n# remark\nann@x.org,1,review,primary\n,2,withdraw\n"));
        Assert.Multiple(() =>
        {
            Assert.That(actions, Has.Count.EqualTo(2));
            Assert.That((actions[0].Line, actions[0].Paper, actions[0].Action, actions[0].Email, actions[0].ReviewType), Is.EqualTo((3, "1", "review", "ann@x.org", "primary")));
            Assert.That(actions[1].Email, Is.Null);
        });
    }

    [TestCase("paper,email\n1,a\n", "assignments.csv, line 1: the header has no column “action”.")]
    [TestCase("paper,action\n1,fly\n", "assignments.csv, line 2: the action “fly” is not known.")]
    [TestCase("paper,action\n,lead\n", "assignments.csv, line 2: the paper is empty.")]
    [TestCase("paper,action\n1,lead,x\n", "assignments.csv, line 2: expected 2 fields or fewer but found 3.")]
    public void A_malformed_HotCrp_line_is_refused_with_its_line(string text, string message) =>
        Assert.That(() => HotCrpAssignments.Read(new StringReader(text)), Throws.TypeOf<RefusedFileException>().With.Message.EqualTo(message));

    [Test]
    public void HotCrp_assignments_are_written_so_that_they_read_back()
    {
        var text = HotCrpAssignments.Format([new HotCrpReview("1", "ann@x.org", "On \"fuel\", again", "R1"), new HotCrpReview("1", "bo@x.org", "On \"fuel\", again")]);
        Assert.That(text, Is.EqualTo(
            "paper,action,email,round,title\n1,clearreview,#pc,any,\"On \"\"fuel\"\", again\"\n" +
            "1,pcreview,ann@x.org,R1,\"On \"\"fuel\"\", again\"\n1,pcreview,bo@x.org,,\"On \"\"fuel\"\", again\"\n"));
        Assert.That(HotCrpAssignments.Read(new StringReader(text)).Select(action => action.Action), Is.EqualTo(new[] { "clearreview", "pcreview", "pcreview" }));
    }

    private string Out => Path.Combine(_folder, "out.csv");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
