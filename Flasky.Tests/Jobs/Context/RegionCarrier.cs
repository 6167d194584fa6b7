using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Context;

/// <summary>Where data is kept: an example of what an application has around every request.</summary>
public static class Region
{
    private static readonly AsyncLocal<string?> Local = new();

    public static string? Current { get => Local.Value; set => Local.Value = value; }
}

public sealed class RegionCarrier : IJobContextCarrier
{
    public string Name => "region";

    public string? Capture() => Region.Current;

    public IDisposable? Restore(string value, IServiceProvider services)
    {
        if (value is not ("eu" or "us"))
            throw new InvalidOperationException($"There is no region '{value}'.");
        Region.Current = value;
        return new Undo();
    }

    private sealed class Undo : IDisposable
    {
        public void Dispose() => Region.Current = null;
    }
}
