namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A .NET project that runs as a process.</summary>
    public class ProjectResource(string name)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource;
}

namespace Aspire.Hosting
{
    /// <summary>What the AppHost's build knows of a project.</summary>
    public interface IProjectMetadata : ApplicationModel.IResourceAnnotation
    {
        /// <summary>The full path of the project file.</summary>
        string ProjectPath { get; }

        /// <summary>Whether the AppHost's build has built the project already.</summary>
        bool SuppressBuild => false;
    }

    /// <summary>How a project is added.</summary>
    public class ProjectResourceOptions
    {
        /// <summary>The launch profile; null is the AppHost's, or else the first.</summary>
        public string? LaunchProfileName { get; set; }

        /// <summary>Whether there is no launch profile: no environment and no endpoints from it.</summary>
        public bool ExcludeLaunchProfile { get; set; }

        /// <summary>Whether endpoints in the project's Kestrel settings are ignored. The stand-in never reads them.</summary>
        public bool ExcludeKestrelEndpoints { get; set; }
    }
}

namespace Aspire.Hosting.StandIn
{
    /// <summary>What only the stand-in's build adds: where the built project is, so that it starts without a build.</summary>
    public interface IBuiltProject
    {
        /// <summary>The full path of the project's assembly.</summary>
        string TargetPath { get; }
    }
}
