using System.Text.Json;
using Flasky.Benchmarks.Peers;
using Flasky.Benchmarks.Reporting;

namespace Flasky.Tests.Benchmarks;

public sealed class PeersReportTests
{
    private static readonly PeersReport Report = new(
        [Measured("Ours", 100_000, 0.1), Measured("Theirs 1.2", 1_000, 3)],
        [new SkippedPeer("Absent", "apt-get install absent")],
        PeerTargets.Of(PeerTargetsTests.System(100_000, 0.1), [("sidekiq", "Theirs 1.2", PeerTargetsTests.System(1_000, 3))]));

    [Fact]
    public void HasAColumnForEachSystemAndARowForEachFigure()
    {
        var lines = Report.Lines().ToArray();

        Assert.Equal(PeerFigures.All.Count + 1, lines.Length);
        Assert.Matches("^Median +Ours +Theirs 1.2$", lines[0]);
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^drain \(/s\) +100,000 +1,000$", default, TimeSpan.FromSeconds(1)));
        Assert.Single(lines.Select(line => line.Length).Distinct());
    }

    [Fact]
    public async Task IsWrittenForScripts()
    {
        var file = Path.GetTempFileName();
        try
        {
            await Flasky.Benchmarks.Reporting.Report.WriteAsync(file, Report, ReportJson.Default.PeersReport, TestContext.Current.CancellationToken);
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));

            Assert.Equal(100_000, json.RootElement.GetProperty("systems")[0].GetProperty("figures").GetProperty("drain").GetDouble());
            Assert.Equal("apt-get install absent", json.RootElement.GetProperty("skipped")[0].GetProperty("install").GetString());
            Assert.True(json.RootElement.GetProperty("targets")[0].GetProperty("isMet").GetBoolean());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static MeasuredPeer Measured(string name, double rate, double cost) =>
        new(name, "", PeerFigures.All.ToDictionary(figure => figure.Name, figure => figure.Of(PeerTargetsTests.System(rate, cost))));
}
