using Aspire.Hosting.ApplicationModel;

namespace Flasky.Tests.EndToEnd;

[Collection(nameof(FlaskySystem))]
public sealed class OutageTests(FlaskySystem system)
{
    [Fact]
    public async Task RegistrationsSucceedWhileRedisIsAwayAndEachGetsOneMailWhenItIsBack()
    {
        const int Users = 50;
        var cancellation = TestContext.Current.CancellationToken;
        var stopped = await system.App.ResourceCommands.ExecuteCommandAsync("redis", KnownResourceCommands.StopCommand, cancellation);
        Assert.True(stopped.Success, stopped.Message);

        string[] emails;
        try
        {
            emails = await Task.WhenAll(Enumerable.Range(0, Users).Select(async _ =>
            {
                using var visitor = system.NewVisitor();
                return await visitor.RegisterAsync(Visitor.NewName());
            }));
        }
        finally
        {
            var started = await system.App.ResourceCommands.ExecuteCommandAsync("redis", KnownResourceCommands.StartCommand, cancellation);
            Assert.True(started.Success, started.Message);
        }
        foreach (var email in emails)
            await system.Mail.WaitForMessageAsync(message => message.Recipients.Contains(email), TimeSpan.FromSeconds(60), cancellation);

        // One more mail, sent after all the others: had any of them been sent twice, the second would be here by now.
        using var last = system.NewVisitor();
        var final = await last.RegisterAsync(Visitor.NewName());
        await system.Mail.WaitForMessageAsync(message => message.Recipients.Contains(final), TimeSpan.FromSeconds(30), cancellation);
        Assert.All(emails, email => Assert.Single(system.Mail.Messages, message => message.Recipients.Contains(email)));
    }
}
