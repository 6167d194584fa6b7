using System.Globalization;
using System.Runtime.InteropServices;
using Flasky.Benchmarks.Peers;
using Flasky.Benchmarks.Queue;
using Flasky.Benchmarks.Soak;
using Flasky.Benchmarks.Soak.Processes;
using Flasky.Benchmarks.Web;
using Flasky.Benchmarks.Web.Servers;
using Flasky.Benchmarks.Worker;

using var interrupted = new CancellationTokenSource();
// Servers and files of the run go with it, so it ends in order.
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

try
{
    return args switch
    {
        ["queue", .. var rest] => await QueueCommand.RunAsync(QueueOptions.Parse(rest), interrupted.Token),
        ["peers", .. var rest] => await PeersCommand.RunAsync(PeersOptions.Parse(rest), interrupted.Token),
        [WorkerProcess.Argument, var redis, var concurrency] => await WorkerLoop.RunAsync(redis, Number(concurrency)),
        ["soak", .. var rest] => await SoakCommand.RunAsync(SoakOptions.Parse(rest), interrupted.Token),
        [SoakWorker.Argument, var redis, var folder, var seed, var jobs] => await SoakWorker.RunAsync(redis, folder, Number(seed), Number(jobs), interrupted.Token),
        [SoakProducer.Argument, var redis, var folder, var seed, var producer, var first, var end, var begin, var span] => await new SoakProducer(
            redis, folder, Number(seed), Number(producer), Number(first), Number(end), Time(begin), Time(span)).RunAsync(interrupted.Token),
        ["web", .. var rest] => await WebCommand.RunAsync(WebOptions.Parse(rest), interrupted.Token),
        [HelloServer.Argument] => await HelloServer.RunAsync(),
        _ => Usage(),
    };
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    return 130;
}
catch (PeerFailedException e)
{
    Console.Error.WriteLine(e.Message);
    return 70;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 64;
}

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static TimeSpan Time(string ticks) => TimeSpan.FromTicks(long.Parse(ticks, CultureInfo.InvariantCulture));

static int Usage()
{
    Console.Error.WriteLine($"""
        dotnet run -c Release --project Flasky.Benchmarks -- <command>

          queue   how fast the job queue is, beside the least that a durable job needs
        {QueueOptions.Help}
          peers   how fast other job queues are, in the same run
        {PeersOptions.Help}
          soak    whether every job survives kills, stops, cut connections and crashes of Redis
        {SoakOptions.Help}
          web     how fast the site's pages are, beside a bare server and a bare query
        {WebOptions.Help}
        Exit code: 0 when every target is met, 1 when one is missed.
        """);
    return 64;
}
