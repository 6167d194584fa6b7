namespace Flasky.Jobs.Context;

/// <summary>A value that handlers read from their <see cref="JobContext"/>; nothing has to be put in place for it.</summary>
internal sealed class ValueCarrier(string name, IServiceProvider services, Func<IServiceProvider, string?>? source) : IJobContextCarrier
{
    public string Name => name;

    public string? Capture() => source?.Invoke(services);

    public IDisposable? Restore(string value, IServiceProvider services) => null;
}
