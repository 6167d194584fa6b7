using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>The job of every story; what becomes of it is up to the story.</summary>
[Job("property.play")]
internal sealed record Play(int Number) : IJob;

/// <summary>The same of a type that a limit can be set for.</summary>
[Job(Names.Limited, Limited = true)]
internal sealed record LimitedPlay(int Number) : IJob;

/// <summary>How a run is to end.</summary>
internal enum Ending
{
    Succeed,
    Fail,
    Snooze,
    Discard,
}

/// <summary>Where runs are told how to end, and seen.</summary>
internal sealed class Stage
{
    /// <summary>What the next run does.</summary>
    public Ending Next { get; set; }

    /// <summary>Until a failed or snoozed run is repeated, in hours.</summary>
    public int Delay { get; set; } = 1;

    /// <summary>The runs there were.</summary>
    public int Runs { get; private set; }

    public void Enter()
    {
        Runs++;
        switch (Next)
        {
            case Ending.Fail:
                throw new JobRetryException(Delay * Terms.Unit, "as told");
            case Ending.Snooze:
                throw new JobSnoozedException(Delay * Terms.Unit);
            case Ending.Discard:
                throw new JobDiscardedException("as told");
        }
    }
}

internal sealed class PlayHandler(Stage stage) : IJobHandler<Play>, IJobHandler<LimitedPlay>
{
    public Task HandleAsync(Play job, JobContext context, CancellationToken cancellationToken)
    {
        stage.Enter();
        return Task.CompletedTask;
    }

    public Task HandleAsync(LimitedPlay job, JobContext context, CancellationToken cancellationToken)
    {
        stage.Enter();
        return Task.CompletedTask;
    }
}
