using System.Globalization;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Soak;

/// <summary>The command <c>soak</c>: whether jobs survive what production does to processes, connections and Redis.</summary>
internal static class SoakCommand
{
    /// <summary>For starting and stopping, beyond what the run itself may take.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(SoakOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(options.Minutes) + Reserve);
        var folder = Directory.CreateTempSubdirectory("flasky-soak-");
        var met = false;
        try
        {
            Console.WriteLine($"soak --seed {options.Seed} --jobs {options.Jobs} --minutes {options.Minutes}{(options.Calm ? " --calm" : "")}");
            SoakResult result;
            var redis = await OwnRedis.StartAsync(limit.Token);
            await using (redis)
                result = await new SoakRun(redis, folder.FullName, options).RunAsync(limit.Token);
            met = await ShowAsync(result, options, cancellationToken);
            return met ? 0 : 1;
        }
        finally
        {
            if (met || cancellationToken.IsCancellationRequested)
                folder.Delete(recursive: true);
            else
                Console.WriteLine($"Every job's records: {folder.FullName}");
        }
    }

    private static async Task<bool> ShowAsync(SoakResult result, SoakOptions options, CancellationToken cancellationToken)
    {
        var found = result.Findings;
        Name("were lost with what Redis had not synced", found.LostUnsynced);
        Name("were lost", found.Lost);
        Name("ended wrongly", found.EndedWrongly);
        Name("ran one delivery twice", found.RanTwice);
        Name("ran too often", found.RanTooOften);
        Name("have attempts that no failure explains", found.AttemptsUnexplained);
        Name("started early", found.StartedEarly);
        Name("were parked", found.Parked);
        foreach (var trouble in result.Foreign.Concat(result.Leftovers).Concat(result.Troubles).Take(50))
            Console.WriteLine(trouble);
        Console.WriteLine($"runs a job: {string.Join(", ", found.JobsByRuns.OrderBy(runs => runs.Key).Select(runs => $"{runs.Key}: {runs.Value.ToString("N0", CultureInfo.InvariantCulture)}"))}");
        var figures = SoakTargets.Of(result, options);
        Report.Print(figures, "Value");
        if (options.Json is { } file)
            await Report.WriteAsync(file, figures, cancellationToken);
        return figures.All(figure => figure.IsMet != false);
    }

    private static void Name(string what, IReadOnlyList<int> jobs)
    {
        const int Most = 100;
        if (jobs.Count > 0)
            Console.WriteLine($"jobs that {what}: {string.Join(' ', jobs.Take(Most))}{(jobs.Count > Most ? " ..." : "")}");
    }
}
