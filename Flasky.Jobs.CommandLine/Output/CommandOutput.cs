using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flasky.Jobs.CommandLine.Output;

/// <summary>Writes the answer: JSON or text to standard output, and what is said beside it to standard error.</summary>
internal sealed class CommandOutput(TextWriter output, TextWriter beside, bool json)
{
    /// <param name="value">For scripts.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="text">For people; only called when they are to read it.</param>
    public void Write<T>(T value, JsonTypeInfo<T> type, Func<string> text) =>
        output.WriteLine(json ? JsonSerializer.Serialize(value, type) : text());

    /// <summary>Something for people to know, whatever reads the answer.</summary>
    public void Say(string text) => beside.WriteLine(text);
}
