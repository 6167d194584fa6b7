namespace Flasky.Mailbox;

/// <summary>When a fault applies. Safe for concurrent use once the fault is in force.</summary>
internal sealed class FaultMatch(SmtpStage[] stages)
{
    private readonly Lock gate = new();

    public List<Func<SmtpSessionInfo, bool>> Conditions { get; } = [];

    public int Skip { get; set; }

    /// <summary>How many times it still applies; null: always.</summary>
    public int? Left { get; set; }

    public double Probability { get; set; } = 1;

    public Random? Random { get; set; }

    /// <summary>Whether it applies now; counts if so.</summary>
    public bool Takes(SmtpSessionInfo info)
    {
        if (stages.Length > 0 && !stages.Contains(info.Stage)) return false;
        if (!Conditions.TrueForAll(condition => condition(info))) return false;
        lock (gate)
        {
            if (Left == 0) return false;
            if (Skip > 0)
            {
                Skip--;
                return false;
            }
            if (Random is not null && Random.NextDouble() >= Probability) return false;
            Left--;
            return true;
        }
    }
}
