using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators;

/// <summary>What the build says, and what to do about it. Each is explained with an example in docs/compile-time-help.md.</summary>
internal static class JobDiagnostics
{
    public static readonly DiagnosticDescriptor NoName = Error("FLASKY001", "A job has no wire name",
        "The job '{0}' has no wire name. Mark it with [Job(\"some.name\")]: the name that Redis, logs and other versions of the program know it by.");

    public static readonly DiagnosticDescriptor InvalidName = Error("FLASKY002", "A wire name or queue name is not valid",
        "The {0} of the job '{1}' is '{2}'. " + Serialization.JobNameRule.Text);

    public static readonly DiagnosticDescriptor OneNameTwice = Error("FLASKY003", "Two jobs have one wire name",
        "The jobs '{0}' and '{1}' both have the wire name '{2}'. Give one of them another; jobs that are queued keep the name they were sent with.", atEnd: true);

    public static readonly DiagnosticDescriptor NoHandler = Error("FLASKY004", "A job has no handler",
        "No handler runs the job '{0}'. Add a class that implements IJobHandler<{0}> and that is neither private nor abstract; or, if another worker runs this job, say so: worker.Without<{0}>().", atEnd: true);

    public static readonly DiagnosticDescriptor TwoHandlers = Error("FLASKY005", "A job has two handlers",
        "The job '{0}' has two handlers, '{1}' and '{2}', and HandleAll() takes both. Keep one; a handler that is private or abstract is not taken.", atEnd: true);

    public static readonly DiagnosticDescriptor NotSerialisable = Error("FLASKY006", "A job cannot be serialised",
        "'{0}' of type '{1}' cannot travel as JSON: {2}. What the job does not need to carry can be marked [JsonIgnore].");

    /// <param name="id">Never given to another rule.</param>
    /// <param name="title">In one clause.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="atEnd">Known only when the whole compilation has been read.</param>
    private static DiagnosticDescriptor Error(string id, string title, string message, bool atEnd = false) =>
        new(id, title, message, "Flasky.Jobs", DiagnosticSeverity.Error, isEnabledByDefault: true,
            customTags: atEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
