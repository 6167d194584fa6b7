using System.Text.Json;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Recurring;

/// <inheritdoc cref="IRecurringJobs"/>
internal sealed class RecurringJobs(IRecurringStores stores, IJobQueue jobs, IOptions<FlaskyJobsOptions> options, TimeProvider time) : IRecurringJobs
{
    public Task SetAsync<TJob>(string name, TJob job, JobSchedule schedule, RecurringOptions? recurring = null, CancellationToken cancellationToken = default)
        where TJob : IJob => SetAsync(name, jobs.Create(job, new EnqueueOptions { Queue = recurring?.Queue }), schedule, recurring, cancellationToken);

    public async Task SetAsync(string name, JobEnvelope job, JobSchedule schedule, RecurringOptions? recurring = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(schedule);
        JobNames.Check(name, "The recurring job's name");
        JobNames.Check(JobWireName.Parse(job.Name).Name, "The job's name");
        var definition = RecurringDefinition.From(job, schedule, RecurringOptions.Check(recurring), declaredBy: null);
        await CallAsync(job.Id.Queue, async store =>
        {
            var (now, _) = await store.ListAsync(name).ConfigureAwait(false);
            var next = schedule.Next(now, now) ?? throw new ArgumentException($"'{schedule}' has no tick any more.", nameof(schedule));
            await store.SetAsync(name, definition, next, declared: false).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> RemoveAsync(string name, string queue = "default", CancellationToken cancellationToken = default) =>
        CallAsync(queue, store => store.RemoveAsync(name), cancellationToken);

    public Task<bool> PauseAsync(string name, string queue = "default", CancellationToken cancellationToken = default) =>
        CallAsync(queue, store => store.PauseAsync(name), cancellationToken);

    public Task<bool> ResumeAsync(string name, string queue = "default", CancellationToken cancellationToken = default) =>
        CallAsync(queue, async store =>
        {
            while (await FindAsync(store, name).ConfigureAwait(false) is var (now, stored, definition))
            {
                // Changed in between: compute its next tick anew.
                if (await store.ResumeAsync(name, stored.Version, JobSchedule.Parse(definition.When).Next(now, now)).ConfigureAwait(false))
                    return true;
            }
            return false;
        }, cancellationToken);

    public async Task<JobId?> TriggerAsync(string name, string queue = "default", CancellationToken cancellationToken = default)
    {
        if (await CallAsync(queue, store => FindAsync(store, name), cancellationToken).ConfigureAwait(false) is not var (_, _, definition))
            return null;
        var envelope = new JobEnvelope
        {
            Id = JobId.New(queue, time),
            Name = definition.Job,
            Arguments = definition.Arguments,
            Headers = definition.Directives ?? JobHeaders.None,
            CreatedAt = time.GetUtcNow(),
        };
        await jobs.SendAsync([envelope], cancellationToken).ConfigureAwait(false);
        return envelope.Id;
    }

    public async Task<IReadOnlyList<RecurringJob>> ListAsync(string queue = "default", CancellationToken cancellationToken = default)
    {
        var (_, stored) = await CallAsync(queue, store => store.ListAsync(), cancellationToken).ConfigureAwait(false);
        return [.. stored.Select(job => Shown(queue, job)).OrderBy(job => job.Name, StringComparer.Ordinal)];
    }

    private static RecurringJob Shown(string queue, StoredRecurringJob job)
    {
        var definition = RecurringDefinition.Read(job.Definition);
        return new RecurringJob
        {
            Name = job.Name,
            Queue = queue,
            Job = definition.Job,
            Arguments = definition.Arguments,
            Schedule = definition.When,
            DeclaredBy = definition.DeclaredBy,
            IsPaused = job.IsPaused,
            NextTick = job.NextTick,
            LastTick = job.LastTick,
        };
    }

    private static async Task<(DateTimeOffset Now, StoredRecurringJob Stored, RecurringDefinition Definition)?> FindAsync(IRecurringStore store, string name)
    {
        var (now, found) = await store.ListAsync(name).ConfigureAwait(false);
        return found is [var stored] && name.Length > 0 ? (now, stored, RecurringDefinition.Read(stored.Definition)) : null;
    }

    private async Task<T> CallAsync<T>(string queue, Func<IRecurringStore, Task<T>> call, CancellationToken cancellationToken)
    {
        JobNames.Check(queue, "The queue");
        try
        {
            return await OpenAsync().AnsweredAsync(options.Value.EnqueueTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"A recurring job of queue '{queue}' was written by another version and cannot be read: {e.Message}", e);
        }

        // The connection itself may fail.
        async Task<T> OpenAsync() => await call(stores.Of(queue)).ConfigureAwait(false);
    }
}
