using System.Collections.Concurrent;
using System.Net;
using Flasky.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Guide;

/// <summary>The guide's examples do what its pages say.</summary>
public sealed class GuideTests(Servers servers) : JobsTest(servers)
{
    private readonly LetterBox box = new();

    [Fact]
    public async Task LettersAreSentOnceEachHoweverTheyAreEnqueued()
    {
        using var worker = await StartLettersAsync();
        var order = Guid.NewGuid();

        var ids = await EnqueueingExample.EnqueueAsync(App.Queue, [8, 9], Cancellation);
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(["Welcome", "News", "News"], new[] { await LetterAsync(), await LetterAsync(), await LetterAsync() }.OrderDescending());
        var confirmed = await EnqueueingExample.ConfirmOrderAsync(App.Queue, order, 7, Cancellation);
        Assert.Equal(confirmed, await EnqueueingExample.ConfirmOrderAsync(App.Queue, order, 7, Cancellation));
        Assert.Equal($"Order {order}", await LetterAsync());
        await EnqueueingExample.RemindAsync(App.Queue, 7, DateTimeOffset.UnixEpoch, Cancellation);
        Assert.Equal("It is today", await LetterAsync());
        Assert.True(box.IsEmpty);
        await worker.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AnIndexIsRebuiltOnceForManyWhoAsk()
    {
        var first = await EnqueueingExample.RebuildOnceAsync(App.Queue, "novels", Cancellation);
        Assert.Equal(first, await EnqueueingExample.RebuildOnceAsync(App.Queue, "novels", Cancellation));
        Assert.NotEqual(first, await EnqueueingExample.RebuildOnceAsync(App.Queue, "plays", Cancellation));
        var calm = await EnqueueingExample.RebuildWhenCalmAsync(App.Queue, "maps", Cancellation);
        Assert.Equal(calm, await EnqueueingExample.RebuildWhenCalmAsync(App.Queue, "maps", Cancellation));

        using var worker = await StartLettersAsync();
        Assert.Equal(["novels", "plays"], new[] { await ShelfAsync(), await ShelfAsync() }.Order());
        // Started, so the key is free again.
        Assert.NotEqual(first, await EnqueueingExample.RebuildOnceAsync(App.Queue, "novels", Cancellation));
        Assert.Equal("novels", await ShelfAsync());
        Assert.Equal("maps", await ShelfAsync());
        await worker.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AVideoIsConvertedFollowedAndStopped()
    {
        await App.StartWorkerAsync(worker => worker.Handle<ConvertVideo, ConvertedVideo, ConvertVideoHandler>());
        Assert.Equal(new ConvertedVideo("cat.webm", 3), await ResultsExample.ConvertAsync(App.Queue, "cat.mp4", Cancellation));

        var started = new TaskCompletionSource();
        Studio.Work = cancellationToken =>
        {
            started.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        };
        var running = (await App.Queue.EnqueueForResultAsync(new ConvertVideo("dog.mp4", 3), cancellationToken: Cancellation)).Id;
        var shown = new ConcurrentQueue<string>();
        var following = ResultsExample.FollowAsync(App.Queue, running.ToString(), shown.Enqueue, Cancellation);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal("It is being stopped.", await ResultsExample.StopAsync(App.Queue, running.ToString(), Cancellation));
        await following.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.StartsWith("Cancelled", shown.Last(), StringComparison.Ordinal);
        Assert.Equal("It will not run.", await ResultsExample.StopAsync(App.Queue, running.ToString(), Cancellation));
    }

    [Fact]
    public async Task AChargeIsRetriedSnoozedOrDiscardedAsTheBankSays()
    {
        var bank = new Bank();
        await App.StartWorkerAsync(worker =>
        {
            worker.Services.AddSingleton<IBank>(bank);
            RetriesExample.ConfigureAll(worker);
            RetriesExample.Configure(worker);
        });

        var busy = await StatusAsync(HttpStatusCode.ServiceUnavailable, JobState.Succeeded);
        Assert.Equal(2, busy.Attempt);
        Assert.Contains("There is no account", (await StatusAsync(HttpStatusCode.NotFound, JobState.Failed)).Error, StringComparison.Ordinal);
        Assert.Equal(1, (await StatusAsync(HttpStatusCode.BadRequest, JobState.Failed)).Attempt);
        Assert.Equal(1, (await StatusAsync(HttpStatusCode.TooManyRequests, JobState.Retrying)).Attempt);
        Assert.Equal(0, (await StatusAsync(HttpStatusCode.Locked, JobState.Scheduled)).Attempt);

        async Task<JobStatus> StatusAsync(HttpStatusCode first, JobState state)
        {
            bank.Answer(first);
            var id = await App.Queue.EnqueueAsync(new ChargeAccount(1), new EnqueueOptions { Tracked = true }, Cancellation);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            timeout.CancelAfter(TimeSpan.FromSeconds(20));
            await foreach (var status in App.Queue.Find(id).WatchAsync(timeout.Token))
            {
                if (status.State == state)
                    return status;
            }
            throw new InvalidOperationException($"The job never was {state}.");
        }
    }

    private async Task<IHost> StartLettersAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(App.Settings);
        builder.Services.AddSingleton(box);
        WorkersExample.AddProducer(builder);
        WorkersExample.AddWorker(builder);
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        return host;
    }

    private async Task<string> LetterAsync() => ((SendLetter)await box.NextAsync()).Text;

    private async Task<string> ShelfAsync() => ((RebuildIndex)await box.NextAsync()).Shelf;

    /// <summary>Gives each charge its first answer, and then charges it.</summary>
    private sealed class Bank : IBank
    {
        private HttpStatusCode next;

        public void Answer(HttpStatusCode status) => next = status;

        public Task<HttpStatusCode> ChargeAsync(int accountId, Guid key, CancellationToken cancellationToken)
        {
            var answer = next;
            next = HttpStatusCode.OK;
            return Task.FromResult(answer);
        }
    }
}
