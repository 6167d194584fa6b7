using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>Random workflows with random failures, handed out in random order, with a crash somewhere and every report repeated, against what the policies say.</summary>
public sealed class WorkflowPropertyTests(Servers servers) : WorkflowTest(servers)
{
    [Fact]
    public async Task EndsAsItsPoliciesSay()
    {
        for (var run = 0; run < 150; run++)
        {
            var seed = Random.Shared.Next();
            var random = new Random(seed);
            var plan = RandomWorkflow.Of(random, depth: 0);
            var worker = new StepwiseWorker(App);
            await worker.StartAsync();
            var crash = new Crash(random.Next(40), after: random.Next(2) == 0);
            var handle = await StartAsync(plan.Workflow);

            while (await worker.TakeAsync(random.Next(1, 9)) is { Length: > 0 } jobs)
            {
                random.Shuffle(jobs);
                foreach (var job in jobs)
                    await worker.WorkAsync(job, crash, RandomWorkflow.Fails);
            }

            var (told, state) = ($"seed {seed}: {plan}", (await handle.GetStatusAsync(Cancellation))!.State);
            Assert.True(plan.End == state, $"{told} should end as {plan.End} and is {state}");
            Assert.True(worker.Ran.Values.All(runs => runs == 1), $"{told}: some ran more than once");
            Assert.True(plan.IsInOrder([.. worker.Ran.Keys]), $"{told} ran as {string.Join(' ', worker.Ran.Keys)}");
            var open = (await handle.GetJobsAsync(Cancellation)).Count(job => job.State == WorkflowJobState.Waiting);
            Assert.True(open == 0 || state == WorkflowState.Held, $"{told}: {open} jobs wait for ever");
        }
    }
}
