using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Tests.Data;
using Flasky.Worker;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flasky.Tests.Worker;

public sealed class ConfirmAccountHandlerTests(FlaskyDatabase database) : IClassFixture<FlaskyDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnUnconfirmedUserGetsALinkThatConfirms()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        var user = await AddUserAsync(host);

        await HandleAsync(host, mail, user.Id);

        var message = Assert.Single(mail.Mailbox.Messages);
        Assert.Equal("[Flasky] Confirm Your Account", message.Subject);
        Assert.Equal([user.Email!], message.Recipients);
        var link = Assert.Single(message.Text.Split('\n', StringSplitOptions.TrimEntries), line => line.StartsWith("https://flasky.example.com/auth/confirm/", StringComparison.Ordinal));
        Assert.Contains(link, message.Html, StringComparison.Ordinal);
        Assert.True(host.Services.GetRequiredService<AccountTokens>().IsConfirmationToken(user, new Uri(link).Segments[^1]));
    }

    [Fact]
    public async Task AConfirmedUserGetsNothing()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        var user = await AddUserAsync(host, confirmed: true);
        await HandleAsync(host, mail, user.Id);
        Assert.Empty(mail.Mailbox.Messages);
    }

    [Fact]
    public async Task AUserWhoIsGoneIsNoFailure()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        await HandleAsync(host, mail, userId: -1);
        Assert.Empty(mail.Mailbox.Messages);
    }

    private static async Task HandleAsync(IHost host, MailHost mail, int userId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var handler = new ConfirmAccountHandler(
            services.GetRequiredService<FlaskyDbContext>(), services.GetRequiredService<AccountTokens>(),
            mail.Links, mail.Composer, mail.Sender, TimeProvider.System, NullLogger<ConfirmAccountHandler>.Instance);
        await handler.HandleAsync(new ConfirmAccount(userId), MailHost.Job(), Token);
    }

    private static async Task<User> AddUserAsync(IHost host, bool confirmed = false)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var name = $"u{Guid.NewGuid():N}";
        var user = new User { UserName = name, Email = $"{name}@example.com", EmailConfirmed = confirmed };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, "a long password");
        Assert.True(made.Succeeded);
        return user;
    }
}
