namespace Flasky.Tests.Packages;

/// <summary>Plain <c>dotnet build</c> takes the real packages where the feed serves them, and stand-ins where it does not.</summary>
public sealed class PackageSwitchTests
{
    // One of each group. The others are served, and must not be taken.
    private static readonly string[] OneOfEachGroup =
    [
        "Aspire.Hosting.Testing", "Aspire.Npgsql.EntityFrameworkCore.PostgreSQL", "MimeKit",
        "OpenTelemetry.Instrumentation.Runtime", "Microsoft.Extensions.ServiceDiscovery",
    ];

    private static readonly string[] Users =
        ["Flasky.AppHost", "Flasky.Data", "Flasky.Jobs", "Flasky.ServiceDefaults", "Flasky.Tests", "Flasky.Web", "Flasky.Worker"];

    [Fact]
    public async Task AFeedThatServesThePackagesIsUsedAndNoStandInIs()
    {
        using var copy = new RepositoryCopy(served: _ => true);
        var choice = await Choice.OfAsync(copy);

        Assert.Empty(choice.StandIns());
        Assert.DoesNotContain("Stand-ins in use", choice.Output, StringComparison.Ordinal);
        Assert.Equal(Expected().Order(), choice.Packages(Users).Intersect(Expected()).Order());
    }

    [Fact]
    public async Task AFeedThatLacksThePackagesGetsTheStandIns()
    {
        using var copy = new RepositoryCopy(served: _ => false);
        AssertStandInsOnly(await Choice.OfAsync(copy));
    }

    [Fact]
    public async Task AFeedThatServesOnlyPartOfAGroupGetsTheWholeGroupsStandIn()
    {
        using var copy = new RepositoryCopy(served: id => !OneOfEachGroup.Contains(id));
        AssertStandInsOnly(await Choice.OfAsync(copy));
    }

    [Fact]
    public async Task TheEngineWithoutContainersCanBeAskedForWhereTheRealOneIsServed()
    {
        using var copy = new RepositoryCopy(served: _ => true);
        var choice = await Choice.OfAsync(copy, "-p:AspireHostingVersion=13.999.0");

        Assert.Equal(["Flasky.Compat.Aspire.Hosting"], choice.StandIns("Flasky.AppHost"));
        Assert.Empty(choice.StandIns("Flasky.Worker"));
        Assert.DoesNotContain(choice.Packages(Users), id => id.StartsWith("Aspire.Hosting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "MimeKit")]
    [InlineData(false, "Flasky.Compat.MailKit")]
    public async Task TheSameSourceBuildsAndRunsOnEither(bool served, string expectedAssembly)
    {
        using var copy = new RepositoryCopy(_ => served);
        Consumer.WriteTo(copy.Root);
        await copy.DotnetAsync("build", Consumer.Name);

        Assert.Equal(expectedAssembly, await copy.DotnetAsync(Consumer.Output("Consumer.dll")));
        Assert.Equal(!served, File.Exists(Path.Combine(copy.Root, Consumer.Output("Flasky.Compat.MailKit.dll"))));
        Assert.Equal(served, File.Exists(Path.Combine(copy.Root, Consumer.Output("MimeKit.dll"))));
    }

    private static void AssertStandInsOnly(Choice choice)
    {
        Assert.Equal(["Flasky.Compat.Aspire.Hosting"], choice.StandIns("Flasky.AppHost"));
        Assert.Equal(["Flasky.Compat.Aspire.Clients"], choice.StandIns("Flasky.Jobs"));
        Assert.Equal(["Flasky.Compat.Aspire.Clients"], choice.StandIns("Flasky.Data"));
        Assert.Equal(["Flasky.Compat.HttpDefaults", "Flasky.Compat.OpenTelemetry"], choice.StandIns("Flasky.ServiceDefaults").Order());
        Assert.Contains("Flasky.Compat.MailKit", choice.StandIns("Flasky.Worker"));
        Assert.Contains("Flasky.Compat.Aspire.Hosting.Testing", choice.StandIns("Flasky.Tests"));
        Assert.Contains("Aspire.Hosting, Aspire clients, OpenTelemetry hosting, HTTP defaults, MailKit", choice.Output, StringComparison.Ordinal);
        Assert.Empty(choice.Packages(Users).Intersect(Expected()));
    }

    /// <summary>Packages with a stand-in that the system compiles against: all but those that only bring tools.</summary>
    private static IEnumerable<string> Expected() => StandInFeed.Packages.Select(package => package.Id)
        .Where(id => !id.StartsWith("Aspire.Dashboard.Sdk.", StringComparison.Ordinal)
            && !id.StartsWith("Aspire.Hosting.Orchestration.", StringComparison.Ordinal)
            && id is not ("Mono.TextTemplating" or "Microsoft.VisualStudio.SolutionPersistence"));
}
