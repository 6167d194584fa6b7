using System.Diagnostics;
using System.Net;
using Flasky.Tests.Packages;
using Flasky.Tests.Telemetry;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Flasky.Tests.Jobs;

/// <summary>The quick start of the README is a program that runs.</summary>
public sealed class QuickStartTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void TheReadmeShowsTheProgramInFifteenLines()
    {
        var program = File.ReadAllText(Path.Combine(Repository.Root, "docs", "samples", "QuickStart", "Program.cs"));
        Assert.InRange(program.Split('\n').Count(line => line.Trim().Length > 0), 1, 15);
        Assert.Contains($"```csharp\n{program}```", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJobIsRetriedTracedAndMonitored()
    {
        await using var collector = await OtlpReceiver.StartAsync(Cancel);
        await using var site = new WebApplicationFactory<Welcome>().WithWebHostBuilder(builder =>
        {
            builder.UseSetting("ConnectionStrings:redis", servers.Redis);
            builder.UseSetting("Flasky:Jobs:KeyPrefix", JobsHost.NewPrefix());
            builder.UseSetting("Flasky:Jobs:EnqueueTimeout", "00:00:20");
            builder.UseSetting("Flasky:Jobs:Worker:RetryDelay", "00:00:00.020");
            foreach (var (name, value) in collector.Environment)
                builder.UseSetting(name, value);
        });
        using var http = site.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health", UriKind.Relative), Cancel)).StatusCode);

        var answer = await http.PostAsync(new Uri("/welcome/susan", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var trace = await collector.WaitForTraceAsync(
            spans => spans.Count(span => span.Name == "process default") == 2 && spans.Any(span => span.Kind == ActivityKind.Server), TimeSpan.FromSeconds(60), Cancel);
        var send = Assert.Single(trace, span => span.Name == "send default");
        Assert.Equal(Assert.Single(trace, span => span.Kind == ActivityKind.Server).SpanId, send.ParentSpanId);
        var attempts = trace.Where(span => span.Name == "process default").OrderBy(span => span.Attributes["flasky.job.attempt"], StringComparer.Ordinal).ToList();
        Assert.All(attempts, attempt => Assert.Equal(send.SpanId, attempt.ParentSpanId));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], attempts.Select(attempt => attempt.Status));
        Assert.Equal("The mail server is busy.", attempts[0].StatusMessage);
    }
}
