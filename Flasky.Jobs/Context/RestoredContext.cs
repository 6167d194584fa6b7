namespace Flasky.Jobs.Context;

/// <summary>What was put in place around one run; taken away in the opposite order.</summary>
internal sealed class RestoredContext(AmbientJob ambient) : IDisposable
{
    private Stack<IDisposable>? undo;

    public void Add(IDisposable? step)
    {
        if (step is not null)
            (undo ??= new Stack<IDisposable>()).Push(step);
    }

    public void Dispose()
    {
        try
        {
            while (undo?.TryPop(out var step) == true)
                step.Dispose();
        }
        finally
        {
            ambient.Dispose();
        }
    }
}
