using System.Net;
using Flasky.Data.Limits;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flasky.Tests.Web;

public sealed class LimitTests(Site site) : IClassFixture<Site>
{
    private static (string, string)[] Wrong(string name) => [("Input.Email", $"{name}@example.com"), ("Input.Password", "some other thing")];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FiveWrongPasswordsCloseTheLoginOnEveryReplicaForKnownAndUnknownAddressesAlike(bool known)
    {
        var name = known ? await site.NewUserAsync() : $"nobody{Guid.NewGuid():N}"[..20];
        using var replica = site.WithWebHostBuilder(_ => { });
        using var first = site.Browse();
        using var second = new Browser(replica.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await (i % 2 == 0 ? first : second).PostAsync("/auth/login", Wrong(name));
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }
        foreach (var browser in new[] { first, second })
        {
            // The right password would not help either.
            using var closed = await browser.PostAsync("/auth/login", ("Input.Email", $"{name}@example.com"), ("Input.Password", Browser.Password));
            Assert.Equal(HttpStatusCode.TooManyRequests, closed.StatusCode);
            Assert.InRange(closed.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            Assert.Contains("Too many tries", await closed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LoggingInForgetsWrongPasswords()
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        for (var i = 0; i < 4; i++)
        {
            await browser.SubmitAsync("/auth/login", Wrong(name));
        }
        (await site.LogInAsync(name)).Dispose();
        using var again = await browser.PostAsync("/auth/login", Wrong(name));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task GuessesAtTheSameMomentAllCount()
    {
        var name = await site.NewUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var browser = site.Browse();
            using var answer = await browser.PostAsync("/auth/login", Wrong(name));
            return answer.StatusCode;
        }));
        // One is forgotten a minute: on a slow day a sixth may have its turn.
        Assert.InRange(answers.Count(answer => answer == HttpStatusCode.OK), 5, 6);
    }

    [Fact]
    public async Task MailsToOneAddressAreLimited()
    {
        using var browser = site.Browse();
        for (var i = 0; i < 4; i++)
        {
            Assert.Contains("is on its way", await browser.SubmitAsync("/auth/reset", ("Input.Email", "flooded@example.com")), StringComparison.Ordinal);
        }
        using var fifth = await browser.PostAsync("/auth/reset", ("Input.Email", "Flooded@Example.com"));
        Assert.Equal(HttpStatusCode.TooManyRequests, fifth.StatusCode);
    }

    [Fact]
    public async Task RegistrationsOfOneClientAreLimited()
    {
        using var strict = site.WithWebHostBuilder(web => web.UseSetting("Flasky:Limits:RegisterPerClient:Burst", "1").UseSetting("Flasky:Limits:RegisterPerClient:Every", "01:00:00"));
        using var browser = new Browser(strict.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        await site.Database.ScalarAsync<long>("WITH gone AS (DELETE FROM attempt_counts RETURNING 1) SELECT count(*) FROM gone");
        Assert.Contains("Almost there", await browser.RegisterAsync($"u{Guid.NewGuid():N}"[..20]), StringComparison.Ordinal);
        Assert.Contains("Too many tries", await browser.RegisterAsync($"u{Guid.NewGuid():N}"[..20]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(5, 0)]
    public void LimitThatCannotBeMeantIsRefusedByName(int burst, int seconds)
    {
        var options = new AccountLimitOptions { Login = new AttemptLimit { Burst = burst, Every = TimeSpan.FromSeconds(seconds) } };
        var checks = site.Services.GetServices<IValidateOptions<AccountLimitOptions>>().Select(check => check.Validate(Options.DefaultName, options));
        Assert.Contains(checks, check => check.Failed && check.FailureMessage.Contains("Flasky:Limits", StringComparison.Ordinal));
    }
}
