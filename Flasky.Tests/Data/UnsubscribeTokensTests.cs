using Flasky.Data.Notifications;
using Flasky.Data.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Flasky.Tests.Data;

public sealed class UnsubscribeTokensTests
{
    private readonly EphemeralDataProtectionProvider keys = new();
    private readonly UnsubscribeTokens tokens;

    public UnsubscribeTokensTests() => tokens = new UnsubscribeTokens(keys);

    [Theory]
    [InlineData(NotificationKinds.NewFollower)]
    [InlineData(NotificationKinds.NewComment)]
    [InlineData(NotificationKinds.Reply)]
    public void TokenSaysWhomAndWhatItIsForInOneSegmentOfAPath(NotificationKinds kind)
    {
        var token = tokens.Create(int.MaxValue, kind);
        Assert.Equal((int.MaxValue, kind), tokens.Read(token));
        Assert.Equal(token, Uri.EscapeDataString(token));
    }

    [Theory]
    [InlineData(NotificationKinds.None)]
    [InlineData(NotificationKinds.NewComment | NotificationKinds.Reply)]
    [InlineData((NotificationKinds)1024)]
    public void TokenIsForOneKind(NotificationKinds kinds) => Assert.Throws<ArgumentOutOfRangeException>(() => tokens.Create(1, kinds));

    [Fact]
    public void WhatIsForgedCutOffOrOfOtherKeysIsNone()
    {
        var token = tokens.Create(1, NotificationKinds.Reply);
        Assert.Null(tokens.Read(""));
        Assert.Null(tokens.Read("not base64url!"));
        Assert.Null(tokens.Read(token[..^4]));
        Assert.Null(tokens.Read((token[0] == 'A' ? 'B' : 'A') + token[1..]));
        Assert.Null(new UnsubscribeTokens(new EphemeralDataProtectionProvider()).Read(token));
    }

    [Fact]
    public void TokensOfAccountsAndOfMailsAreWorthNothingForEachOther()
    {
        var user = new User { Id = 1, SecurityStamp = "STAMP", PendingEmail = "new@example.com" };
        var accounts = new AccountTokens(keys, TimeProvider.System);
        Assert.Null(tokens.Read(accounts.CreateResetToken(user)));
        Assert.Null(tokens.Read(accounts.CreateConfirmationToken(user)));
        var token = tokens.Create(1, NotificationKinds.Reply);
        Assert.Null(accounts.FindResetUser(token));
        Assert.False(accounts.IsConfirmationToken(user, token));
        Assert.False(accounts.IsEmailToken(user, token));
    }
}
