using System.CommandLine;

namespace Flasky.Jobs.CommandLine;

/// <summary>What makes a <see cref="JobFilter"/>.</summary>
internal static class FilterOptions
{
    private static readonly Option<string?> Name = new("--name") { Description = "Only jobs of this wire name." };
    private static readonly Option<string?> Arguments = new("--args") { Description = "Only jobs with this text in their arguments." };
    private static readonly Option<string?> Error = new("--error") { Description = "Only jobs with this text in their errors." };
    private static readonly Option<string?> From = new("--from") { Description = "Only jobs created then or later: 2026-03-01T12:00Z, or a while ago, as 90m, 2h, 7d." };
    private static readonly Option<string?> Before = new("--before") { Description = "Only jobs created before then; as --from." };

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Name, Arguments, Error, From, Before])
            command.Options.Add(option);
    }

    /// <returns>Null if nothing was said.</returns>
    /// <exception cref="UsageException">A time cannot be read.</exception>
    public static JobFilter? Read(CommandSession session)
    {
        var (arguments, now) = (session.Arguments, session.Time.GetUtcNow());
        var filter = new JobFilter
        {
            Name = arguments.GetValue(Name),
            ArgumentText = arguments.GetValue(Arguments),
            ErrorText = arguments.GetValue(Error),
            CreatedFrom = Values.Moment("--from", arguments.GetValue(From), now),
            CreatedBefore = Values.Moment("--before", arguments.GetValue(Before), now),
        };
        return filter == new JobFilter() ? null : filter;
    }
}
