using AbstractReview.App.Reviewers;
using AbstractReview.App.Routing;
using AbstractReview.Domain;
using CsCheck;

namespace AbstractReview.App.Tests.Routing;

public class RandomRoutingTests
{
    /// <summary>Reviews each, quotas of the reviewers, and for each submission the reviewer who declares a conflict with it (by position).</summary>
    private static readonly Gen<(int Each, int[] Quotas, int[] Declared)> Conferences =
        Gen.Select(Gen.Int[1, 3], Gen.Int[0, 4].Array[1, 5], Gen.Int[0, 6].Array[1, 5]);

    [Test]
    public async Task No_conflict_and_no_quota_is_ever_broken_and_a_rerun_is_empty()
        => await Conferences.SampleAsync(async c =>
        {
            await using var conf = await RoutingConference.OpenForRouting(reviewsEach: c.Each);
            var chair = await conf.Person(Role.Chair);
            var reviewers = new List<Actor>();
            foreach (var quota in c.Quotas) reviewers.Add(await conf.Reviewer(quota: quota));
            await conf.Submitted(c.Declared.Length);
            foreach (var (i, r) in c.Declared.Index().Where(x => x.Item < reviewers.Count))
                await conf.Send(new DeclareConflicts([new DeclaredConflict { Number = i + 1, Reason = "" }], false, reviewers[r]));

            await conf.Route(chair);
            var rerun = await conf.Send(new ReadProposal(await conf.Propose(chair), chair));

            var inConflict = await conf.One<int>("select count(*) from Assignment a join Conflict c on c.SubmissionNumber = a.SubmissionNumber and c.ReviewerId = a.ReviewerId");
            var overQuota = await conf.One<int>("select count(*) from Reviewer r where (select count(*) from Assignment a where a.ReviewerId = r.PersonId and a.State = 'Assigned') > r.QuotaMax");
            return (inConflict, overQuota, rerun.Assigns, rerun.Releases) == (0, 0, 0, 0);
        }, iter: 12, threads: 1);
}
