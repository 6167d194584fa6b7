namespace Flasky.Tests.Jobs.Properties;

/// <summary>
/// One command of one process. It says nothing of the state it meets: "the second job that the worker holds" is taken modulo what
/// there is, and a step that meets nothing does nothing. So any steps can be left out of a story, and what is left is a story still.
/// </summary>
internal abstract record Step
{
    public abstract Task RunAsync(World world);

    /// <summary>The same with less in it, for a failing story to be as plain as can be.</summary>
    public virtual IEnumerable<Step> Simpler() => [];

    /// <summary>The one meant by any number; null if there is none.</summary>
    protected static T? Pick<T>(IReadOnlyList<T> things, int number) where T : class => things.Count > 0 ? things[number % things.Count] : null;

    /// <summary>One of the workers that hold such a job; null if none does.</summary>
    protected static Worker? Busy(World world, int number, Func<HeldJob, bool> such) => Pick([.. world.Workers.Where(worker => worker.Held.Exists(job => such(job)))], number);
}

/// <summary>What the caller hears of a call.</summary>
internal enum Hearing
{
    Heard,

    /// <summary>It was executed, but the reply is lost, and the caller too, or it tries again much later.</summary>
    Lost,

    /// <summary>The reply was lost, so the caller repeats the call at once.</summary>
    Repeated,
}
