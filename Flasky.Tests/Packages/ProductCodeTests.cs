namespace Flasky.Tests.Packages;

/// <summary>Product code is written against the real packages alone: it cannot tell which it is built with.</summary>
public sealed class ProductCodeTests
{
    [Fact]
    public void ProductCodeIsNeverConditional() =>
        Assert.DoesNotContain(Product(".cs"), file => Lines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));

    [Fact]
    public void ProductCodeNamesNoStandIn() =>
        Assert.DoesNotContain(Product(".cs", ".cshtml", ".json"), file => Lines(file).Any(line =>
            line.Contains("compat/", StringComparison.OrdinalIgnoreCase) || line.Contains("StandIn", StringComparison.Ordinal)));

    [Fact]
    public void ProductProjectsReferenceNoStandIn() =>
        Assert.DoesNotContain(Product(".csproj"), file => Lines(file).Any(line => line.Contains("compat/", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void OfTheStandInsTheTestsNameTheMailboxOnly()
    {
        var named = Lines("Flasky.Tests/Flasky.Tests.csproj").Where(line => line.Contains("compat", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("""<ProjectReference Include="../compat/Mailbox/Flasky.Compat.Mailbox.csproj" />""", Assert.Single(named).Trim());
    }

    private static List<string> Product(params string[] extensions)
    {
        var files = Repository.Files()
            .Where(file => file.StartsWith("Flasky.", StringComparison.Ordinal) && !file.StartsWith("Flasky.Tests/", StringComparison.Ordinal))
            .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal)).ToList();
        Assert.NotEmpty(files);
        return files;
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Repository.Root, file));
}
