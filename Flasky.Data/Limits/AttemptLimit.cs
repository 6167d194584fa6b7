namespace Flasky.Data.Limits;

/// <summary>So many attempts at once, then one more each time an interval has passed.</summary>
public sealed class AttemptLimit
{
    /// <summary>Attempts that may come at once; at least 1.</summary>
    public int Burst { get; set; }

    /// <summary>How long it takes until one attempt is forgotten; more than nothing.</summary>
    public TimeSpan Every { get; set; }

    /// <summary>Whether both can be used.</summary>
    public bool IsValid => Burst >= 1 && Every > TimeSpan.Zero;
}
