namespace Flasky.Benchmarks.Reporting;

/// <summary>Aligns cells for people.</summary>
internal static class Table
{
    /// <param name="rows">All of the same length.</param>
    /// <param name="rightAligned">Columns of numbers.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, IReadOnlyCollection<int> rightAligned)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select(
            (cell, column) => rightAligned.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
