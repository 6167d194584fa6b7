using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Flasky.Jobs.Serialization;

/// <summary>What a job's type says of it, read from its attribute once per process.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Queue">Unless the caller names another.</param>
/// <param name="Priority">Unless the caller names another.</param>
/// <param name="Tracked">Unless the caller says otherwise.</param>
/// <param name="HasResult">Whether its handler returns something.</param>
/// <param name="Version">Of its arguments.</param>
/// <param name="Encrypted">Whether it asks for encrypted arguments.</param>
/// <param name="Limited">Whether a limit may be set for all jobs of the type.</param>
internal sealed record JobDescription(string Name, string Queue, JobPriority Priority, bool Tracked, bool HasResult, int Version, bool Encrypted, bool Limited)
{
    /// <summary>What the job is called in an envelope and in Redis.</summary>
    public string WireName { get; } = new JobWireName(Name, Version).ToString();
}

/// <inheritdoc cref="JobDescription"/>
internal static class JobNames<TJob> where TJob : IJob
{
    private static JobDescription? description;

    public static string Name => Description.Name;

    public static string Queue => Description.Queue;

    // Not in a static constructor, whose exceptions come wrapped.
    public static JobDescription Description => description ??= JobNames.Describe(typeof(TJob));
}

internal static class JobNames
{
    private static readonly ConcurrentDictionary<Type, JobDescription> ByType = [];

    /// <summary>For who has only an instance.</summary>
    public static JobDescription Of(IJob job) => ByType.GetOrAdd(job.GetType(), Describe);

    public static JobDescription Describe(Type type)
    {
        var attribute = type.GetCustomAttribute<JobAttribute>(inherit: false)
            ?? throw new InvalidOperationException($"{type} has no wire name. Mark it with [Job(\"some.name\")].");
        Check(attribute.Name, $"The job name of {type}");
        Check(attribute.Queue, $"The queue of {type}");
        if (attribute.Version < 1)
            throw new InvalidOperationException($"The version of {type} is {attribute.Version}. Versions start at 1.");
        var result = HasResult(type);
        return new JobDescription(attribute.Name, attribute.Queue, attribute.Priority, attribute.Tracked || result, result, attribute.Version, attribute.Encrypted, attribute.Limited);
    }

    /// <exception cref="InvalidOperationException">The name is not valid.</exception>
    public static void Check(string name, string what)
    {
        if (!JobNameRule.IsValid(name))
            throw new InvalidOperationException($"{what} is '{name}'. {JobNameRule.Text}");
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "IJob<TResult> is used by every call that awaits its result; a job nobody awaits need not be known to have one.")]
    private static bool HasResult(Type type) =>
        Array.Exists(type.GetInterfaces(), @interface => @interface.IsGenericType && @interface.GetGenericTypeDefinition() == typeof(IJob<>));
}
