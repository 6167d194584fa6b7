using Flasky.Jobs;
using Flasky.Jobs.Redis;

namespace Flasky.Tests.Jobs;

public sealed class PackedJobTests(Servers servers) : JobsTest(servers)
{
    private const string Packed = "return cmsgpack.pack(ARGV[1], ARGV[2], tonumber(ARGV[3]), '', 0)";

    /// <summary>Each length at which MessagePack says it in another way, and one more.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public async Task AJobIsPackedAsRedisPacksIt(int bytes)
    {
        foreach (var (job, arguments) in new[] { (new string('j', bytes), "short"), ("short", new string('a', bytes)), ("ü€𝄞", "\0\"") })
        {
            var byRedis = (byte[])(await App.Redis.ScriptEvaluateAsync(Packed, [App.Keys().Ready()], [job, arguments, (int)JobPriority.Low]))!;
            Assert.Equal(Convert.ToHexString(byRedis), Convert.ToHexString(PackedJob.Pack(job, arguments, JobPriority.Low).Span));
        }
    }

    [Fact]
    public async Task AScheduledJobOfAnySizeArrivesAsItWasSent()
    {
        string[] texts = ["", "ü€𝄞", new('x', 200), new('y', 70_000)];
        foreach (var text in texts)
            await App.Queue.EnqueueAsync(new Note(text), new EnqueueOptions { Delay = TimeSpan.FromMilliseconds(10) }, Cancellation);
        await StartWorkerAsync();
        var arrived = new List<string>();
        foreach (var _ in texts)
            arrived.Add((await Runs.NextAsync()).Job.Text);
        Assert.Equal(texts.Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));
    }
}
