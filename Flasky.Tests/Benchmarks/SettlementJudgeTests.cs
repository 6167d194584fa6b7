using Flasky.Benchmarks.Soak.Check;

namespace Flasky.Tests.Benchmarks;

/// <summary>Whether a settlement by a worker that lost the job is found in what MONITOR shows.</summary>
public sealed class SettlementJudgeTests
{
    private const string Mine = "host:11:0a1b2c3d";
    private const string Theirs = "host:22:4e5f6a7b";

    private readonly SettlementJudge judge = new();

    [Fact]
    public void TheOwnerMaySettle()
    {
        Hear(Mine, "\"XCLAIM\" \"ready\" \"workers\" \"host:11:0a1b2c3d\" \"6000\" \"170-0\"");
        Hear(Mine, "\"XACK\" \"ready\" \"workers\" \"170-0\"", "\"XDEL\" \"ready\" \"170-0\"");

        Assert.Empty(judge.Foreign);
        Assert.Equal(1, judge.Settlements);
    }

    [Fact]
    public void OneThatLostTheJobMayNot()
    {
        Hear(Theirs, "\"XCLAIM\" \"ready\" \"workers\" \"host:22:4e5f6a7b\" \"6000\" \"170-0\"");
        Hear(Mine, "\"XACK\" \"ready\" \"workers\" \"170-0\"", "\"XDEL\" \"ready\" \"169-0\" \"170-0\"");

        Assert.Contains("170-0", Assert.Single(judge.Foreign), StringComparison.Ordinal);
        Assert.Equal(2, judge.Settlements);
    }

    [Fact]
    public void OneThatLostTheJobMayNotRenewItOrHandItBack()
    {
        Hear(Theirs, "\"XCLAIM\" \"ready\" \"workers\" \"host:22:4e5f6a7b\" \"6000\" \"170-0\"");
        Hear(Mine, "\"XCLAIM\" \"ready\" \"workers\" \"_released\" \"0\" \"170-0\" \"IDLE\" \"86400000\" \"JUSTID\"");

        Assert.Contains("handed back", Assert.Single(judge.Foreign), StringComparison.Ordinal);

        Hear(Theirs, "\"XCLAIM\" \"ready\" \"workers\" \"host:22:4e5f6a7b\" \"6000\" \"170-0\"");
        Hear(Mine, "\"XCLAIM\" \"ready\" \"workers\" \"host:11:0a1b2c3d\" \"0\" \"170-0\" \"JUSTID\"");

        Assert.Equal(2, judge.Foreign.Count);
    }

    [Fact]
    public void NobodyMaySettleWhatIsSettled()
    {
        Hear(Theirs, "\"XDEL\" \"ready\" \"170-0\"");
        Hear(Mine, "\"XDEL\" \"ready\" \"170-0\"");

        Assert.Contains("(settled)", Assert.Single(judge.Foreign), StringComparison.Ordinal);
    }

    [Fact]
    public void TheReaperMayParkWhatNobodyOwns()
    {
        Hear(Theirs, "\"XCLAIM\" \"ready\" \"workers\" \"host:22:4e5f6a7b\" \"6000\" \"170-0\"");
        Hear(Mine, "\"XPENDING\" \"ready\" \"workers\" \"IDLE\" \"6000\" \"-\" \"+\" \"16\"", "\"XDEL\" \"ready\" \"170-0\"");

        Assert.Empty(judge.Foreign);
    }

    [Fact]
    public void NothingIsHeldAgainstAnyoneAfterAGap()
    {
        Hear(Theirs, "\"XCLAIM\" \"ready\" \"workers\" \"host:22:4e5f6a7b\" \"6000\" \"170-0\"");
        judge.Forget();
        Hear(Mine, "\"XDEL\" \"ready\" \"170-0\"");

        Assert.Empty(judge.Foreign);
    }

    /// <summary>A worker's script, and the commands in it.</summary>
    private void Hear(string worker, params string[] commands)
    {
        judge.Hear($"+1735689600.000001 [0 127.0.0.1:50000] \"EVALSHA\" \"c0ffee\" \"1\" \"ready\" \"workers\" \"{worker}\" \"170-0\" \"1\"");
        foreach (var command in commands)
            judge.Hear($"+1735689600.000002 [0 lua] {command}");
    }
}
