using System.Reflection;
using System.Text.RegularExpressions;

namespace Flasky.Jobs.Serialization;

/// <summary>The wire name and default queue of <typeparamref name="TJob"/>, read from its attribute once per process.</summary>
internal static class JobNames<TJob> where TJob : IJob
{
    private static readonly JobAttribute? Attribute = typeof(TJob).GetCustomAttribute<JobAttribute>(inherit: false);

    public static string Name => Required.Name;

    public static string Queue => Required.Queue;

    public static int Version => Required.Version;

    public static bool Encrypted => Required.Encrypted;

    /// <summary>What the job is called in an envelope and in Redis.</summary>
    public static string WireName { get => field ??= new JobWireName(Name, Version).ToString(); }

    private static JobAttribute Required
    {
        get
        {
            if (Attribute is null)
                throw new InvalidOperationException($"{typeof(TJob)} has no wire name. Mark it with [Job(\"some.name\")].");
            JobNames.Check(Attribute.Name, $"The job name of {typeof(TJob)}");
            JobNames.Check(Attribute.Queue, $"The queue of {typeof(TJob)}");
            if (Attribute.Version < 1)
                throw new InvalidOperationException($"The version of {typeof(TJob)} is {Attribute.Version}. Versions start at 1.");
            return Attribute;
        }
    }
}

internal static partial class JobNames
{
    public static void Check(string name, string what)
    {
        if (!Valid().IsMatch(name))
            throw new InvalidOperationException($"{what} is '{name}'. It must be 1 to 100 lower-case letters, digits, '.', '-' or '_', starting with a letter.");
    }

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,99}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Valid();
}
