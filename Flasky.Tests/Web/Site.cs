using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
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
public class Site(Servers servers) : WebApplicationFactory<IndexModel>, IAsyncLifetime
{
    public const string AdminEmail = "Admin@example.com";

    public FlaskyDatabase Database { get; } = new(servers);

    public TestJobs Jobs => Services.GetRequiredService<TestJobs>();

    public virtual async ValueTask InitializeAsync() => await Database.InitializeAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the site has asked the database since it was last asked itself.</summary>
    public StatementCounter Statements { get; } = new();

    /// <summary>Somebody with a confirmed account, logged in.</summary>
    public async Task<Member> JoinAsync(string role = Role.User, string? name = null)
    {
        name = await NewUserAsync(name);
        var id = (await FindAsync($"{name}@example.com"))!.Id;
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().SetRoleAsync(id, role, TestContext.Current.CancellationToken);
        return new Member(this, await LogInAsync(name), id, name);
    }

    public Browser Browse() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    /// <summary>Registers somebody whose address is confirmed, <c>{name}@example.com</c>.</summary>
    public async Task<string> NewUserAsync(string? name = null)
    {
        name ??= $"u{Guid.NewGuid():N}"[..20];
        using var browser = Browse();
        await browser.RegisterAsync(name);
        await Database.ScalarAsync<int>($"""UPDATE "Users" SET "EmailConfirmed" = true WHERE "UserName" = '{name}' RETURNING 1""");
        return name;
    }

    /// <summary>A browser in which somebody is logged in.</summary>
    public async Task<Browser> LogInAsync(string name, string password = Browser.Password)
    {
        var browser = Browse();
        var page = await browser.LogInAsync(name, password: password);
        Assert.Contains($"Hello, {name}!", page, StringComparison.Ordinal);
        return browser;
    }

    public async Task<User?> FindAsync(string email)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Users.AsNoTracking()
            .SingleOrDefaultAsync(user => user.Email == email, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the outbox has handed over so many confirmations of a user, and no more.</summary>
    public Task WaitForMailsAsync(int userId, int count) => WaitForJobsAsync<ConfirmAccount>(job => job.UserId == userId, count);

    /// <summary>Waits until the outbox has handed over so many jobs that are wanted, and no more.</summary>
    public async Task WaitForJobsAsync<TJob>(Func<TJob, bool> isWanted, int count = 1) where TJob : IJob
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        await Jobs.WaitUntilAsync(jobs => jobs.EnqueuedOf<TJob>().Count(job => isWanted(job.Job)) == count, timeout.Token);
    }

    public async Task<string> TokenAsync(string email) =>
        Services.GetRequiredService<AccountTokens>().CreateConfirmationToken((await FindAsync(email))!);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // For those who serve it to a real browser.
        builder.UseUrls("http://127.0.0.1:0");
        builder.UseSetting("ConnectionStrings:flaskydb", Database.ConnectionString);
        builder.UseSetting("ConnectionStrings:redis", "localhost:1,connectTimeout=100,connectRetry=1");
        builder.UseSetting("Flasky:AdminEmail", AdminEmail);
        // All tests of a class are one client to it.
        builder.UseSetting("Flasky:Limits:RegisterPerClient:Burst", "10000");
        builder.UseSetting("Flasky:Limits:LoginPerClient:Burst", "10000");
        builder.UseSetting("Flasky:Limits:MailPerClient:Burst", "10000");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.AddJobTesting();
            services.ConfigureDbContext<FlaskyDbContext>(options => options.AddInterceptors(Statements));
        });
    }
}
