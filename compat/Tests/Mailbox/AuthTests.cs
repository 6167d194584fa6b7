using System.Text;
using Flasky.Mailbox;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class AuthTests
{
    private static readonly MailboxOptions Locked = new() { HttpPort = null, UserName = "susan", Password = "cat" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PlainTakesTheCredentialsWithTheCommand()
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith("235 2.7.0", await client.SayAsync("AUTH PLAIN " + Encode("\0susan\0cat")), StringComparison.Ordinal);
        await client.MailAsync("a@example.com");
        Assert.Equal("susan", Assert.Single(server.Messages).UserName);
    }

    [Fact]
    public async Task PlainAsksForTheCredentials()
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.Equal("334 ", await client.SayAsync("AUTH PLAIN"));
        Assert.StartsWith("235 ", await client.SayAsync(Encode("\0susan\0cat")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoginAsksForNameAndPassword()
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.Equal("334 " + Encode("Username:"), await client.SayAsync("auth login"));
        Assert.Equal("334 " + Encode("Password:"), await client.SayAsync(Encode("susan")));
        Assert.StartsWith("235 ", await client.SayAsync(Encode("cat")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoginTakesTheNameWithTheCommand()
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.Equal("334 " + Encode("Password:"), await client.SayAsync("AUTH LOGIN " + Encode("susan")));
        Assert.StartsWith("235 ", await client.SayAsync(Encode("cat")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0susan\0dog")]
    [InlineData("\0john\0cat")]
    [InlineData("\0susan\0")]
    public async Task WrongCredentialsAreRefused(string credentials)
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith("535 5.7.8", await client.SayAsync("AUTH PLAIN " + Encode(credentials)), StringComparison.Ordinal);
        Assert.StartsWith("530 5.7.0", await client.SayAsync("MAIL FROM:<a@b.c>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH PLAIN !!!", "501 5.5.2")]
    [InlineData("AUTH PLAIN c3VzYW4=", "501 5.5.2")] // no NUL in it
    [InlineData("AUTH PLAIN =", "501 5.5.2")]
    [InlineData("AUTH CRAM-MD5", "504 5.5.4")]
    [InlineData("AUTH", "504 5.5.4")]
    public async Task WhatCannotBeReadIsRefused(string command, string reply)
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith(reply, await client.SayAsync(command), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStarCancels()
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("AUTH LOGIN");

        Assert.StartsWith("501 5.7.0", await client.SayAsync("*"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.SayAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneMayAuthenticateOnce()
    {
        await using var server = await MailboxServer.StartAsync(Locked, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);
        await client.SayAsync("AUTH PLAIN " + Encode("\0susan\0cat"));

        Assert.StartsWith("503 ", await client.SayAsync("AUTH PLAIN " + Encode("\0susan\0cat")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAConfiguredUserAnyIsAccepted()
    {
        await using var server = await MailboxServer.StartAsync(new() { HttpPort = null }, Cancelled);
        using var client = await SmtpConversation.OpenAsync(server);

        Assert.StartsWith("235 ", await client.SayAsync("AUTH PLAIN " + Encode("\0who\0ever")), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.SayAsync("MAIL FROM:<a@b.c>"), StringComparison.Ordinal);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
