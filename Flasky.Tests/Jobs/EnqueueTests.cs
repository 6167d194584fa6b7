using Flasky.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flasky.Tests.Jobs;

public sealed class EnqueueTests(Servers servers) : JobsTest(servers)
{
    private sealed record Nameless(int X) : IJob;

    [Job("Bad Name")]
    private sealed record BadlyNamed(int X) : IJob;

    private sealed class OtherNoteHandler : IJobHandler<Note>
    {
        public Task HandleAsync(Note job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [Fact]
    public async Task RefusesAJobWithoutAWireName()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => App.Queue.EnqueueAsync(new Nameless(1), cancellationToken: Cancellation));
        Assert.Contains("[Job(", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAnInvalidName() =>
        Assert.Contains("Bad Name", Assert.Throws<InvalidOperationException>(() => App.Queue.Create(new BadlyNamed(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void RefusesANegativeDelay() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => App.Queue.Create(new Note("x"), new EnqueueOptions { Delay = TimeSpan.FromSeconds(-1) }));

    [Fact]
    public void RefusesArgumentsThatAreTooLargeAndSaysWhatToDo()
    {
        var error = Assert.Throws<ArgumentException>(() => App.Queue.Create(new Note(new string('x', 200_000))));
        Assert.Contains("Flasky:Jobs:MaxArgumentsBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesTwoHandlersForOneJob()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Assert.Throws<InvalidOperationException>(() => builder.AddJobWorker("redis",
            worker => worker.Handle<Note, NoteHandler>().Handle<Note, OtherNoteHandler>()));
    }

    [Fact]
    public async Task RefusesInvalidOptionsAtStart()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartWorkerAsync(options => options.Concurrency = 0));
        Assert.Contains(nameof(JobWorkerOptions.Concurrency), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JobIdsSurviveTextAndRefuseNonsense()
    {
        var id = JobId.New("mail", TimeProvider.System);
        Assert.Equal(id, JobId.Parse(id.ToString(), null));
        Assert.False(JobId.TryParse("mail", null, out _));
        Assert.False(JobId.TryParse(":0199c1d23e4f7a6b8c9d0e1f2a3b4c5d", null, out _));
    }
}
