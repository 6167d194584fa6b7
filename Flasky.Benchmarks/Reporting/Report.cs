using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

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
        foreach (var line in Table.Lines(rows, rightAligned: [1, 2]))
            Console.WriteLine(line);
        Console.WriteLine($"{figures.Count(figure => figure.IsMet == true)} targets met, {figures.Count(figure => figure.IsMet == false)} missed");
    }

    public static Task WriteAsync(string file, IReadOnlyList<Figure> figures, CancellationToken cancellationToken) =>
        WriteAsync(file, figures, ReportJson.Default.IReadOnlyListFigure, cancellationToken);

    public static async Task WriteAsync<T>(string file, T report, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var stream = File.Create(file);
        await using (stream)
            await JsonSerializer.SerializeAsync(stream, report, type, cancellationToken);
    }

    public static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
