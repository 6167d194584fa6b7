using System.Diagnostics;

namespace Flasky.Benchmarks.Peers;

/// <summary>The last that a process wrote to standard error, for the message when it fails. Thread-safe.</summary>
internal sealed class ErrorTail
{
    private const int Lines = 20;

    private readonly Queue<string> lines = new();

    public ErrorTail(Process process)
    {
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginErrorReadLine();
    }

    public override string ToString()
    {
        lock (lines)
            return string.Join(Environment.NewLine, lines);
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > Lines)
                lines.Dequeue();
        }
    }
}
