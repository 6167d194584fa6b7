using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs.Testing;
using Flasky.Tests.Data;
using Flasky.Web.Home;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Web;

/// <summary>The web process on a database of a test class's own, with a queue in memory and nothing where Redis should be.</summary>
public sealed class Site(Servers servers) : WebApplicationFactory<IndexModel>, IAsyncLifetime
{
    public const string AdminEmail = "Admin@example.com";

    public FlaskyDatabase Database { get; } = new(servers);

    public TestJobs Jobs => Services.GetRequiredService<TestJobs>();

    public async ValueTask InitializeAsync() => await Database.InitializeAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
    }

    public Browser Browse() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    public async Task<User?> FindAsync(string email)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Users.AsNoTracking()
            .SingleOrDefaultAsync(user => user.Email == email, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the outbox has handed over so many mails to a user, and no more.</summary>
    public async Task WaitForMailsAsync(int userId, int count)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        await Jobs.WaitUntilAsync(jobs => jobs.EnqueuedOf<ConfirmAccount>().Count(job => job.Job.UserId == userId) == count, timeout.Token);
    }

    public async Task<string> TokenAsync(string email) =>
        Services.GetRequiredService<AccountTokens>().CreateConfirmationToken((await FindAsync(email))!);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:flaskydb", Database.ConnectionString);
        builder.UseSetting("ConnectionStrings:redis", "localhost:1,connectTimeout=100,connectRetry=1");
        builder.UseSetting("Flasky:AdminEmail", AdminEmail);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddJobTesting());
    }
}
