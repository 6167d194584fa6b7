using System.Globalization;
using System.Security.Claims;
using Flasky.Tests.Jobs.Arguments;
using Flasky.Tests.Jobs.Context;
using Flasky.Tests.Packages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs;

/// <summary>The examples of the documentation are code that is compiled and run here.</summary>
public sealed class ExampleTests(Servers servers) : JobsTest(servers)
{
    [Theory]
    [InlineData("context.md", "Context")]
    [InlineData("arguments.md", "Arguments")]
    [InlineData("workflows.md", "Workflows")]
    [InlineData("limits.md", "Limits")]
    [InlineData("testing-jobs.md", "Testing")]
    [InlineData("operations.md", "Operations")]
    [InlineData("enqueueing.md", "Guide")]
    [InlineData("results.md", "Guide")]
    [InlineData("retries.md", "Guide")]
    [InlineData("workers.md", "Guide")]
    [InlineData("recurring-jobs.md", "Recurring")]
    public void EveryExampleIsCodeOfATest(string page, string folder)
    {
        var code = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Flasky.Tests", "Jobs", folder), "*.cs").Select(file => Flat(File.ReadAllText(file))).ToList();
        var examples = File.ReadAllText(Path.Combine(Repository.Root, "docs", page)).Split("```csharp\n")[1..].Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();
        Assert.True(examples.Count > 1);
        Assert.All(examples, example => Assert.Contains(code, file => file.Contains(Flat(example), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TheReportIsInTheUsersLanguageAndLinksToTheSite()
    {
        var mailbox = new ReportMailbox();
        App.Configure = builder =>
        {
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Site:PublicUrl", (string?)"https://shop.example.com/")]);
            ContextExample.AddToWeb(builder);
        };
        _ = App.Producer;
        var worker = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        worker.Configuration.AddInMemoryCollection(App.Settings);
        worker.Services.AddSingleton(mailbox).AddScoped<ReportMail>();
        ContextExample.AddToWorker(worker);
        using var workers = worker.Build();
        await workers.StartAsync(Cancellation);

        var envelope = await Task.Run(() =>
        {
            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "42")], "test"));
            App.Producer.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { User = user };
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("pl-PL");
            Region.Current = "eu";
            return App.Queue.Create(new BuildReport(new DateOnly(2026, 3, 1)));
        }, Cancellation);
        await App.Queue.SendAsync([envelope], Cancellation);

        Assert.Equal("42 <- marzec 2026: https://shop.example.com/reports/2026-03 (eu)", await mailbox.First.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        await workers.StopAsync(Cancellation);
    }

    [Fact]
    public async Task TheNewsletterOfTheFirstVersionStillGoesOut()
    {
        var (letters, charges, keys) = (new Collected<SendNewsletter>(), new Collected<ChargeCard>(), Directory.CreateTempSubdirectory("flasky-keys-"));
        try
        {
            App.Configure = builder =>
            {
                ArgumentsExample.AddToBoth(builder);
                ArgumentsExample.AddGenerated(builder);
                ArgumentsExample.AddEncryption(builder, keys);
            };
            await App.StartWorkerAsync(worker =>
            {
                worker.Services.AddSingleton(letters);
                ArgumentsExample.AddToWorker(worker);
                worker.Collect(charges);
            });
            var old = App.Queue.Create(new SendNewsletter([], "")) with { Name = "mail.newsletter", Arguments = """{"to":"susan"}""" };
            await App.Queue.SendAsync([old], Cancellation);
            await App.Queue.EnqueueAsync(new ChargeCard("4242", 1.50m), cancellationToken: Cancellation);

            Assert.Equivalent(new SendNewsletter(["susan"], "en"), (await letters.NextAsync()).Job, strict: true);
            Assert.Equal(new ChargeCard("4242", 1.50m), (await charges.NextAsync()).Job);
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    private static string Flat(string code) => string.Join('\n', code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
