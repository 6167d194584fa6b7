namespace Flasky.Mailbox;

/// <summary>What a stage's faults left the session to do.</summary>
internal enum FaultOutcome
{
    /// <summary>Nothing ended the stage: the session goes on as usual.</summary>
    None,

    /// <summary>The reply has been written: the session does not handle the command.</summary>
    Replied,

    /// <summary>The session ends, without a further word.</summary>
    Closed,
}
