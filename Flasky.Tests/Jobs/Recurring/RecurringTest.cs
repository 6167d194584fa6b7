using Flasky.Jobs;
using Flasky.Jobs.Recurring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Recurring;

/// <summary>What the tests of recurring jobs have besides.</summary>
public abstract class RecurringTest(Servers servers) : JobsTest(servers)
{
    protected static readonly JobSchedule Often = JobSchedule.Every(TimeSpan.FromMilliseconds(200));
    protected static readonly JobSchedule Hourly = JobSchedule.Every(TimeSpan.FromHours(1));

    protected IRecurringJobs Recurring => App.Producer.Services.GetRequiredService<IRecurringJobs>();

    internal RecurringStore RecurringStore => new(new Lazy<StackExchange.Redis.IConnectionMultiplexer>(App.Producer.Redis), App.Keys());

    protected Task<IHost> StartWithAsync(Action<JobWorkerBuilder> declare) => App.StartWorkerAsync(worker =>
    {
        worker.Services.AddSingleton(Runs).AddScoped<ScopeMarker>();
        declare(worker.Handle<Note, NoteHandler>());
    });

    protected async Task<RecurringJob> ShowAsync(string name) =>
        Assert.Single(await Recurring.ListAsync(cancellationToken: Cancellation), job => job.Name == name);

    /// <summary>Waits until what Redis has of a recurring job is as asked.</summary>
    protected async Task<RecurringJob> WaitForAsync(string name, Func<RecurringJob, bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var jobs = await Recurring.ListAsync(cancellationToken: timeout.Token);
            if (jobs.FirstOrDefault(job => job.Name == name) is { } found && condition(found))
                return found;
            await Task.Delay(10, timeout.Token);
        }
    }

    protected async Task<DateTimeOffset> RedisNowAsync() => (await RecurringStore.ListAsync("none")).Now;

    /// <summary>Adds an hourly job and leaves it behind as if nothing had scheduled since.</summary>
    /// <returns>The tick at which it stands.</returns>
    protected async Task<DateTimeOffset> LeaveBehindAsync(TimeSpan by, RecurringOptions options)
    {
        await Recurring.SetAsync("late", new Note("late"), Hourly, options, Cancellation);
        var tick = (await RedisNowAsync()) - by;
        await App.Redis.SortedSetAddAsync(App.Keys().Recurring, "late", tick.ToUnixTimeMilliseconds());
        return tick;
    }
}
