using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Jobs.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Data;

public sealed class AccountConfirmationTests(FlaskyDatabase database) : IClassFixture<FlaskyDatabase>
{
    private readonly ManualClock time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TokenConfirmsOnceAndFitsAPath()
    {
        using var host = database.CreateHost(time: time);
        var user = await AddUserAsync(host);
        var token = Token(host, user);
        Assert.Equal(token, Uri.EscapeDataString(token));
        time.Advance(AccountTokens.Lifetime - TimeSpan.FromSeconds(2));
        Assert.Equal(Confirmation.Confirmed, await ConfirmAsync(host, user.Id, token));
        Assert.Equal(Confirmation.AlreadyConfirmed, await ConfirmAsync(host, user.Id, token));
        Assert.True((await FindAsync(host, user.Id)).EmailConfirmed);
    }

    [Fact]
    public async Task OfTwoConfirmationsAtOnceOneCounts()
    {
        using var host = database.CreateHost(time: time);
        var user = await AddUserAsync(host);
        var token = Token(host, user);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConfirmAsync(host, user.Id, token)));
        Assert.Single(results, Confirmation.Confirmed);
        Assert.Equal(3, results.Count(result => result == Confirmation.AlreadyConfirmed));
    }

    [Fact]
    public async Task TokenExpiresAfterAnHour()
    {
        using var host = database.CreateHost(time: time);
        var user = await AddUserAsync(host);
        var token = Token(host, user);
        time.Advance(AccountTokens.Lifetime);
        Assert.Equal(Confirmation.Rejected, await ConfirmAsync(host, user.Id, token));
    }

    [Fact]
    public async Task TokenWorksForItsOwnUserOnly()
    {
        using var host = database.CreateHost(time: time);
        var one = await AddUserAsync(host);
        var other = await AddUserAsync(host);
        Assert.Equal(Confirmation.Rejected, await ConfirmAsync(host, other.Id, Token(host, one)));
        Assert.False((await FindAsync(host, other.Id)).EmailConfirmed);
    }

    [Fact]
    public async Task TokenDiesWithThePassword()
    {
        using var host = database.CreateHost(time: time);
        var user = await AddUserAsync(host);
        var token = Token(host, user);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            var changed = await users.ChangePasswordAsync((await users.FindByIdAsync($"{user.Id}"))!, "old password", "new password");
            Assert.True(changed.Succeeded);
        }
        Assert.Equal(Confirmation.Rejected, await ConfirmAsync(host, user.Id, token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not a token")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task ForgedTokenIsRejected(string token)
    {
        using var host = database.CreateHost(time: time);
        var user = await AddUserAsync(host);
        Assert.Equal(Confirmation.Rejected, await ConfirmAsync(host, user.Id, token));
        Assert.Equal(Confirmation.Rejected, await ConfirmAsync(host, user.Id, Token(host, user) + "A"));
    }

    [Fact]
    public async Task ConfiguredAdministratorIsGrantedOnConfirmationWithoutCase()
    {
        var email = $"Boss-{Guid.NewGuid():N}@example.com";
        using var host = database.CreateHost(time: time, adminEmail: email.ToUpperInvariant());
        var user = await AddUserAsync(host, email);
        Assert.Equal([Role.User], await RolesAsync(host, user.Id));
        await ConfirmAsync(host, user.Id, Token(host, user));
        Assert.Equal([Role.Administrator], await RolesAsync(host, user.Id));
    }

    [Fact]
    public async Task UnconfirmedOwnerOfTheConfiguredAddressIsNoAdministrator()
    {
        var email = $"boss-{Guid.NewGuid():N}@example.com";
        using var host = database.CreateHost(time: time, adminEmail: email);
        var user = await AddUserAsync(host, email);
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AccountConfirmation>().GrantAdministratorAsync(Cancel);
        Assert.Equal([Role.User], await RolesAsync(host, user.Id));
    }

    private static string Token(IHost host, User user) => host.Services.GetRequiredService<AccountTokens>().CreateConfirmationToken(user);

    private static async Task<Confirmation> ConfirmAsync(IHost host, int id, string token)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Users.SingleAsync(u => u.Id == id, Cancel);
        return await scope.ServiceProvider.GetRequiredService<AccountConfirmation>().ConfirmAsync(user, token, Cancel);
    }

    private static async Task<User> FindAsync(IHost host, int id)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Users.SingleAsync(u => u.Id == id, Cancel);
    }

    private static async Task<IList<string>> RolesAsync(IHost host, int id)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        return await users.GetRolesAsync((await users.FindByIdAsync($"{id}"))!);
    }

    private static async Task<User> AddUserAsync(IHost host, string? email = null)
    {
        var name = $"u{Guid.NewGuid():N}";
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = name, Email = email ?? $"{name}@example.com" };
        Assert.True((await users.CreateAsync(user, "old password")).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, Role.User)).Succeeded);
        return user;
    }
}
