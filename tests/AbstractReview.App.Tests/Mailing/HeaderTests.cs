using System.Text;
using AbstractReview.App.Mailing;
using AbstractReview.Domain;
using AbstractReview.Domain.Conferences;
using MimeKit;

namespace AbstractReview.App.Tests.Mailing;

public sealed class HeaderTests
{
    [TestCase("Ann\r\nBcc: victim@somewhere.example", "Ann Bcc: victim@somewhere.example")]
    [TestCase("Ann\nSubject: free", "Ann Subject: free")]
    [TestCase("Ann\0\u0001\u007FB", "Ann B")]
    [TestCase("Ann\u2028B\u2029C\u0085D", "Ann B C D")]
    [TestCase("\u202Egnp.exe\u202C Ann", "gnp.exe Ann")]
    [TestCase("\u2066Ann\u2069\uFEFF", "Ann")]
    [TestCase("“Ann” <a@b.example>, \"C\"", "“Ann” <a@b.example>, \"C\"")]
    [TestCase("Ngũgĩ wa Thiong’o 王小明 ليلى", "Ngũgĩ wa Thiong’o 王小明 ليلى")]
    public void A_name_becomes_one_visible_line_and_arrives_as_it_is(string name, string expected)
    {
        var message = Parsed(name, "ann@somewhere.example", "A subject");
        Assert.That(message.To.Mailboxes.Select(m => (m.Name, m.Address)), Is.EqualTo(new[] { (expected, "ann@somewhere.example") }));
        Assert.That(message.Headers.Select(h => h.Field), Is.EquivalentTo(new[] { "Date", "Subject", "Message-Id", "From", "To", "MIME-Version" }));
    }

    [TestCase("A subject\r\nBcc: victim@somewhere.example")]
    [TestCase("Уведомление о решении 決定 قرار")]
    public void A_subject_is_one_header(string subject)
    {
        var message = Parsed("Ann", "ann@somewhere.example", subject);
        Assert.That(message.Subject, Is.EqualTo(subject.ReplaceLineEndings(" ")));
        Assert.That(message.Bcc, Is.Empty);
    }

    [Test]
    public void A_very_long_name_is_cut_between_characters_and_every_line_of_the_header_keeps_to_its_length()
    {
        var message = Written(string.Concat(Enumerable.Repeat("👩🏽‍🚀é", 5000)), "ann@somewhere.example", new string('ß', 100_000));
        var header = Encoding.ASCII.GetString(message).Split("\r\n\r\n")[0];
        // The hard limit of RFC 5322 (2.1.1).
        Assert.That(header.Split("\r\n").Max(l => l.Length), Is.LessThanOrEqualTo(998));
        var read = MimeMessage.Load(new MemoryStream(message));
        Assert.That(read.To.Mailboxes.Single().Name, Has.Length.InRange(190, 201).And.EndsWith("…").And.Not.Contain("\uFFFD"));
        Assert.That(read.Subject, Has.Length.EqualTo(400));
    }

    [TestCase("")]
    [TestCase("ann")]
    [TestCase("ann@somewhere.example\r\nBcc: victim@somewhere.example")]
    [TestCase("ann@somewhere.example, victim@somewhere.example")]
    [TestCase("<ann@somewhere.example>")]
    [TestCase("ann\0@somewhere.example")]
    [TestCase("\u202Eann@somewhere.example")]
    [TestCase("ann@some\u200Bwhere.example")]
    public void An_address_that_is_none_is_never_written(string address)
        => Assert.That(() => Written("Ann", address, "A subject"), Throws.TypeOf<InvalidDataException>());

    [TestCase("Reminder", true)]
    [TestCase("Receipt", true)]
    [TestCase("Oral", false)]
    [TestCase("Invitation", false)]
    public void Reminders_say_that_a_program_wrote_them_and_letters_do_not(string kind, bool automatic)
    {
        var message = MimeMessage.Load(new MemoryStream(Written("Ann", "ann@somewhere.example", "A subject", kind)));
        Assert.That(message.Headers["Auto-Submitted"], Is.EqualTo(automatic ? "auto-generated" : null));
        Assert.That(message.Headers["List-Unsubscribe"], Is.Null);
    }

    [Test]
    public void An_address_in_another_script_is_valid_and_one_with_invisible_characters_is_not()
        => Assert.That(new[] { "ليلى@مثال.example", "jörg@bücher.example", "a\u200Db@c.example", "a@b\u2066.example" }.Select(MailAddress.IsValid), Is.EqualTo(new[] { true, true, false, false }));

    private static MimeMessage Parsed(string name, string address, string subject) => MimeMessage.Load(new MemoryStream(Written(name, address, subject)));

    private static byte[] Written(string name, string address, string subject, string kind = "Oral")
    {
        var row = new OutboxRow
        {
            Id = 1, Kind = kind, ToEmail = address, ToName = name, Subject = subject, BodyText = "Text", BodyHtml = null, MessageId = "1@somewhere.example", State = "Sending",
            Attempts = 1, Fence = 1, Doubt = false, CreatedAt = DateTimeOffset.UnixEpoch, SubmissionNumber = 1, PdfSha256 = null, FileName = null,
        };
        using var message = Messages.Write(row, null, Conference.Value);
        message.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, bytes);
        return bytes.ToArray();
    }

    private static readonly Lazy<Conference> Conference = new(() => ConferenceFile.Read(File.ReadAllText(Repository.SampleConference)));
}
