namespace Flasky.Tests.Packages;

/// <summary>
/// What a build of the solution chose for the projects that make up the system: asked of MSBuild itself by a target that
/// runs where the compiler would.
/// </summary>
internal sealed class Choice
{
    private const string Targets = """
        <Project>
          <Target Name="ReportChoice" DependsOnTargets="ResolvePackageAssets;IncludeTransitiveProjectReferences">
            <ItemGroup>
              <_Choice Include="@(ProjectReference->'project %(Filename)')" />
              <_Choice Include="@(ResolvedCompileFileDefinitions->'package %(NuGetPackageId)')" />
              <_Choice Include="@(RuntimeCopyLocalItems->'package %(NuGetPackageId)')" />
            </ItemGroup>
            <WriteLinesToFile File="$(ChoiceFolder)/$(MSBuildProjectName)" Lines="@(_Choice)" Overwrite="true" />
            <CallTarget Targets="NameStandIns" Condition="'$(IsAspireHost)' == 'true'" />
          </Target>
        </Project>
        """;

    private readonly Dictionary<string, string[]> lines = [];

    private Choice(string output) => Output = output;

    /// <summary>What the build printed.</summary>
    public string Output { get; }

    /// <summary>Stand-in projects that a project of the system references, without the mailbox, which the tests use on every feed.</summary>
    public IEnumerable<string> StandIns(string project) =>
        Of(project, "project ").Where(name => name.StartsWith("Flasky.Compat.", StringComparison.Ordinal) && !name.EndsWith(".Mailbox", StringComparison.Ordinal));

    /// <summary>Stand-in projects that any project of the system references.</summary>
    public IEnumerable<string> StandIns() => lines.Keys.SelectMany(StandIns);

    /// <summary>Packages that any of these projects compiles against or copies.</summary>
    public IEnumerable<string> Packages(params IEnumerable<string> projects) => projects.SelectMany(project => Of(project, "package "));

    public static async Task<Choice> OfAsync(RepositoryCopy copy, params string[] properties)
    {
        var targets = Path.Combine(copy.Root, "choice.targets");
        var folder = Directory.CreateDirectory(Path.Combine(copy.Root, "choice")).FullName;
        await File.WriteAllTextAsync(targets, Targets, TestContext.Current.CancellationToken);
        var output = await copy.DotnetAsync(["build", "Flasky.sln", "-t:ReportChoice", $"-p:CustomAfterMicrosoftCommonTargets={targets}", $"-p:ChoiceFolder={folder}", .. properties]);
        var choice = new Choice(output);
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).StartsWith("Flasky.Compat.", StringComparison.Ordinal)))
            choice.lines[Path.GetFileName(file)] = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        return choice;
    }

    private IEnumerable<string> Of(string project, string kind) =>
        lines[project].Where(line => line.StartsWith(kind, StringComparison.Ordinal)).Select(line => line[kind.Length..]);
}
