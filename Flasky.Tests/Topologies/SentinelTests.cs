using Flasky.Tests.Jobs;

namespace Flasky.Tests.Topologies;

public sealed class SentinelTests : FailoverTest
{
    [Fact(Skip = AskedRedis.NeedsSentinel, SkipUnless = nameof(AskedRedis.IsSentinel), SkipType = typeof(AskedRedis))]
    public async Task WorkGoesOnWhenTheMasterDies()
    {
        await using var group = await SentinelGroup.StartAsync(NodeTimeout, Cancellation);
        await using var app = new JobsHost(group.ConnectionString);
        await SurvivesAsync(app, group.First, group.Second);
    }
}
