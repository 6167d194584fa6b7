using Flasky.Jobs;
using Flasky.Jobs.Testing;
using Flasky.Tests.Jobs.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Testing;

/// <summary>A queue that the conformance tests are run against.</summary>
public abstract class QueueUnderTest : IAsyncDisposable
{
    public Runs Runs { get; } = new();

    public Parts Parts { get; } = new();

    public abstract IServiceProvider Services { get; }

    public IJobQueue Queue => Services.GetRequiredService<IJobQueue>();

    /// <summary>Has jobs run from now on.</summary>
    public abstract Task StartWorkerAsync();

    /// <summary>Lets time pass until something is so.</summary>
    public abstract Task UntilAsync(Func<Task<bool>> reached);

    public Task UntilEndedAsync(JobId id) => UntilAsync(async () => (await Queue.Find(id).GetStatusAsync(TestContext.Current.CancellationToken))?.State.IsEnd() == true);

    public abstract ValueTask DisposeAsync();

    /// <summary>The same handlers and options for every queue; one job at a time, so that their order shows.</summary>
    protected void Configure(JobWorkerBuilder worker)
    {
        worker.Services.AddSingleton(Runs).AddSingleton(Parts).AddScoped<ScopeMarker>();
        worker.Handle<Note, NoteHandler>(options => options.MaxAttempts = 3).Handle<Sum, Total, SumHandler>().Handle<Part, string, PartHandler>();
        worker.Configure(options =>
        {
            (options.Concurrency, options.MaxAttempts) = (1, 3);
            options.RetryDelay = TimeSpan.FromMilliseconds(20);
        });
    }
}

public sealed class QueueInMemory : QueueUnderTest
{
    private readonly IHost host;
    private bool started;

    public QueueInMemory()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddJobWorker("redis", Configure);
        builder.UseJobTesting(testing => (testing.Mode, testing.Clock) = (JobTestingMode.Drain, new ManualClock()));
        host = builder.Build();
    }

    public override IServiceProvider Services => host.Services;

    public override Task StartWorkerAsync()
    {
        started = true;
        return host.StartAsync(TestContext.Current.CancellationToken);
    }

    public override async Task UntilAsync(Func<Task<bool>> reached)
    {
        var jobs = Services.GetRequiredService<TestJobs>();
        for (var step = 0; step < 1000; step++)
        {
            if (started)
                await jobs.RunAllAsync(TestContext.Current.CancellationToken);
            if (await reached())
                return;
            await jobs.AdvanceAsync(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
        Assert.Fail("It did not come to that within 100 seconds of the clock.");
    }

    public override async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}

public sealed class QueueInRedis(Servers servers) : QueueUnderTest
{
    private readonly JobsHost app = new(servers.Redis);

    public override IServiceProvider Services => app.Producer.Services;

    public override Task StartWorkerAsync() => app.StartWorkerAsync(Configure);

    public override async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await reached())
            await Task.Delay(5, timeout.Token);
    }

    public override ValueTask DisposeAsync() => app.DisposeAsync();
}
