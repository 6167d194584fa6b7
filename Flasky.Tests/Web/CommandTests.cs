using Flasky.Web.Commands;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

public sealed class CommandTests(Site site, Servers servers) : IClassFixture<Site>
{
    [Fact]
    public async Task SeedingMakesPeopleWhoCanLogInAndWhatTheyDo()
    {
        var (code, output, _) = await RunAsync(["seed", "--users", "12", "--posts", "34", "--comments", "56", "--follows", "78"]);
        Assert.Equal(0, code);
        Assert.Contains("12 more users, each with the password \"password\", 34 more posts, 56 more comments and 78 more follows.", output, StringComparison.Ordinal);
        await RunAsync(["seed", "--posts", "6", "--users", "0", "--comments", "0", "--follows", "0"]);
        Assert.Equal(12, await site.Database.ScalarAsync<long>("""SELECT count(*) FROM "UserRoles" m JOIN "Users" u ON u."Id" = m."UserId" WHERE u."Email" LIKE '%@example.com' AND u."AboutMe" IS NOT NULL"""));
        Assert.Equal(40, await site.Database.ScalarAsync<long>("""SELECT count(*) FROM "Posts" WHERE "Timestamp" <= now() AND "BodyHtml" LIKE '<p>%' """));
        Assert.Equal(56, await site.Database.ScalarAsync<long>("""SELECT count(*) FROM "Comments" c JOIN "Posts" p ON p."Id" = c."PostId" WHERE c."Timestamp" BETWEEN p."Timestamp" AND now()"""));
        Assert.Equal(78, await site.Database.ScalarAsync<long>("""SELECT count(*) FROM "Follows" f JOIN "Users" u ON u."Id" = f."FollowedId" WHERE f."Timestamp" BETWEEN u."MemberSince" AND now()"""));
        var name = await site.Database.ScalarAsync<string>("""SELECT "UserName" FROM "Users" WHERE "AboutMe" IS NOT NULL LIMIT 1""");
        using var browser = site.Browse();
        Assert.Contains($"Hello, {name}!", await browser.LogInAsync(name, password: "password"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeedingTakesAFewStatementsAThousandRowsAndStopsWhereEverybodyFollowsEverybody()
    {
        await using var fresh = new Site(servers);
        await fresh.InitializeAsync();
        fresh.Statements.Take();
        var (code, output, _) = await RunAsync(["seed", "--users", "5", "--posts", "2000", "--comments", "2000", "--follows", "1000"], services: fresh.Services);
        Assert.Equal(0, code);
        Assert.Contains(" and 20 more follows.", output, StringComparison.Ordinal);
        Assert.InRange(fresh.Statements.Take().Count, 1, 20);
    }

    [Fact]
    public async Task SeedingIsRefusedInProduction()
    {
        await using var production = site.WithWebHostBuilder(web => web.UseEnvironment("Production"));
        var (code, _, errors) = await RunAsync(["seed"], services: production.Services);
        Assert.Equal(CommandContext.Refused, code);
        Assert.Contains("not made in Production", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed", "--users")]
    [InlineData("seed", "--users", "-1")]
    [InlineData("seed", "--users", "many")]
    [InlineData("seed", "--likes", "1")]
    [InlineData("users")]
    [InlineData("users", "create", "x")]
    [InlineData("users", "delete", "x")]
    public async Task WhatCannotBeReadIsExplained(params string[] arguments)
    {
        var (code, _, errors) = await RunAsync(arguments);
        Assert.Equal(CommandContext.Refused, code);
        Assert.Contains(CommandLine.Usage, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutACommandTheSiteIsServed()
    {
        Assert.Null(CommandLine.Parse([]));
        Assert.Null(CommandLine.Parse(["--urls", "http://localhost:1"]));
        Assert.NotNull(CommandLine.Parse(["migrate"]));
    }

    [Fact]
    public async Task UsersAreCreatedPromotedAndListed()
    {
        var (code, output, _) = await RunAsync(["users", "create", "cleo", "cleo@example.com"], input: Browser.Password);
        Assert.Equal(0, code);
        Assert.Contains("cleo is User", output, StringComparison.Ordinal);
        using var browser = site.Browse();
        Assert.Contains("Hello, cleo!", await browser.LogInAsync("cleo"), StringComparison.Ordinal);
        Assert.Equal((0, "CLEO is Moderator.\n", ""), await RunAsync(["users", "promote", "CLEO", "moderator"]));
        Assert.Equal(System.Net.HttpStatusCode.OK, await browser.StatusAsync("/moderate"));
        (_, output, _) = await RunAsync(["users", "list", "cleo"]);
        Assert.Equal($"{(await site.FindAsync("cleo@example.com"))!.Id}\tcleo\tcleo@example.com\tModerator\tconfirmed\n", output);
    }

    [Theory]
    [InlineData("", "users", "create", "dora", "dora@example.com")]
    [InlineData("password1234", "users", "create", "dora", "dora@example.com")]
    [InlineData("short", "users", "create", "dora", "dora@example.com")]
    [InlineData(Browser.Password, "users", "create", "do ra", "dora@example.com")]
    [InlineData(Browser.Password, "users", "create", "dora", "nonsense")]
    [InlineData(Browser.Password, "users", "create", "dora", "dora@example.com", "Emperor")]
    [InlineData("", "users", "promote", "nobody", "Moderator")]
    public async Task WhatIsWrongIsSaidAndNothingIsDone(string input, params string[] arguments)
    {
        var (code, _, errors) = await RunAsync(arguments, input);
        Assert.Equal(CommandContext.Refused, code);
        Assert.NotEqual("", errors);
        Assert.Null(await site.FindAsync("dora@example.com"));
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, string input = "", IServiceProvider? services = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        await using var scope = (services ?? site.Services).CreateAsyncScope();
        var code = await CommandLine.Parse(arguments)!(new CommandContext(scope.ServiceProvider, new StringReader(input), output, errors));
        return (code, output.ToString(), errors.ToString());
    }
}
