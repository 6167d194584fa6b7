namespace Flasky.Jobs.CommandLine;

/// <summary>Which queues the commands are about.</summary>
/// <param name="Name">Of the connection string.</param>
/// <param name="Configure">As the application configures its queues in code. Null: it does not.</param>
internal sealed record JobsConnection(string Name, Action<FlaskyJobsOptions>? Configure);
