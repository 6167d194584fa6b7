using System.Text.Json;
using Flasky.Jobs;
using Flasky.Jobs.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Operations;

public sealed class CommandLineTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task StatsAreATableForPeopleAndJsonForScripts()
    {
        await App.Queue.EnqueueAsync(new Note("x"), new EnqueueOptions { Priority = JobPriority.High }, Cancellation);
        var lane = await App.Queue.EnqueueAsync(new Note("y"), new EnqueueOptions { LimitKey = "tenant:1" }, Cancellation);
        await RunAsync(ExitCodes.Success, "pause", Queue);

        var table = (await RunAsync(ExitCodes.Success, "stats")).Output.Split('\n');
        Assert.StartsWith("QUEUE    READY  IN LANES  RUNNING  DELAYED  DEAD", table[0], StringComparison.Ordinal);
        Assert.StartsWith("default      2         1        0        0     0", table[1], StringComparison.Ordinal);
        Assert.Contains("paused since", table[1], StringComparison.Ordinal);

        var json = (await RunAsync(ExitCodes.Success, "stats", Queue, "--json")).Json[0];
        Assert.Equal((2, 1, true, 1), (json.GetProperty("ready").GetInt32(), json.GetProperty("inLanes").GetInt32(), json.GetProperty("isPaused").GetBoolean(), json.GetProperty("readyByPriority").GetProperty("high").GetInt32()));
        Assert.Equal(JsonValueKind.Number, json.GetProperty("oldestReadyAge").ValueKind);
        Assert.Contains($"{lane}", (await RunAsync(ExitCodes.Success, "list", Queue, "--state", "ready")).Output, StringComparison.Ordinal);
        Assert.Equal("ready", (await RunAsync(ExitCodes.Success, "show", $"{lane}", "--json")).Json.GetProperty("status").GetProperty("state").GetString());
        Assert.True((await RunAsync(ExitCodes.Success, "resume", Queue, "--json")).Json.GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task DeadJobsAreListedShownRetriedAndDeleted()
    {
        var ids = await EnqueueDeadAsync(["apple", "cherry", "plum"]);
        var page = (await RunAsync(ExitCodes.Success, "list", "--error", "cherry", "--json")).Json;
        Assert.Equal($"{ids[1]}", Assert.Single(page.GetProperty("jobs").EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains("Discarded: no use for apple", (await RunAsync(ExitCodes.Success, "list", Queue)).Output, StringComparison.Ordinal);

        var shown = await RunAsync(ExitCodes.Success, "show", $"{ids[0]}");
        Assert.Contains("""arguments  {"text":"apple"}""", shown.Output, StringComparison.Ordinal);
        Assert.Equal("failed", (await RunAsync(ExitCodes.Success, "show", $"{ids[0]}", "--json")).Json.GetProperty("status").GetProperty("state").GetString());

        Assert.Equal(1, (await RunAsync(ExitCodes.Success, "retry", $"{ids[0]}", "--json")).Json.GetProperty("retried").GetInt32());
        await RunAsync(ExitCodes.NotFound, "retry", $"{ids[0]}");
        Assert.Equal(1, (await RunAsync(ExitCodes.Success, "delete", "--queue", Queue, "--args", "cherry", "--yes", "--json")).Json.GetProperty("removed").GetInt32());
        Assert.Equal(1, (await RunAsync(ExitCodes.Success, "trim", Queue, "--keep", "0", "--yes", "--json")).Json.GetProperty("removed").GetInt32());
        Assert.Equal("requested", (await RunAsync(ExitCodes.Success, "cancel", $"{ids[0]}", "--json")).Json.GetProperty("cancellation").GetString());
        await RunAsync(ExitCodes.NotFound, "show", $"{JobId.New(Queue, TimeProvider.System)}");
    }

    [Fact]
    public async Task WhatCannotBeUndoneNeedsAYesWhereNobodyCanBeAsked()
    {
        await App.Queue.EnqueueAsync(new Note("x"), cancellationToken: Cancellation);
        var refused = await RunAsync(ExitCodes.Usage, "purge", Queue, "--state", "ready");
        Assert.Contains("--yes", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Operations.GetStatisticsAsync(Queue, Cancellation)).Ready);
        Assert.Equal("1 job deleted.", (await RunAsync(ExitCodes.Success, "purge", Queue, "--state", "ready", "--yes")).Output.Trim());
        Assert.Equal("Drained.", (await RunAsync(ExitCodes.Success, "drain", Queue)).Output.Trim());
    }

    [Fact]
    public async Task WorkersAreListed()
    {
        await StartWorkerAsync();
        await WaitForAsync(now => now.Workers == 1);
        var worker = Assert.Single((await RunAsync(ExitCodes.Success, "workers", "--json")).Json.EnumerateArray());
        Assert.Equal((Environment.ProcessId, true, Queue), (worker.GetProperty("processId").GetInt32(), worker.GetProperty("isLive").GetBoolean(), worker.GetProperty("queues")[0].GetString()));
        Assert.Contains("0/16", (await RunAsync(ExitCodes.Success, "workers")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecurringJobsAreAddedPausedTriggeredAndRemoved()
    {
        await RunAsync(ExitCodes.Success, "cron", "add", "digest", "--job", "test.note", "--args", """{"text":"weekly"}""", "--cron", "0 7 * * MON", "--zone", "Europe/Berlin");
        var recurring = App.Producer.Services.GetRequiredService<IRecurringJobs>();
        Assert.Equal(("test.note", """{"text":"weekly"}""", "cron Europe/Berlin 0 7 * * MON"),
            Assert.Single(await recurring.ListAsync(Queue, Cancellation)) is var job ? (job.Job, job.Arguments, job.Schedule) : default);

        await RunAsync(ExitCodes.Success, "cron", "pause", "digest");
        Assert.True((await RunAsync(ExitCodes.Success, "cron", "list", "--json")).Json[0].GetProperty("isPaused").GetBoolean());
        await RunAsync(ExitCodes.Success, "cron", "resume", "digest");
        var id = (await RunAsync(ExitCodes.Success, "cron", "trigger", "digest", "--json")).Json.GetProperty("id").GetString();
        await StartWorkerAsync();
        var run = await Runs.NextAsync();
        Assert.Equal((id, "weekly"), ($"{run.Context.Id}", run.Job.Text));
        await RunAsync(ExitCodes.Success, "cron", "remove", "digest", "--yes");
        await RunAsync(ExitCodes.NotFound, "cron", "trigger", "digest");
    }

    [Theory]
    [InlineData("'cats' is no job id", "show", "cats")]
    [InlineData("Say which jobs", "retry")]
    [InlineData("Say which jobs", "delete", "--queue", "default", "--yes")]
    [InlineData("--every", "cron", "add", "x", "--job", "test.note")]
    [InlineData("is no JSON", "cron", "add", "x", "--job", "test.note", "--every", "5m", "--args", "{")]
    [InlineData("expected a duration", "trim", "default", "--older-than", "soon", "--yes")]
    [InlineData("'No Name'", "stats", "No Name")]
    [InlineData("fly", "fly")]
    public async Task WhatMakesNoSenseIsSaid(string words, params string[] arguments) =>
        Assert.Contains(words, (await RunAsync(ExitCodes.Usage, arguments)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task HelpNeedsNothingAndNamesEveryCommand()
    {
        var help = await CommandRun.RunAsync(Without("ConnectionStrings:redis"), "jobs", "--help");
        Assert.Equal(ExitCodes.Success, help.ExitCode);
        foreach (var command in (string[])["stats", "workers", "list", "show", "retry", "delete", "cancel", "pause", "resume", "drain", "purge", "trim", "cron"])
            Assert.Matches($@"\n  {command}\b", help.Output);
    }

    [Fact]
    public async Task AMissingAndAnAbsentRedisAreTold()
    {
        var missing = await CommandRun.RunAsync(Without("ConnectionStrings:redis"), "jobs", "stats");
        Assert.Equal(ExitCodes.ConfigurationError, missing.ExitCode);
        Assert.Contains("ConnectionStrings__redis", missing.Error, StringComparison.Ordinal);
        // Port 1 is reserved and nothing listens on it.
        var absent = await CommandRun.RunAsync(new Dictionary<string, string?>(App.Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings:redis"] = "localhost:1,connectTimeout=200",
            ["Flasky:Jobs:EnqueueTimeout"] = "00:00:01",
        }, "jobs", "stats");
        Assert.True(absent.ExitCode == ExitCodes.Unavailable, absent.Error);
    }

    private Dictionary<string, string?> Without(string setting) => new(App.Settings, StringComparer.Ordinal) { [setting] = null };

    private async Task<CommandRun> RunAsync(int exitCode, params string[] arguments)
    {
        var run = await CommandRun.RunAsync(App.Settings, ["jobs", .. arguments]);
        Assert.True(run.ExitCode == exitCode, $"jobs {string.Join(' ', arguments)} ended with {run.ExitCode}:\n{run.Error}\n{run.Output}");
        return run;
    }
}
