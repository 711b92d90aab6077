
namespace AbstractReview.Web.Tests.Cli;

/// <summary>Exactly once, as far as that can be had, against a real server that behaves badly and a sender that is killed.</summary>
public sealed class MailTortureTests
{
    [TestCase("mail send", 100, 6)]
    [TestCase("serve", 80, 4)]
    public async Task Every_letter_is_taken_once_though_the_sender_is_killed_and_the_server_refuses_delays_and_drops(string sender, int letters, int kills)
    {
        var outcome = await new MailTorture(letters, kills, seed: 7, serve: sender == "serve").Run(TimeSpan.FromMinutes(6));
        TestContext.Out.WriteLine(outcome);

        Assert.That(outcome.Killed, Is.EqualTo(kills));
        // Which of the rarer answers come up among few letters is the dice's matter.
        Assert.That(outcome.Refusals.Keys, sender == "serve" ? Has.Count.AtLeast(3) : Is.SupersetOf(new[] { "421", "450", "451", "550", "552" }));
        Assert.That(outcome.Dropped, Is.Positive);
        Assert.That(outcome.AnswersWithheld, Is.Positive);
        Assert.That(outcome.NotSent, Is.Empty);
        Assert.That(outcome.NeverAccepted, Is.Empty);
        Assert.That(outcome.StrangeMessages, Is.Empty);
        Assert.That(outcome.WrongRecipients, Is.Empty);
        Assert.That(outcome.DoubledUntold, Is.Empty);
        Assert.That(outcome.Accepted - outcome.Letters, Is.LessThanOrEqualTo(outcome.Repeats));
    }
}
