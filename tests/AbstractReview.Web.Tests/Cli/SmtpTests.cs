using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AbstractReview.App.Call;
using AbstractReview.App.Mailing;
using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.Web.Tests.Cli;

/// <summary>The sender against a real, well-behaved server: encryption, signing in, addresses in every script, a server that is not there.</summary>
public sealed class SmtpTests
{
    private DataFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new DataFolder(Directory.CreateTempSubdirectory("abstractreview-smtp-").FullName);

    [TearDown]
    public void DropFolder()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder.Root, recursive: true);
    }

    [TestCase("starttls", "StartTls")]
    [TestCase("implicit", "Implicit")]
    public async Task Mail_is_sent_encrypted_and_signed_in_and_to_nobody_whose_certificate_is_not_trusted(string server, string setting)
    {
        var (certificate, key) = Certificate();
        await using var hostile = await HostileServer.Start(_folder.Root, ["--trouble", "0", "--certificate", certificate, "--key", key, "--tls", server, "--user", "sender", "--password", "a secret"]);
        await Prepare("person@somewhere.example");

        var distrusted = await Send(hostile.Port, setting, trusted: null);
        Assert.That((hostile.Log().Count(l => l.What == "accepted"), distrusted.Code), Is.EqualTo((0, 0)));
        Assert.That(await One<string>("select LastError from Outbox"), Does.StartWith($"The mail server localhost:{hostile.Port} cannot be used: "));
        Assert.That(await One<int>("select Attempts from Outbox where State = 'Waiting'"), Is.Zero);

        var trusted = await Send(hostile.Port, setting, certificate);
        Assert.That(trusted, Is.EqualTo((0, "1 sent, 0 waiting, 0 failed.")));
        Assert.That(hostile.Log().Select(l => l.What).Where(w => w != "connected"), Is.EqualTo(new[] { "signedIn", "accepted" }));
    }

    [Test]
    public async Task A_server_that_is_not_there_counts_as_no_attempt_of_any_mail()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        await Prepare("person@somewhere.example", "another@somewhere.example");

        Assert.That(await SendHere(port), Is.Zero);

        Assert.That(await One<int>("select count(*) from Outbox where State = 'Waiting' and Attempts = 0 and Repeats = 0"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_wrong_password_holds_the_mail_and_says_so()
    {
        await using var hostile = await HostileServer.Start(_folder.Root, ["--trouble", "0", "--user", "sender", "--password", "a secret"]);
        await Prepare("person@somewhere.example");

        Assert.That(await SendHere(hostile.Port, "sender", "another secret"), Is.Zero);
        Assert.That(await One<string>("select LastError from Outbox where State = 'Waiting' and Attempts = 0"), Does.Contain("cannot be used"));
    }

    [Test]
    public async Task An_address_in_another_script_goes_to_a_server_that_takes_it_and_stops_at_one_that_does_not()
    {
        await Prepare("ليلى@somewhere.example");
        await using (var ascii = await HostileServer.Start(_folder.Root, ["--trouble", "0", "--ascii"]))
            Assert.That(await SendHere(ascii.Port), Is.Zero);
        Assert.That(await One<string>("select LastError from Outbox where State = 'Failed'"), Is.EqualTo("The mail server takes no addresses with letters outside a to z (no SMTPUTF8)."));

        await Run(new RetryMail(1, Actor.Timetable));
        await using var modern = await HostileServer.Start(_folder.Root, ["--trouble", "0"]);
        Assert.That(await SendHere(modern.Port), Is.EqualTo(1));
        Assert.That(modern.Log().Single(l => l.What == "accepted").To, Is.EqualTo(new[] { "ليلى@somewhere.example" }));
    }

    [Test]
    public async Task One_connection_carries_many_mails()
    {
        await using var hostile = await HostileServer.Start(_folder.Root, ["--trouble", "0"]);
        await Prepare([.. Enumerable.Range(1, 12).Select(i => $"person{i}@somewhere.example")]);

        Assert.That(await SendHere(hostile.Port), Is.EqualTo(12));
        Assert.That(hostile.Log().Count(l => l.What == "accepted"), Is.EqualTo(12));
        Assert.That(hostile.Log().Count(l => l.What == "connected"), Is.EqualTo(1));
    }

    private async Task Prepare(params string[] addresses)
    {
        await using var app = Server.Build(_folder);
        await app.Services.GetRequiredService<Migrations>().Apply(default);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ImportConference(await File.ReadAllTextAsync(Repository.SampleConference), Actor.Timetable));
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        await scope.ServiceProvider.GetRequiredService<Db>().Transaction(() => outbox.QueueNew(
            [.. addresses.Select((a, i) => new Mail { Key = $"test/{i}", Kind = "Reminder", ToEmail = a, ToName = "ليلى", Subject = "Testing", Text = "A mail." })], default), default);
    }

    // As the program does, in a process of its own: only there can a certificate be trusted for one run.
    private async Task<(int Code, string Output)> Send(int port, string tls, string? trusted)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AbstractReview.Web.dll"), "mail", "send", "--data", _folder.Root])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["Mail__Host"] = "localhost", ["Mail__Port"] = port.ToString(CultureInfo.InvariantCulture), ["Mail__Tls"] = tls, ["Mail__User"] = "sender", ["Mail__Password"] = "a secret", ["Mail__PerMinute"] = "0",
            },
        };
        if (trusted is not null) start.Environment["SSL_CERT_FILE"] = trusted;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim().Split('\n')[^1]);
    }

    private async Task<int> SendHere(int port, string user = "", string password = "")
    {
        var settings = new MailSettings { Host = "127.0.0.1", Port = port, Tls = "None", User = user, Password = password, PerMinute = 0, TimeoutSeconds = 10 };
        await using var app = Server.Build(_folder, adjust: builder => builder.Services.AddSingleton(settings));
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SendWaitingMail());
    }

    private async Task Run<T>(IRequest<T> request)
    {
        await using var app = Server.Build(_folder);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private async Task<T?> One<T>(string sql)
    {
        await using var app = Server.Build(_folder);
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Db>().One<T>(sql, null, default);
    }

    private (string Certificate, string Key) Certificate()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (pem, key) = (Path.Combine(_folder.Root, "certificate.pem"), Path.Combine(_folder.Root, "key.pem"));
        File.WriteAllText(pem, certificate.ExportCertificatePem());
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        return (pem, key);
    }
}
