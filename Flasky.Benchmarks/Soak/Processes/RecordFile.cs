using System.Text;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>
/// A file of lines that only grows: each line is one write(2), so a process that is killed loses none that it appended.
/// Thread-safe.
/// </summary>
internal sealed class RecordFile(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>A file of this process in a folder: <c>name-pid.log</c>. A long soak may see a number again, so others of it end in -2, -3 and so on.</summary>
    public static RecordFile OfThisProcess(string folder, string name)
    {
        var path = Path.Combine(folder, $"{name}-{Environment.ProcessId}");
        var taken = 1;
        while (File.Exists(taken == 1 ? $"{path}.log" : $"{path}-{taken}.log"))
            taken++;
        return new RecordFile(taken == 1 ? $"{path}.log" : $"{path}-{taken}.log");
    }

    public void Append(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (gate)
            file.Write(bytes);
    }

    public void Dispose() => file.Dispose();

    /// <summary>Every whole line; the kernel may have been writing the last one when the process was killed.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        var text = File.ReadAllText(path);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
