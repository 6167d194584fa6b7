using Microsoft.Extensions.Hosting;

namespace Flasky.Mailbox;

/// <summary>Lets the hosting process decide when the mailbox ends; the default lifetime would end it at Ctrl+C, ahead of its turn.</summary>
internal sealed class HostedInProcess : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
