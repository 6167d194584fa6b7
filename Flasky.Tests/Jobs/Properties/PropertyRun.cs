using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using TestResult = FsCheck.TestResult;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>Checks a property as often as <c>FLASKY_PROPERTY_RUNS</c> says, or again the one story that <c>FLASKY_PROPERTY_REPLAY</c> names.</summary>
internal static class PropertyRun
{
    private const string RunsVariable = "FLASKY_PROPERTY_RUNS";
    private const string ReplayVariable = "FLASKY_PROPERTY_REPLAY";

    /// <summary>About a minute on a busy machine.</summary>
    private const int DefaultRuns = 300;

    /// <summary>Steps in a story; enough for a job to fail, be retried, get lost and end.</summary>
    private const int MostSteps = 60;

    /// <summary>Where there is time for more.</summary>
    private const int MostStepsOfMany = 120;

    /// <summary>Whether so many are checked that each case must be among them.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable(ReplayVariable) is not { Length: > 0 } && Number(RunsVariable) >= 5000;

    public static async Task CheckAsync<T>(Arbitrary<T> all, Func<T, Task> holds)
    {
        var runner = new Runner();
        var config = Config.Default.WithRunner(runner).WithStartSize(30).WithMaxTest(Number(RunsVariable) ?? DefaultRuns);
        config = config.WithEndSize(config.MaxTest > DefaultRuns ? MostStepsOfMany : MostSteps);
        if (Environment.GetEnvironmentVariable(ReplayVariable) is { Length: > 0 } replay)
            config = config.WithReplay(FSharpOption<Replay>.Some(Read(replay))).WithMaxTest(1);
        // FsCheck waits for a property, so it gets a thread of its own.
        await Task.Factory.StartNew(() => Check.One(config, Prop.ForAll(all, holds)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (runner.Failure is { } failure)
            Assert.Fail(failure);
    }

    private static int? Number(string variable) => Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new InvalidOperationException($"{variable} is '{text}'; it must be the number of stories to check.");

    private static Replay Read(string text) =>
        text.Split(',') is [var seed, var gamma, var size]
        && ulong.TryParse(seed, CultureInfo.InvariantCulture, out var s) && ulong.TryParse(gamma, CultureInfo.InvariantCulture, out var g)
        && int.TryParse(size, CultureInfo.InvariantCulture, out var n)
            ? new Replay(new Rnd(s, g), FSharpOption<int>.Some(n))
            : throw new InvalidOperationException($"{ReplayVariable} is '{text}'; it must be what a failing run printed, three numbers with commas between.");

    /// <summary>Keeps what FsCheck found, to be said in this class's words.</summary>
    private sealed class Runner : IRunner
    {
        private int shrinks;

        public string? Failure { get; private set; }

        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink) => shrinks++;

        public void OnFinished(string name, TestResult result)
        {
            switch (result)
            {
                case TestResult.Failed failed:
                    var why = failed.Item4 is Outcome.Failed { Item: { } error } ? error.GetBaseException().Message : failed.Item4.ToString();
                    Failure = string.Create(CultureInfo.InvariantCulture,
                        $"After {failed.Item1.NumberOfTests} stories, shrunk {shrinks} times. Again with {ReplayVariable}={failed.Item6.Seed},{failed.Item6.Gamma},{failed.Item7}\n\n{why}");
                    break;
                case TestResult.Exhausted:
                    Failure = "No story could be made up.";
                    break;
            }
        }
    }
}
