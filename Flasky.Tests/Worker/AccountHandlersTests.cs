using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Tests.Data;
using Flasky.Worker;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Worker;

public sealed class AccountHandlersTests(FlaskyDatabase database) : IClassFixture<FlaskyDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnerOfAnAddressGetsALinkThatResetsWhateverItsCase()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        var user = await AddUserAsync(host);
        await HandleAsync<ResetPasswordHandler, ResetPassword>(host, mail, new ResetPassword(user.Email!.ToUpperInvariant()));

        var message = Assert.Single(mail.Mailbox.Messages);
        Assert.Equal("[Flasky] Reset Your Password", message.Subject);
        Assert.Equal([user.Email!], message.Recipients);
        Assert.True(host.Services.GetRequiredService<AccountTokens>().IsResetToken(user, Token(message.Text, "/auth/reset/")));
    }

    [Fact]
    public async Task AddressThatNobodyHasGetsNothing()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        await HandleAsync<ResetPasswordHandler, ResetPassword>(host, mail, new ResetPassword("nobody@example.com"));
        Assert.Empty(mail.Mailbox.Messages);
    }

    [Fact]
    public async Task PendingAddressGetsALinkThatConfirmsIt()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        var user = await AddUserAsync(host, pending: $"{Guid.NewGuid():N}@example.org");
        await HandleAsync<ConfirmNewEmailHandler, ConfirmNewEmail>(host, mail, new ConfirmNewEmail(user.Id));

        var message = Assert.Single(mail.Mailbox.Messages);
        Assert.Equal([user.PendingEmail!], message.Recipients);
        Assert.True(host.Services.GetRequiredService<AccountTokens>().IsEmailToken(user, Token(message.Text, "/auth/change-email/")));
    }

    [Fact]
    public async Task PendingAddressOfAnotherAccountGetsNothing()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        var other = await AddUserAsync(host);
        var user = await AddUserAsync(host, pending: other.Email!.ToUpperInvariant());
        await HandleAsync<ConfirmNewEmailHandler, ConfirmNewEmail>(host, mail, new ConfirmNewEmail(user.Id));
        await HandleAsync<ConfirmNewEmailHandler, ConfirmNewEmail>(host, mail, new ConfirmNewEmail(other.Id));
        Assert.Empty(mail.Mailbox.Messages);
    }

    [Fact]
    public async Task NoticesGoToTheAccountsAddressAndTheOldOneHearsOfANewOne()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        var user = await AddUserAsync(host);
        await HandleAsync<PasswordChangedHandler, PasswordChanged>(host, mail, new PasswordChanged(user.Id));
        await HandleAsync<AlreadyRegisteredHandler, AlreadyRegistered>(host, mail, new AlreadyRegistered(user.Id));
        await HandleAsync<EmailChangeRequestedHandler, EmailChangeRequested>(host, mail, new EmailChangeRequested(user.Id, "before@example.com"));
        Assert.Equal(
            [("[Flasky] Your Password Was Changed", user.Email!), ("[Flasky] You Already Have an Account", user.Email!), ("[Flasky] Your E-mail Address Is Being Changed", "before@example.com")],
            mail.Mailbox.Messages.Reverse().Select(message => (message.Subject, Assert.Single(message.Recipients))));
    }

    [Fact]
    public async Task UserWhoIsGoneIsNoFailure()
    {
        await using var mail = await MailHost.StartAsync();
        using var host = database.CreateHost();
        await HandleAsync<PasswordChangedHandler, PasswordChanged>(host, mail, new PasswordChanged(-1));
        await HandleAsync<ConfirmNewEmailHandler, ConfirmNewEmail>(host, mail, new ConfirmNewEmail(-1));
        Assert.Empty(mail.Mailbox.Messages);
    }

    private static string Token(string text, string path) =>
        new Uri(Assert.Single(text.Split('\n', StringSplitOptions.TrimEntries), line => line.StartsWith($"https://flasky.example.com{path}", StringComparison.Ordinal))).Segments[^1];

    private static async Task HandleAsync<THandler, TJob>(IHost host, MailHost mail, TJob job) where THandler : IJobHandler<TJob> where TJob : IJob
    {
        await using var scope = host.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<FlaskyDbContext>();
        var logging = services.GetRequiredService<ILoggerFactory>();
        var handler = typeof(THandler).GetConstructors()[0].GetParameters().Any(parameter => parameter.ParameterType == typeof(AccountNotice))
            ? ActivatorUtilities.CreateInstance<THandler>(services, new AccountNotice(db, mail.Composer, mail.Sender, logging.CreateLogger<AccountNotice>()), mail.Links)
            : ActivatorUtilities.CreateInstance<THandler>(services, mail.Links, mail.Composer, mail.Sender);
        await handler.HandleAsync(job, MailHost.Job(), Cancel);
    }

    private static async Task<User> AddUserAsync(IHost host, string? pending = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var name = $"u{Guid.NewGuid():N}";
        var user = new User { UserName = name, Email = $"{name}@example.com", EmailConfirmed = true, PendingEmail = pending };
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, "a long password")).Succeeded);
        return await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Users.AsNoTracking().SingleAsync(u => u.Id == user.Id, Cancel);
    }
}
