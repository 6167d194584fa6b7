namespace Flasky.AppHost;

internal static class RedisExtensions
{
    /// <summary>Writes each change to disk within a second, so that a crash loses no job; a snapshot a minute would.</summary>
    internal static IResourceBuilder<RedisResource> WithAppendOnlyFile(this IResourceBuilder<RedisResource> redis) =>
        redis.WithArgs(context =>
        {
            // A published container gets its command line as one argument of a shell, which ignores further arguments.
            if (context.ExecutionContext.IsPublishMode && context.Args is [.., string command])
            {
                context.Args[^1] = command + " --appendonly yes";
                return;
            }

            context.Args.Add("--appendonly");
            context.Args.Add("yes");
        });
}
