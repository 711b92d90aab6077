using System.Text;
using AbstractReview.App.Letters;
using AbstractReview.App.Mailing;
using AbstractReview.App.Tests.Book;
using AbstractReview.Domain;

namespace AbstractReview.App.Tests.Mailing;

public sealed class BounceTests
{
    [Test]
    public async Task A_bounced_letter_is_corrected_and_sent_again_as_a_new_message()
    {
        await using var conf = await TestConference.Open();
        await conf.Accept(AcceptedSamples.Sample[0]);
        await conf.Send(new TypesetLetters());
        await conf.Send(new SendWaitingMail());
        var messageId = await conf.One<string>("select MessageId from Outbox");
        Assert.That(await conf.Send(new ReadBounce(Notification(messageId!, "failed"), Actor.Timetable)), Is.EqualTo(1));
        var trouble = await conf.Send(new ListLetters("trouble", null, 10, Actor.Timetable));
        Assert.That(trouble.Items.Select(l => (l.Outcome, l.Error)), Is.EqualTo(new[] { ("Bounced", "5.1.1 smtp; 550 no such user") }));

        await conf.Send(new ResendLetter(1, "right@somewhere.example", Actor.Timetable));
        Assert.That(await conf.Send(new SendWaitingMail()), Is.EqualTo(1));
        Assert.That(await conf.One<string>("select ToEmail from Outbox where State = 'Sent' and BouncedAt is null"), Is.EqualTo("right@somewhere.example"));
        Assert.That(await conf.One<string>("select MessageId from Outbox"), Is.Not.EqualTo(messageId).And.EndsWith(messageId!));
    }

    [Test]
    public async Task A_notification_of_a_delay_or_of_a_strange_mail_marks_nothing()
    {
        await using var conf = await TestConference.Open();
        await conf.Accept(AcceptedSamples.Sample[0]);
        await conf.Send(new TypesetLetters());
        await conf.Send(new SendWaitingMail());
        var messageId = await conf.One<string>("select MessageId from Outbox");
        Assert.That(await conf.Send(new ReadBounce(Notification(messageId!, "delayed"), Actor.Timetable)), Is.Null);
        Assert.That(await conf.Send(new ReadBounce(Notification("strange@elsewhere.example", "failed"), Actor.Timetable)), Is.Null);
        Assert.That(await conf.One<int>("select count(*) from Outbox where BouncedAt is not null"), Is.Zero);
    }

    private static byte[] Notification(string messageId, string action) => Encoding.ASCII.GetBytes($"""
        From: mailer-daemon@somewhere.example
        To: secretariat@regsec-2019.example
        Subject: Undelivered
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        It did not arrive.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; somewhere.example

        Final-Recipient: rfc822; wrong@somewhere.example
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 no such user

        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{messageId}>
        Subject: A letter

        --b--
        """.ReplaceLineEndings("\r\n"));
}
