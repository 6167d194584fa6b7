using Aspire.Hosting.ApplicationModel;
using Flasky.Mailbox;

namespace Aspire.Hosting.Engine;

/// <summary>Runs the mailbox inside the AppHost.</summary>
internal sealed class MailboxRunner(MailPitContainerResource mailbox, Ports ports) : IRunner
{
    public async Task<IRunning> StartAsync(Replica replica, CancellationToken cancellationToken)
    {
        ports.Release(mailbox);
        try
        {
            return new Running(await MailboxServer.StartAsync(
                new MailboxOptions
                {
                    SmtpPort = mailbox.PrimaryEndpoint.Port,
                    HttpPort = mailbox.GetEndpoint(MailPitContainerResource.HttpEndpointName).Port,
                },
                cancellationToken));
        }
        catch (IOException problem)
        {
            throw new DistributedApplicationException(problem.Message, problem);
        }
    }

    private sealed class Running(MailboxServer server) : IRunning
    {
        private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int> Ended => ended.Task;

        public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            ended.TrySetResult(0);
        }
    }
}
