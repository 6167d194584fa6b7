namespace Flasky.Data.Limits;

/// <summary>How far the attempts of one subject have filled their limit.</summary>
internal sealed class AttemptCount
{
    public const string Table = "attempt_counts";

    /// <summary>A hash of what is limited and whose attempts they are: the table tells nobody's address.</summary>
    public required byte[] Key { get; init; }

    /// <summary>When all attempts will be forgotten; each one moves it later. In the past: the row is of no use.</summary>
    public DateTimeOffset FreeAt { get; init; }
}
