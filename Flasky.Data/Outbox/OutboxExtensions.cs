using Flasky.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Flasky.Data.Outbox;

/// <summary>
/// A transactional outbox for any context on PostgreSQL: a job enqueued through the context becomes a row of the same
/// transaction, and is handed to the queue right after the commit, or when the queue is back.
/// </summary>
public static class OutboxExtensions
{
    /// <summary>The table's name in the database, in the model's default schema.</summary>
    internal const string Table = "outbox_jobs";

    /// <summary>Adds the table <c>outbox_jobs</c> to the model. Its columns are spelled for people who look at it in psql.</summary>
    public static ModelBuilder AddOutbox(this ModelBuilder builder)
    {
        builder.Entity<OutboxJob>(job =>
        {
            job.ToTable(Table);
            job.HasKey(j => j.Sequence);
            job.Property(j => j.Sequence).HasColumnName("sequence").UseIdentityAlwaysColumn();
            job.Property(j => j.JobId).HasColumnName("job_id");
            job.Property(j => j.Queue).HasColumnName("queue");
            job.Property(j => j.Name).HasColumnName("name");
            job.Property(j => j.Arguments).HasColumnName("arguments");
            job.Property(j => j.Headers).HasColumnName("headers");
            job.Property(j => j.CreatedAt).HasColumnName("created_at");
            job.Property(j => j.DueAt).HasColumnName("due_at");
        });
        return builder;
    }

    /// <summary>
    /// Hands over what <typeparamref name="TContext"/>'s outbox holds, as long as the host runs. Call it in every process that
    /// enqueues; they take turns. Needs an <see cref="IJobQueue"/> and the context to be registered.
    /// </summary>
    public static IServiceCollection AddOutbox<TContext>(this IServiceCollection services) where TContext : DbContext
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboxSignal<TContext>>();
        services.AddSingleton<OutboxInterceptor<TContext>>();
        services.ConfigureDbContext<TContext>((provider, options) =>
            options.AddInterceptors(provider.GetRequiredService<OutboxInterceptor<TContext>>()));
        services.AddHostedService<OutboxDispatcher<TContext>>();
        return services;
    }

    /// <summary>
    /// Enqueues a job when, and only when, the changes of this context are committed. Does no I/O: call
    /// <see cref="DbContext.SaveChangesAsync(CancellationToken)"/> afterwards.
    /// </summary>
    /// <returns>The job's id.</returns>
    public static JobId Enqueue<TJob>(this DbContext db, IJobQueue queue, TJob job, EnqueueOptions? options = null) where TJob : IJob
    {
        var envelope = queue.Create(job, options);
        db.Add(OutboxJob.From(envelope));
        return envelope.Id;
    }
}
