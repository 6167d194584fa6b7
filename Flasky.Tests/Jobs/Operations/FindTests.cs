using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Operations;

public sealed class FindTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task FindsAnUntrackedJobAmongManyReadyOnes()
    {
        await App.Queue.EnqueueManyAsync(Enumerable.Range(0, 700).Select(i => new Note($"{i}")), cancellationToken: Cancellation);
        var id = await App.Queue.EnqueueAsync(new Note("needle"), cancellationToken: Cancellation);
        var job = (await Operations.FindAsync(id, Cancellation))!;
        Assert.Equal((JobState.Ready, """{"text":"needle"}""", JobPriority.Normal), (job.Status.State, job.Arguments, job.Priority));
    }

    [Fact]
    public async Task FollowsAJobThroughItsLife()
    {
        var gate = new TaskCompletionSource();
        Runs.Behaviour = (_, _) => gate.Task;
        var id = await App.Queue.EnqueueAsync(new Note("x"), new EnqueueOptions { Tracked = true, Priority = JobPriority.High, Delay = TimeSpan.FromHours(1) }, Cancellation);
        var scheduled = (await Operations.FindAsync(id, Cancellation))!;
        Assert.Equal((JobState.Scheduled, JobPriority.High), (scheduled.Status.State, scheduled.Priority));
        Assert.NotNull(scheduled.Status.DueAt);
        Assert.InRange(TimeProvider.System.GetUtcNow() - scheduled.CreatedAt!.Value, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));

        await StartWorkerAsync();
        await Operations.RetryAsync(id, Cancellation);
        await Runs.NextAsync();
        var running = (await Operations.FindAsync(id, Cancellation))!;
        Assert.Equal((JobState.Running, """{"text":"x"}"""), (running.Status.State, running.Arguments));

        gate.SetResult();
        await App.Queue.Find(id).WaitAsync(Cancellation);
        Assert.Equal(JobState.Succeeded, (await Operations.FindAsync(id, Cancellation))!.Status.State);
    }

    [Fact]
    public async Task KnowsWhyAJobIsDead()
    {
        var id = (await EnqueueDeadAsync(["lost"]))[0];
        var job = (await Operations.FindAsync(id, Cancellation))!;
        Assert.Equal(JobState.Failed, job.Status.State);
        Assert.Contains("no use for lost", job.Status.Error!, StringComparison.Ordinal);
        Assert.Null(await Operations.FindAsync(new JobId(Queue, Guid.NewGuid()), Cancellation));
    }
}
