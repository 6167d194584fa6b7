using Flasky.Benchmarks.Peers;

namespace Flasky.Tests.Benchmarks;

public sealed class PeersOptionsTests
{
    [Fact]
    public void MeasureEveryPeerUnlessToldOtherwise() =>
        Assert.Equal(["celery", "celery", "sidekiq", "bullmq"], PeersOptions.Parse([]).Programs.Select(program => program.Id));

    [Fact]
    public void CanNameThePeersToMeasure() =>
        Assert.Equal(["celery", "celery", "bullmq"], PeersOptions.Parse(["--only", "bullmq, celery"]).Programs.Select(program => program.Id));

    [Theory]
    [InlineData("--only")]
    [InlineData("--only", "rabbit")]
    [InlineData("--rounds", "0")]
    [InlineData("--jobs", "many")]
    [InlineData("--fast")]
    public void RefuseWhatTheyDoNotKnow(params string[] args) => Assert.Throws<ArgumentException>(() => PeersOptions.Parse(args));

    [Fact]
    public void EveryPeerHasItsScripts() =>
        Assert.All(
            from program in PeersOptions.Parse([]).Programs
            from script in (string[])["producer", "worker"]
            select Path.Combine(AppContext.BaseDirectory, "Peers", program.Folder, $"{script}.{program.Extension}"),
            file => Assert.True(File.Exists(file), file));
}
