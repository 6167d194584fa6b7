using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Mailbox;
using Flasky.Worker.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace Flasky.Tests.Worker;

/// <summary>The worker's mail half, set up as in life, with a mailbox of its own.</summary>
internal sealed class MailHost : IAsyncDisposable
{
    private readonly IHost host;

    private MailHost(MailboxServer mailbox, IHost host)
    {
        Mailbox = mailbox;
        this.host = host;
    }

    internal static readonly DateTimeOffset CreatedAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal MailboxServer Mailbox { get; }

    internal MailSender Sender => Get<MailSender>();

    internal SmtpConnectionPool Pool => Get<SmtpConnectionPool>();

    internal MailComposer Composer => Get<MailComposer>();

    internal SiteLinks Links => Get<SiteLinks>();

    internal static async Task<MailHost> StartAsync(TimeProvider? time = null, MailboxOptions? mailbox = null, string login = "", params (string Path, string Value)[] settings)
    {
        var server = await MailboxServer.StartAsync(mailbox ?? new MailboxOptions { HttpPort = null }, TestContext.Current.CancellationToken);
        return new MailHost(server, Build($"smtp://{login}127.0.0.1:{server.SmtpPort}", time, settings));
    }

    /// <summary>A host that is not started; its settings are the least a worker needs.</summary>
    internal static IHost Build(string? connectionString, TimeProvider? time = null, params (string Path, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:mail"] = connectionString,
            ["Flasky:Email:Sender"] = "Flasky <flasky@bücher.example>",
            ["Flasky:PublicBaseUrl"] = "https://flasky.example.com",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Path, (string?)s.Value)));
        builder.Services.TryAddSingleton(time ?? TimeProvider.System);
        builder.AddFlaskyMail();
        return builder.Build();
    }

    internal static JobContext Job(Guid? id = null, int attempt = 1) => new()
    {
        Id = new JobId("mail", id ?? Guid.CreateVersion7()),
        Name = "mail.test",
        Attempt = attempt,
        Delivery = 1,
        CreatedAt = CreatedAt,
    };

    internal MimeMessage Message(string subject = "Test", string to = "susan@example.com", JobContext? job = null) =>
        Composer.Compose(new EmailContent(subject, "<p>Hello</p>", "Hello"), "susan", to, job ?? Job());

    internal async Task SendAsync(string subject = "Test", string to = "susan@example.com")
    {
        using var message = Message(subject, to);
        await Sender.SendAsync(message, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)host).DisposeAsync();
        await Mailbox.DisposeAsync();
    }

    private T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();
}
