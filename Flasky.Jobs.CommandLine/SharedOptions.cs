using System.CommandLine;

namespace Flasky.Jobs.CommandLine;

/// <summary>Arguments that several commands take.</summary>
internal static class SharedOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON, for scripts." };

    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static readonly Argument<string> Queue = new("queue") { Description = "The queue." };

    public static readonly Option<string> InQueue = new("--queue", "-q") { Description = "The queue.", DefaultValueFactory = _ => "default" };

    public static readonly Argument<JobId> Id = new("id") { Description = "The job's id: queue:32 hexadecimal digits.", CustomParser = Values.Id };
}
