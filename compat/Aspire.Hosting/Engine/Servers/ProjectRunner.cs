using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.StandIn;

namespace Aspire.Hosting.Engine;

/// <summary>Starts a project that was built already.</summary>
internal sealed class ProjectRunner(ProjectResource project, ProcessLauncher launcher, ProcessEnvironment environment, Ports ports, EngineConsole console) : IRunner
{
    public bool IsEssential => false;

    public async Task<IRunning> StartAsync(Replica replica, CancellationToken cancellationToken)
    {
        var metadata = project.Annotations.OfType<IProjectMetadata>().Last();
        var assembly = (metadata as IBuiltProject)?.TargetPath;
        if (assembly is null || !File.Exists(assembly))
            throw new DistributedApplicationException($"'{metadata.ProjectPath}' has not been built ({assembly ?? "the AppHost's build does not say where it is"}). Build the AppHost's project first.");

        var arguments = await environment.ArgumentsAsync(replica, cancellationToken);
        var variables = await environment.OfAsync(replica, cancellationToken);
        ports.Release(project);
        return launcher.Start(new ProcessSpec(DotnetHost(), [assembly, .. arguments], Path.GetDirectoryName(metadata.ProjectPath)!)
        {
            Environment = variables,
            Line = (line, isError) => console.Line(replica, line, isError),
        });
    }

    // The one that runs this process: {root}/shared/Microsoft.NETCore.App/{version}/.
    private static string DotnetHost()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
