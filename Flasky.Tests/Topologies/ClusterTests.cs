using Flasky.Jobs;
using Flasky.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Topologies;

public sealed class ClusterTests(Servers servers) : FailoverTest
{
    [Job("test.one", Queue = "one")]
    private sealed record One(int Number) : IJob;

    [Job("test.two", Queue = "two")]
    private sealed record Two(int Number) : IJob;

    [Job("test.three", Queue = "three")]
    private sealed record Three(int Number) : IJob;

    private sealed class Handler(Done done) : IJobHandler<One>, IJobHandler<Two>, IJobHandler<Three>
    {
        public Task HandleAsync(One job, JobContext context, CancellationToken cancellationToken) => done.AddAsync("one", job.Number);

        public Task HandleAsync(Two job, JobContext context, CancellationToken cancellationToken) => done.AddAsync("two", job.Number);

        public Task HandleAsync(Three job, JobContext context, CancellationToken cancellationToken) => done.AddAsync("three", job.Number);
    }

    private sealed class Done(int expected)
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HashSet<(string Queue, int Number)> jobs = [];

        public Task All => all.Task;

        public Task AddAsync(string queue, int number)
        {
            lock (jobs)
            {
                if (!jobs.Add((queue, number)))
                    all.TrySetException(new InvalidOperationException($"Job {number} of queue {queue} ran twice."));
                if (jobs.Count == expected)
                    all.TrySetResult();
            }
            return Task.CompletedTask;
        }
    }

    [Fact(Skip = AskedRedis.NeedsCluster, SkipUnless = nameof(AskedRedis.IsCluster), SkipType = typeof(AskedRedis))]
    public async Task OneWorkerServesQueuesOnEveryMaster()
    {
        var cluster = (RedisCluster)servers.AskedTopology!;
        await using var app = new JobsHost(servers.Redis, await PrefixOnEveryMasterAsync(cluster));
        var done = new Done(expected: 90);
        await app.StartWorkerAsync(worker =>
        {
            worker.Services.AddSingleton(done);
            worker.Handle<One, Handler>().Handle<Two, Handler>().Handle<Three, Handler>();
        });
        for (var i = 0; i < 30; i++)
        {
            await app.Queue.SendAsync(
                [app.Queue.Create(new One(i)), app.Queue.Create(new Two(i)), app.Queue.Create(new Three(i))], Cancellation);
        }
        await done.All.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact(Skip = AskedRedis.NeedsCluster, SkipUnless = nameof(AskedRedis.IsCluster), SkipType = typeof(AskedRedis))]
    public async Task WorkGoesOnWhenAMasterDies()
    {
        await using var cluster = await RedisCluster.StartAsync(NodeTimeout, Cancellation);
        await using var app = new JobsHost(cluster.ConnectionString);
        var master = await cluster.MasterOfAsync(app.Keys().Ready()!, Cancellation);
        await SurvivesAsync(app, master, await cluster.ReplicaOfAsync(master, Cancellation));
    }

    /// <summary>A key prefix whose three queues have three masters.</summary>
    private static async Task<string> PrefixOnEveryMasterAsync(RedisCluster cluster)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var prefix = JobsHost.NewPrefix();
            var masters = new HashSet<RedisProcess>();
            foreach (var queue in (string[])["one", "two", "three"])
                masters.Add(await cluster.MasterOfAsync($"{{{prefix}:{queue}}}", Cancellation));
            if (masters.Count == 3)
                return prefix;
        }
        throw new InvalidOperationException("No prefix puts three queues on three masters.");
    }
}
