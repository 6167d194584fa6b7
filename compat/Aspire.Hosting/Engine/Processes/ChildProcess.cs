using System.Diagnostics;

namespace Aspire.Hosting.Engine;

/// <summary>A process that was started. Thread-safe.</summary>
internal sealed class ChildProcess : IRunning
{
    // As long as a .NET host gives its own services to stop.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // A process of its own session may keep the pipes open; its lines matter less than an end.
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly ProcessSpec spec;
    private readonly Guardian guardian;
    private readonly TimeProvider time;

    internal ChildProcess(Process process, ProcessSpec spec, Guardian guardian, TimeProvider time)
    {
        this.process = process;
        this.spec = spec;
        this.guardian = guardian;
        this.time = time;
        ProcessId = process.Id;
        Ended = LiveAsync();
    }

    public Task<int> Ended { get; }

    public int? ProcessId { get; }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Send(spec.StopSignal);
        try
        {
            await Ended.WaitAsync(Grace, time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            Kill();
            await Ended;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
        {
            Kill();
            await Ended;
        }

        process.Dispose();
    }

    private void Send(Signal signal)
    {
        if (!process.HasExited)
            Signals.Send(process.Id, signal);
    }

    // The whole session: what the process started itself must not stay behind.
    private void Kill()
    {
        if (!process.HasExited)
            Signals.Send(-process.Id, Signal.Kill);
    }

    private async Task<int> LiveAsync()
    {
        var lines = Task.WhenAll(PumpAsync(process.StandardOutput, isError: false), PumpAsync(process.StandardError, isError: true));
        await WriteInputAsync();
        await process.WaitForExitAsync();
        guardian.Forget(process.Id);
        try
        {
            await lines.WaitAsync(LastLines, time);
        }
        catch (TimeoutException)
        {
            spec.Line("(its output is still held open by a process that it started)", true);
        }

        return process.ExitCode;
    }

    private async Task WriteInputAsync()
    {
        try
        {
            await process.StandardInput.WriteAsync("go\n" + spec.Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read its input; its exit code says more.
            await Task.Yield();
        }
    }

    private async Task PumpAsync(StreamReader reader, bool isError)
    {
        while (await reader.ReadLineAsync() is { } line)
            spec.Line(line, isError);
    }
}
