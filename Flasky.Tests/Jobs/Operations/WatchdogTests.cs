using Flasky.Jobs.Running;
using Flasky.Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Operations;

public sealed class WatchdogTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task AWorkerWhoseEverySlotHasALongJobIsAlive()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        var host = await StartWorkerAsync(options => (options.Concurrency, options.Lease) = (1, TimeSpan.FromMilliseconds(600)));
        await App.Queue.EnqueueAsync(new Note("long"), cancellationToken: Cancellation);
        await Runs.NextAsync();

        // Each answer puts it back to zero; before, none came until the job had ended.
        var worker = host.Services.GetRequiredService<JobWorker>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        var (last, answers) = (worker.SinceLastAnswer, 0);
        while (answers < 5)
        {
            await Task.Delay(5, timeout.Token);
            var now = worker.SinceLastAnswer;
            answers += now < last ? 1 : 0;
            last = now;
        }
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(host));
        gate.SetResult();
        await WaitUntilSettledAsync();
    }

    [Fact]
    public async Task AWorkerThatHasHadNoAnswerForLongIsNot()
    {
        var time = new ManualClock();
        // Port 1 is reserved and nothing listens on it.
        await using var app = new JobsHost("localhost:1,connectTimeout=200,connectRetry=1") { Configure = builder => builder.Services.AddSingleton<TimeProvider>(time) };
        var host = await app.StartWorkerAsync(worker => worker.Handle<Note, NoteHandler>(), TimeSpan.FromSeconds(2));
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(host));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        do
        {
            // The worker may still be about to make its first call.
            await Task.Delay(5, timeout.Token);
            time.Advance(TimeSpan.FromSeconds(31));
        }
        while (await HealthAsync(host) != HealthStatus.Unhealthy);
    }

    private static async Task<HealthStatus> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "jobs", Cancellation)).Status;
}
