using System.Globalization;
using System.Text;

namespace Flasky.Jobs.CommandLine.Output;

/// <summary>A table for people. Plain text: it can be piped, and looks the same everywhere.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> rows = [];

    /// <param name="cells">One for each heading. Numbers are set to the right.</param>
    public void Add(params object?[] cells) => rows.Add([.. cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")]);

    public override string ToString()
    {
        var widths = headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        var right = headings.Select((_, column) => rows.Count > 0 && rows.All(row => row[column] is "" or "-" || long.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var _))).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(headings))
        {
            var cells = row.Select((cell, column) => right[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).AppendLine();
        }
        return text.ToString().TrimEnd();
    }
}
