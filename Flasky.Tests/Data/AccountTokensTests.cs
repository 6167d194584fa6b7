using Flasky.Data.Users;
using Flasky.Jobs.Testing;
using Microsoft.AspNetCore.DataProtection;

namespace Flasky.Tests.Data;

public sealed class AccountTokensTests
{
    private readonly ManualClock time = new();
    private readonly AccountTokens tokens;

    public AccountTokensTests() => tokens = new AccountTokens(new EphemeralDataProtectionProvider(), time);

    public static TheoryData<string> Kinds => ["confirm", "reset", "email"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TokenWorksForAnHour(string kind)
    {
        var user = NewUser();
        var token = Create(kind, user);
        time.Advance(AccountTokens.Lifetime - TimeSpan.FromSeconds(2));
        Assert.True(IsValid(kind, user, token));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(IsValid(kind, user, token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TokenIsForItsOwnUserAndItsOwnPurposeOnly(string kind)
    {
        var token = Create(kind, NewUser());
        Assert.False(IsValid(kind, NewUser(id: 2), token));
        Assert.All(Kinds.Select(row => row.Data).Where(other => other != kind), other => Assert.False(IsValid(other, NewUser(), token)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TokenDiesWithTheSecurityStampWhichEveryPasswordChangeReplaces(string kind)
    {
        var user = NewUser();
        var token = Create(kind, user);
        user.SecurityStamp = "ANOTHER";
        Assert.False(IsValid(kind, user, token));
    }

    [Fact]
    public void TokenForAnAddressIsWorthNothingForAnother()
    {
        var user = NewUser();
        var token = tokens.CreateEmailToken(user);
        user.PendingEmail = "other@example.com";
        Assert.False(tokens.IsEmailToken(user, token));
        user.PendingEmail = null;
        Assert.False(tokens.IsEmailToken(user, token));
    }

    [Fact]
    public void ResetTokenNamesItsUser()
    {
        Assert.Equal(1, tokens.FindResetUser(tokens.CreateResetToken(NewUser())));
        Assert.Null(tokens.FindResetUser("forged"));
        Assert.Null(tokens.FindResetUser(tokens.CreateConfirmationToken(NewUser())));
    }

    private string Create(string kind, User user) => kind switch
    {
        "confirm" => tokens.CreateConfirmationToken(user),
        "reset" => tokens.CreateResetToken(user),
        _ => tokens.CreateEmailToken(user),
    };

    private bool IsValid(string kind, User user, string token) => kind switch
    {
        "confirm" => tokens.IsConfirmationToken(user, token),
        "reset" => tokens.IsResetToken(user, token),
        _ => tokens.IsEmailToken(user, token),
    };

    private static User NewUser(int id = 1) => new() { Id = id, SecurityStamp = "STAMP", PendingEmail = "new@example.com" };
}
