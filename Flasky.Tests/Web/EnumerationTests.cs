using System.Diagnostics;
using Flasky.Emails;
using Flasky.Jobs.Testing;
using Flasky.Web.Security;

namespace Flasky.Tests.Web;

/// <summary>Nobody learns who is a member, neither by words nor by time. By words: see the tests of each page.</summary>
public sealed class EnumerationTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task AnswersComeAtRoundTimes()
    {
        var time = new ManualClock();
        var even = new EvenTime(time);
        time.Advance(TimeSpan.FromMilliseconds(60));
        var answer = even.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(EvenTime.Step - TimeSpan.FromMilliseconds(61));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await answer.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        // Whatever took longer than one step comes after the second.
        var late = new EvenTime(time);
        time.Advance(EvenTime.Step + TimeSpan.FromMilliseconds(10));
        answer = late.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(EvenTime.Step - TimeSpan.FromMilliseconds(11));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await answer.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WrongPasswordTakesARoundTimeWhetherOrNotThereIsAnAccount(bool known)
    {
        var name = known ? await site.NewUserAsync() : "nobody.at.all";
        using var browser = site.Browse();
        await browser.OpenAsync("/auth/login");
        var watch = Stopwatch.StartNew();
        await browser.LogInAsync(name, password: "some other thing");
        Assert.True(watch.Elapsed >= EvenTime.Step, $"It took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RegistrationCountsAsOneMailWhetherOrNotTheAddressIsKnown(bool known)
    {
        // Somebody else's address, or a new one; either is somebody's whom we do not want to flood.
        var email = known ? $"{await site.NewUserAsync()}@example.com" : $"{Guid.NewGuid():N}@example.com"[8..];
        await site.Database.ScalarAsync<long>("WITH gone AS (DELETE FROM attempt_counts RETURNING 1) SELECT count(*) FROM gone");
        using var browser = site.Browse();
        await browser.RegisterAsync($"v{Guid.NewGuid():N}"[..20], email);
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("is on its way", await browser.SubmitAsync("/auth/reset", ("Input.Email", email)), StringComparison.Ordinal);
        }
        Assert.Contains("Too many tries", await browser.SubmitAsync("/auth/reset", ("Input.Email", email)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnerOfAnAddressIsToldThatSomebodyRegisteredWithIt()
    {
        var name = await site.NewUserAsync();
        var id = (await site.FindAsync($"{name}@example.com"))!.Id;
        using var browser = site.Browse();
        Assert.Contains("Almost there", await browser.RegisterAsync($"{name[..10]}2", $"{name}@example.com"), StringComparison.Ordinal);
        await site.WaitForJobsAsync<AlreadyRegistered>(job => job.UserId == id);
    }
}
