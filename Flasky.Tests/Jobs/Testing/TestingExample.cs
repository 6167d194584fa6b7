using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Testing;

/// <summary>The examples of docs/testing-jobs.md.</summary>
public sealed class TestingExample
{
    private static (IHost Host, IJobQueue Queue, TestJobs Jobs) Start(Action<IServiceCollection> addTesting)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddFlaskyJobs("redis");
        builder.Services.AddSingleton(new Mailbox());
        addTesting(builder.Services);
        var host = builder.Build();
        return (host, host.Services.GetRequiredService<IJobQueue>(), host.Services.GetRequiredService<TestJobs>());
    }

    [Fact]
    public async Task Recording()
    {
        var (host, queue, jobs) = Start(services =>
        {
            services.AddJobTesting();
        });
        using var _ = host;
        await queue.EnqueueAsync(new ConfirmAccount(7), cancellationToken: TestContext.Current.CancellationToken);

        var mail = jobs.ShouldHaveEnqueuedOnce<ConfirmAccount>(job => job.UserId == 7);
        Assert.Equal("mail", mail.Queue);
        Assert.Equal(TimeSpan.Zero, mail.Delay);
        jobs.ShouldNotHaveEnqueued<SendReminder>();
    }

    [Fact]
    public async Task Inline()
    {
        var (host, queue, _) = Start(services =>
        {
            services.AddJobTesting(testing =>
            {
                testing.Mode = JobTestingMode.Inline;
                testing.Handle(worker => worker.Handle<SendReminder, SendReminderHandler>());
            });
        });
        using var __ = host;

        await queue.EnqueueAsync(new SendReminder("susan"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["susan"], host.Services.GetRequiredService<Mailbox>().Reminded);
    }

    [Fact]
    public async Task Draining()
    {
        var (host, queue, jobs) = Start(services =>
        {
            services.AddJobTesting(testing =>
            {
                testing.Mode = JobTestingMode.Drain;
                testing.Clock = new ManualClock();
                testing.Handle(worker => worker.Handle<SendReminder, SendReminderHandler>());
            });
        });
        using var _ = host;
        var mailbox = host.Services.GetRequiredService<Mailbox>();
        var cancellationToken = TestContext.Current.CancellationToken;

        await queue.EnqueueAsync(new SendReminder("susan"), new EnqueueOptions { Delay = TimeSpan.FromDays(3) }, cancellationToken);
        Assert.Empty(await jobs.RunAllAsync(cancellationToken));

        var runs = await jobs.AdvanceAsync(TimeSpan.FromDays(3), cancellationToken);
        runs.ShouldAllSucceed();
        Assert.Equal(["susan"], mailbox.Reminded);
    }

    [Fact]
    public async Task Workflows()
    {
        var (host, _, jobs) = Start(services => services.AddJobTesting(testing =>
        {
            testing.Mode = JobTestingMode.Drain;
            testing.Handle(worker => worker.Handle<SendReminder, SendReminderHandler>());
        }));
        using var __ = host;
        var workflows = host.Services.GetRequiredService<IWorkflows>();
        var cancellationToken = TestContext.Current.CancellationToken;

        var workflow = Workflow.Group(new SendReminder("susan"), new SendReminder("john")).Then(new SendReminder("admin"));
        var handle = await workflows.StartAsync(workflow, cancellationToken: cancellationToken);
        (await jobs.RunAllAsync(cancellationToken)).ShouldAllSucceed();
        Assert.Equal(WorkflowState.Succeeded, (await handle.WaitAsync(cancellationToken)).State);
        jobs.ShouldHaveEnqueuedInOrder(new SendReminder("susan"), new SendReminder("john"), new SendReminder("admin"));
    }

    [Job("mail.reminder", Queue = "mail")]
    private sealed record SendReminder(string User) : IJob;

    private sealed class Mailbox
    {
        public List<string> Reminded { get; } = [];
    }

    private sealed class SendReminderHandler(Mailbox mailbox) : IJobHandler<SendReminder>
    {
        public Task HandleAsync(SendReminder job, JobContext context, CancellationToken cancellationToken)
        {
            mailbox.Reminded.Add(job.User);
            return Task.CompletedTask;
        }
    }
}
