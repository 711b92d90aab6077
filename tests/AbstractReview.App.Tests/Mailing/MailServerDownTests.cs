using AbstractReview.App.Mailing;
using AbstractReview.App.Submissions;
using AbstractReview.App.Tests.Submissions;
using AbstractReview.Domain;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace AbstractReview.App.Tests.Mailing;

public sealed class MailServerDownTests
{
    [Test]
    public async Task With_the_mail_server_down_all_is_kept_and_sent_once_when_it_is_back()
    {
        await using var conf = await TestConference.Open();
        var author = await conf.Person(Role.Author);
        for (var i = 0; i < 3; i++) await conf.Submitted(author);
        await conf.Send(new TypesetReceipts());
        var waiting = await conf.One<int>("select count(*) from Outbox where State = 'Waiting'");
        await using var scope = conf.Services.CreateAsyncScope();
        await using var down = new DownTransport();
        var handler = ActivatorUtilities.CreateInstance<SendWaitingMailHandler>(scope.ServiceProvider, down);

        Assert.That(await handler.Handle(new SendWaitingMail(), default), Is.Zero);
        Assert.That((down.Tries, await conf.One<int>("select count(*) from Outbox where State = 'Waiting' and Attempts = 1")), Is.EqualTo((waiting, waiting)));
        conf.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await conf.Send(new SendWaitingMail()), Is.EqualTo(waiting));
        Assert.That(new DirectoryInfo(conf.Folder.Mail).GetFiles("*.eml"), Has.Length.EqualTo(waiting));
        Assert.That(await conf.Send(new SendWaitingMail()), Is.Zero);
    }

    private sealed class DownTransport : IMailTransport
    {
        public int Tries { get; private set; }

        public Task Send(int outboxId, MimeMessage message, CancellationToken ct)
        {
            Tries++;
            throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
