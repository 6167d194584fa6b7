namespace Flasky.Jobs;

/// <summary>Which jobs are meant; a job must fit all that is said. Immutable.</summary>
public sealed record JobFilter
{
    /// <summary>The wire name, without a version. Null: any.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Text that occurs in the arguments as they are stored: JSON, exact to the letter. Encrypted ones are not looked into. Null: any.
    /// </summary>
    public string? ArgumentText { get; init; }

    /// <summary>Text that occurs in the errors of failed attempts or the reason why the job is dead, exact to the letter. Null: any.</summary>
    public string? ErrorText { get; init; }

    /// <summary>Created at this time or later. Null: any time.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created before this time. Null: any time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}

/// <summary>A page of jobs to list. Immutable.</summary>
public sealed record JobQuery
{
    /// <summary>
    /// One of <see cref="JobState.Scheduled"/>, <see cref="JobState.Retrying"/>, <see cref="JobState.Ready"/>, <see cref="JobState.Running"/> and
    /// <see cref="JobState.Failed"/>. Jobs that ended in another way are not kept; a tracked one can be shown by its id.
    /// </summary>
    public required JobState State { get; init; }

    /// <summary>Null: all of that state.</summary>
    public JobFilter? Filter { get; init; }

    /// <summary>Jobs in the page at most. 1 to 256; default: 50.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Where to go on: <see cref="JobPage.Next"/> of the page before. Null: the first page.</summary>
    public string? After { get; init; }
}
