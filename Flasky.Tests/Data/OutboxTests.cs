using System.Diagnostics;
using Flasky.Data.Outbox;
using Flasky.Jobs;
using Flasky.Jobs.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Data;

public sealed class OutboxTests(Servers servers) : IAsyncLifetime
{
    private readonly EmptyDatabase database = new(servers);
    private readonly SharedQueue shared = new();
    private readonly ManualClock time = new();

    private IJobQueue Queue => shared.Queue;

    private TestJobs Jobs => shared.Jobs;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await using var db = new NotesContext(new DbContextOptionsBuilder<NotesContext>().UseNpgsql(database.ConnectionString).Options);
        await db.Database.EnsureCreatedAsync(Cancel);
    }

    public ValueTask DisposeAsync()
    {
        shared.Dispose();
        return database.DisposeAsync();
    }

    [Fact]
    public async Task CommitOfSaveChangesSendsAtOnceWithoutAPoll()
    {
        using var host = await StartAsync(time);
        await InContextAsync(host, async db =>
        {
            db.Notes.Add(new Note { Text = "a" });
            db.Enqueue(Queue, new Greet("a"));
            await db.SaveChangesAsync(Cancel);
        });
        await WaitUntilAsync(jobs => jobs.Enqueued.Count == 1);
        Assert.Equal("""{"name":"a"}""", Assert.Single(Jobs.Enqueued).Arguments);
        await AssertNothingLeftAsync(host);
    }

    [Fact]
    public async Task CommitOfAnExplicitTransactionSendsAtOnceWithoutAPoll()
    {
        using var host = await StartAsync(time);
        await InContextAsync(host, async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            db.Enqueue(Queue, new Greet("a"));
            await db.SaveChangesAsync(Cancel);
            Assert.Empty(Jobs.Enqueued);
            await transaction.CommitAsync(Cancel);
        });
        await WaitUntilAsync(jobs => jobs.Enqueued.Count == 1);
        await AssertNothingLeftAsync(host);
    }

    [Fact]
    public async Task RolledBackJobsAreNeverSent()
    {
        using var host = await StartAsync(time);
        await InContextAsync(host, async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            db.Enqueue(Queue, new Greet("rolled back"));
            await db.SaveChangesAsync(Cancel);
            await transaction.RollbackAsync(Cancel);
        });
        await EnqueueAsync(host, "committed");
        await WaitUntilAsync(jobs => jobs.Enqueued.Count == 1);
        await AssertNothingLeftAsync(host);
        Assert.Equal("""{"name":"committed"}""", Assert.Single(Jobs.Enqueued).Arguments);
    }

    [Fact]
    public async Task JobsOfACrashedProcessAreSentByThePoll()
    {
        using var crashed = CreateHost(time);
        await EnqueueAsync(crashed, "left behind");

        using var host = await StartAsync(time);
        await time.FirstTimer.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        time.Advance(TimeSpan.FromSeconds(2));
        await WaitUntilAsync(jobs => jobs.Enqueued.Count == 1);
        await AssertNothingLeftAsync(host);
    }

    [Fact]
    public async Task WhileTheQueueIsDownJobsAreKeptAndLaterSentOnceInOrder()
    {
        Jobs.IsDown = true;
        using var host = await StartAsync(TimeProvider.System);
        var names = Enumerable.Range(0, 50).Select(i => $"{i}").ToList();
        foreach (var name in names)
        {
            await EnqueueAsync(host, name);
        }
        await WaitUntilAsync(jobs => jobs.Sends >= 3);
        Assert.Empty(Jobs.Enqueued);

        Jobs.IsDown = false;
        await WaitUntilAsync(jobs => jobs.Enqueued.Count == 50);
        await AssertNothingLeftAsync(host);
        Assert.Equal(names.Select(name => $$"""{"name":"{{name}}"}"""), Jobs.Enqueued.Select(job => job.Arguments));
    }

    [Fact]
    public async Task TwoDispatchersSendEachJobOnceAndKeepTheOrder()
    {
        using var first = CreateHost(TimeProvider.System);
        for (var i = 0; i < 10; i++)
        {
            await InContextAsync(first, async db =>
            {
                Enumerable.Range(i * 100, 100).ToList().ForEach(n => db.Enqueue(Queue, new Greet($"{n:D4}")));
                await db.SaveChangesAsync(Cancel);
            });
        }
        using var second = CreateHost(TimeProvider.System);
        await Task.WhenAll(first.StartAsync(Cancel), second.StartAsync(Cancel));
        await WaitUntilAsync(jobs => jobs.Enqueued.Count == 1000);
        await AssertNothingLeftAsync(first);
        await second.StopAsync(Cancel);
        Assert.Equal((1000, 0), (Jobs.Enqueued.Count, Jobs.Repeats));
        Assert.Equal(Jobs.Enqueued.Select(job => job.Arguments).Order(StringComparer.Ordinal), Jobs.Enqueued.Select(job => job.Arguments));
    }

    [Fact]
    public async Task EnvelopesComeOutAsTheyWentIn()
    {
        using var host = await StartAsync(time);
        using var request = new Activity("request").Start();
        JobId id = default;
        await InContextAsync(host, async db =>
        {
            id = db.Enqueue(Queue, new Greet("Zoë \"x\""), new EnqueueOptions { Queue = "other", Delay = TimeSpan.FromMinutes(5) });
            await db.SaveChangesAsync(Cancel);
        });
        await WaitUntilAsync(jobs => jobs.Enqueued.Count == 1);
        var sent = Assert.Single(Jobs.Enqueued);
        Assert.Equal(id, sent.Id);
        Assert.Equal("test.greet", sent.Name);
        Assert.Equal("other", sent.Queue);
        Assert.Equal(request.Id, sent.Envelope.Headers["traceparent"]);
        Assert.Equal(TimeSpan.FromMinutes(5), sent.Delay);
    }

    private IHost CreateHost(TimeProvider clock)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(Queue);
        builder.Services.AddDbContextPool<NotesContext>(options => options.UseNpgsql(database.ConnectionString));
        builder.Services.AddOutbox<NotesContext>();
        return builder.Build();
    }

    private async Task<IHost> StartAsync(TimeProvider clock)
    {
        var host = CreateHost(clock);
        await host.StartAsync(Cancel);
        return host;
    }

    private Task EnqueueAsync(IHost host, string name) => InContextAsync(host, async db =>
    {
        db.Enqueue(Queue, new Greet(name));
        await db.SaveChangesAsync(Cancel);
    });

    private static async Task InContextAsync(IHost host, Func<NotesContext, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<NotesContext>());
    }

    private Task WaitUntilAsync(Func<TestJobs, bool> isEnough) => Jobs.WaitUntilAsync(isEnough, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);

    // Stopping waits for the turn in hand, so the table is as the dispatcher leaves it.
    private async Task AssertNothingLeftAsync(IHost host)
    {
        await host.StopAsync(Cancel);
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM outbox_jobs"));
    }

    [Job("test.greet", Queue = "test")]
    private sealed record Greet(string Name) : IJob;

    private sealed class Note
    {
        public int Id { get; init; }

        public required string Text { get; init; }
    }

    private sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddOutbox();
    }
}
