namespace Flasky.Benchmarks.Reporting;

/// <summary>One measured figure and what it must be.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The median.</param>
/// <param name="Unit">Of <paramref name="Value"/> and <paramref name="Limit"/>.</param>
/// <param name="Limit">The target; null: printed for comparison only.</param>
/// <param name="AtMost">Whether the target is an upper bound; otherwise a lower one.</param>
/// <param name="Target">Where the target comes from, for people.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Limit = null, bool AtMost = false, string Target = "")
{
    /// <summary>Null where there is no target.</summary>
    public bool? IsMet => Limit is null ? null : AtMost ? Value <= Limit : Value >= Limit;
}
