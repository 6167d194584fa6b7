using System.Runtime.InteropServices;
using Flasky.Benchmarks.Peers;
using Flasky.Benchmarks.Queue;
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
        [WorkerProcess.Argument, var redis, var concurrency] => await WorkerLoop.RunAsync(redis, int.Parse(concurrency, System.Globalization.CultureInfo.InvariantCulture)),
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

static int Usage()
{
    Console.Error.WriteLine($"""
        dotnet run -c Release --project Flasky.Benchmarks -- <command>

          queue   how fast the job queue is, beside the least that a durable job needs
        {QueueOptions.Help}
          peers   how fast other job queues are, in the same run
        {PeersOptions.Help}
        Exit code: 0 when every target is met, 1 when one is missed.
        """);
    return 64;
}
