using System.CommandLine;

namespace Flasky.Jobs.CommandLine.Commands;

/// <summary>Which dead jobs a command is for: some by id, or those of a queue that fit a filter.</summary>
internal static class ChosenJobs
{
    public static readonly Argument<JobId[]> Ids = new("id") { Description = "The jobs' ids.", Arity = ArgumentArity.ZeroOrMore, CustomParser = Values.Ids };
    public static readonly Option<string?> Queue = new("--queue", "-q") { Description = "Dead jobs of this queue, with a filter or --all." };
    public static readonly Option<bool> All = new("--all") { Description = "All dead jobs of the queue." };

    /// <exception cref="UsageException">It is not clear which jobs are meant.</exception>
    public static (IReadOnlyList<JobId> Ids, string? Queue, JobFilter? Filter) Read(CommandSession session)
    {
        var (ids, queue, filter) = (session.Arguments.GetValue(Ids) ?? [], session.Arguments.GetValue(Queue), FilterOptions.Read(session));
        var all = session.Arguments.GetValue(All);
        if (ids.Length > 0 ? queue is not null || filter is not null || all : queue is null || (filter is null) != all)
            throw new UsageException("Say which jobs: their ids, or --queue with a filter or with --all.");
        return (ids, queue, filter);
    }
}
