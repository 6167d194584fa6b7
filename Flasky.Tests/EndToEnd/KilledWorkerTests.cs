using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Flasky.Mailbox;

namespace Flasky.Tests.EndToEnd;

[Collection(nameof(FlaskySystem))]
public sealed class KilledWorkerTests(FlaskySystem system)
{
    private const int Repetitions = 20;

    /// <summary>From the kill to the mail: a lease of 6 s, a third of it until somebody looks, and the sending.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task AnotherReplicaSendsTheMailOfAWorkerKilledInTheMiddleOfIt()
    {
        for (var i = 0; i < Repetitions; i++)
            await KillInTheMiddleOfASendAsync();
    }

    private async Task KillInTheMiddleOfASendAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var name = Visitor.NewName();
        var gate = system.Mail.Faults.At(SmtpStage.Data).To($"{name}@example.com").Times(1).Hold();
        using var visitor = system.NewVisitor();
        var email = await visitor.RegisterAsync(name);
        var session = await gate.WaitForHeldAsync(TimeSpan.FromSeconds(30), cancellationToken: cancellation);

        using var worker = Process.GetProcessById(TcpPeers.ProcessOf(session.RemotePort, system.Mail.SmtpPort));
        worker.Kill(entireProcessTree: true);
        var killed = Stopwatch.StartNew();
        gate.Release();
        await system.Mail.WaitForMessageAsync(message => message.Recipients.Contains(email), Limit, cancellation);
        Assert.True(killed.Elapsed < Limit, $"It took {killed.Elapsed}.");

        var ended = await system.App.ResourceNotifications.WaitForResourceAsync("worker",
            change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), cancellation);
        await system.StartWorkerAsync(ended.ResourceId, cancellation);
    }
}
