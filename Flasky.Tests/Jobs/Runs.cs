using System.Threading.Channels;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

[Job("test.note")]
public sealed record Note(string Text) : IJob;

/// <summary>What handlers did, in order, for tests to wait on; and what they are to do.</summary>
public sealed class Runs
{
    private readonly Channel<Run> runs = Channel.CreateUnbounded<Run>();

    /// <summary>What a handler does after its run is recorded. Default: nothing, successfully.</summary>
    public Func<Run, CancellationToken, Task> Behaviour { get; set; } = (_, _) => Task.CompletedTask;

    public async Task HandleAsync(Note job, JobContext context, object scope, CancellationToken cancellationToken)
    {
        var run = new Run(job, context, scope);
        runs.Writer.TryWrite(run);
        await Behaviour(run, cancellationToken);
    }

    public async Task<Run> NextAsync(double seconds = 20)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(seconds));
        return await runs.Reader.ReadAsync(timeout.Token);
    }

    public bool NoneLeft => !runs.Reader.TryPeek(out _);
}

public sealed record Run(Note Job, JobContext Context, object Scope);

public sealed class ScopeMarker;

public sealed class NoteHandler(Runs runs, ScopeMarker marker) : IJobHandler<Note>
{
    public Task HandleAsync(Note job, JobContext context, CancellationToken cancellationToken) =>
        runs.HandleAsync(job, context, marker, cancellationToken);
}
