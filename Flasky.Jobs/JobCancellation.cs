namespace Flasky.Jobs;

/// <summary>What cancelling a job came to.</summary>
public enum JobCancellation
{
    /// <summary>It had ended before; nothing changed.</summary>
    TooLate,

    /// <summary>
    /// It will not start any more; if it runs, its token is cancelled, and it ends as cancelled unless the handler finishes all the
    /// same. For a job that is not tracked this is also the answer when it had ended long ago.
    /// </summary>
    Requested,

    /// <summary>It will not run (again).</summary>
    Cancelled,
}
