using System.Collections.Concurrent;
using System.Threading.Channels;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>A job whose result says what it was and what it read of the jobs before it: <c>c(a,b)</c>.</summary>
[Job("test.part")]
public sealed record Part(string Name) : IJob<string>;

/// <summary>A job without a result.</summary>
[Job("test.quiet-part", Queue = "quiet")]
public sealed record QuietPart(string Name) : IJob;

/// <summary>What the parts of workflows did, and what they are to do.</summary>
public sealed class Parts
{
    private readonly Channel<string> begun = Channel.CreateUnbounded<string>();

    /// <summary>How often each ran.</summary>
    public ConcurrentDictionary<string, int> Runs { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, JobContext> Contexts { get; } = new(StringComparer.Ordinal);

    /// <summary>What a part does besides. Default: nothing, successfully.</summary>
    public Func<string, CancellationToken, Task> Behaviour { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<string> RunAsync(string name, JobContext context, CancellationToken cancellationToken)
    {
        Runs.AddOrUpdate(name, 1, (_, count) => count + 1);
        Contexts[name] = context;
        begun.Writer.TryWrite(name);
        await Behaviour(name, cancellationToken);
        var inputs = await context.GetInputsAsync(cancellationToken);
        return $"{name}({string.Join(',', inputs.Select(input => input.Result is null ? input.Job.State.ToString() : input.As<string>()))})";
    }

    public async Task<string> NextAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        return await begun.Reader.ReadAsync(timeout.Token);
    }
}

public sealed class PartHandler(Parts parts) : IJobHandler<Part, string>
{
    public Task<string> HandleAsync(Part job, JobContext context, CancellationToken cancellationToken) => parts.RunAsync(job.Name, context, cancellationToken);
}

public sealed class QuietPartHandler(Parts parts) : IJobHandler<QuietPart>
{
    public Task HandleAsync(QuietPart job, JobContext context, CancellationToken cancellationToken) => parts.RunAsync(job.Name, context, cancellationToken);
}
