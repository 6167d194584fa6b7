using System.Reflection;

namespace Flasky.Jobs.Serialization;

/// <summary>The wire name and default queue of <typeparamref name="TJob"/>, read from its attribute once per process.</summary>
internal static class JobNames<TJob> where TJob : IJob
{
    private static readonly JobAttribute? Attribute = typeof(TJob).GetCustomAttribute<JobAttribute>(inherit: false);

    public static string Name => Required.Name;

    public static string Queue => Required.Queue;

    private static JobAttribute Required
    {
        get
        {
            if (Attribute is null)
                throw new InvalidOperationException($"{typeof(TJob)} has no wire name. Mark it with [Job(\"some.name\")].");
            JobNames.Check(Attribute.Name, $"The job name of {typeof(TJob)}");
            JobNames.Check(Attribute.Queue, $"The queue of {typeof(TJob)}");
            return Attribute;
        }
    }
}

internal static class JobNames
{
    /// <exception cref="InvalidOperationException">The name is not valid.</exception>
    public static void Check(string name, string what)
    {
        if (!JobNameRule.IsValid(name))
            throw new InvalidOperationException($"{what} is '{name}'. {JobNameRule.Text}");
    }
}
