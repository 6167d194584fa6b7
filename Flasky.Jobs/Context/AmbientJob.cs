namespace Flasky.Jobs.Context;

/// <summary>The running job of the current flow of execution, with what it came with.</summary>
internal sealed class AmbientJob : IDisposable
{
    private static readonly AsyncLocal<AmbientJob?> Local = new();

    private volatile bool ended;

    private AmbientJob(JobContext context, IReadOnlyDictionary<string, string> headers) => (Context, Headers) = (context, headers);

    /// <summary>Null outside of a job, and for work that outlives the job it was begun in.</summary>
    public static AmbientJob? Current => Local.Value is { ended: false } job ? job : null;

    public JobContext Context { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Begins a job in this flow of execution; disposing ends it in every flow that began here.</summary>
    public static AmbientJob Begin(JobContext context, IReadOnlyDictionary<string, string> headers) => Local.Value = new AmbientJob(context, headers);

    public void Dispose() => ended = true;
}

/// <inheritdoc cref="IJobContextAccessor"/>
internal sealed class JobContextAccessor : IJobContextAccessor
{
    public JobContext? JobContext => AmbientJob.Current?.Context;
}
