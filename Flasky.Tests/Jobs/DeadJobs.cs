using System.Text;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

internal static class DeadJobs
{
    /// <summary>Waits until the job is among the dead, and checks why.</summary>
    public static async Task AssertDeadAsync(this JobsHost app, JobId id, string reason)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        var (keys, member) = (app.Keys(id.Queue), id.Value.ToString("N"));
        while (await app.Redis.SortedSetScoreAsync(keys.Dead, member) is null)
            await Task.Delay(5, timeout.Token);
        var packed = (byte[])(await app.Redis.HashGetAsync(keys.DeadJobs, member))!;
        Assert.Contains(reason, Encoding.UTF8.GetString(packed), StringComparison.Ordinal);
    }
}
