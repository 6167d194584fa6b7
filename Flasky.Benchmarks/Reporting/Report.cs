using System.Globalization;
using System.Text.Json;

namespace Flasky.Benchmarks.Reporting;

/// <summary>Shows figures to people and to scripts.</summary>
internal static class Report
{
    public static void Print(IReadOnlyList<Figure> figures, string values = "Median")
    {
        var rows = figures.Select(figure => (string[])
        [
            figure.Name,
            $"{Number(figure.Value)} {figure.Unit}",
            figure.Limit is { } limit ? $"{(figure.AtMost ? "<=" : ">=")} {Number(limit)} {figure.Unit}" : "",
            figure.IsMet switch { true => "met", false => "MISSED", null => "" },
            figure.Target,
        ]).Prepend(["Figure", values, "Target", "", "Where the target comes from"]).ToArray();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => column is 1 or 2 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        Console.WriteLine($"{figures.Count(figure => figure.IsMet == true)} targets met, {figures.Count(figure => figure.IsMet == false)} missed");
    }

    public static async Task WriteAsync(string file, IReadOnlyList<Figure> figures, CancellationToken cancellationToken)
    {
        var stream = File.Create(file);
        await using (stream)
            await JsonSerializer.SerializeAsync(stream, figures, ReportJson.Default.IReadOnlyListFigure, cancellationToken);
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
